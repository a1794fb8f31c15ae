import type { ProjectId } from '#shared/model/index.ts';
import { editRun } from '../fixtures/edit-run.ts';
import { openProjects } from './projects-kit.ts';

/** Does random edits without end, telling each number once it is answered: run by the kill test, which kills it. */
const [folder = '', id = ''] = process.argv.slice(2);
const { projects } = openProjects(folder);
const { headSeq } = projects.get(id as ProjectId);
const run = editRun(headSeq, `${headSeq}-`);
for (;;) {
  const { project } = projects.get(id as ProjectId);
  const answer = run.next(project, (edit) => projects.apply(id as ProjectId, edit));
  process.stdout.write(`${answer.headSeq}\n`);
}
