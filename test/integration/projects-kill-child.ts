import { editSchema, type ProjectId } from '#shared/model/index.ts';
import { openProjects } from './projects-kit.ts';

/** Renames a project without end, telling each number once it is answered: run by the kill test, which kills it. */
const [folder = '', id = ''] = process.argv.slice(2);
const { projects } = openProjects(folder);
for (;;) {
  const { headSeq } = projects.get(id as ProjectId);
  const edit = editSchema.parse({ type: 'project.rename', name: `Name ${headSeq + 1}` });
  const answer = projects.apply(id as ProjectId, edit, headSeq);
  process.stdout.write(`${answer.headSeq}\n`);
}
