import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkProject, type Project, projectSchema } from '#shared/model/index.ts';
import { brokenRules } from '../fixtures/edit-invariants.ts';
import { type EditCounts, editRun } from '../fixtures/edit-run.ts';
import { editTypes, startingProject } from '../fixtures/random-edits.ts';
import { temporaryFolder } from './library-kit.ts';
import { type OpenProjects, openProjects } from './projects-kit.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
const edits = Number(process.env.SPOTLOOM_EDITS ?? (isLong ? 10_000 : 250));
const seed = Number(process.env.SPOTLOOM_SEED ?? 1);
/** The whole schema is gone through once in so many edits. */
const parseEvery = 25;

let folder: ReturnType<typeof temporaryFolder>;
let open: OpenProjects;

beforeEach(() => {
  folder = temporaryFolder('spotloom-edits-');
  open = openProjects(folder.path);
});
afterEach(() => {
  open.close();
  folder.clean();
});

/** Quick where both share most of their parts, and tells the difference where there is one. */
function expectSame(project: Project, expected: Project | undefined, when: string): void {
  if (!isDeepStrictEqual(project, expected)) expect(project, when).toEqual(expected);
}

/** What was drawn, as lines for people. */
function told(counts: EditCounts): string {
  return [...editTypes, 'batch']
    .map((type) => {
      const { applied = 0, refused = 0, invalid = 0 } = counts.get(type) ?? {};
      return `${type.padEnd(24)}${applied} applied, ${refused} refused, ${invalid} not valid`;
    })
    .join('\n');
}

it(
  `${edits} random edits of every kind in one run keep the rules; undo goes back to the very start, redo to the end`,
  () => {
    const start = startingProject();
    const { id } = start;
    open.projects.add(start);
    const run = editRun(seed, 'r');
    const states: Project[] = [start];
    let most = 0;
    while (states.length <= edits) {
      run.next(open.projects.get(id).project, (edit) => open.projects.apply(id, edit));
      const { project } = open.projects.get(id);
      const at = `after edit ${states.length} of seed ${seed}`;
      expect(brokenRules(project), at).toEqual([]);
      expect(checkProject(project), at).toEqual([]);
      if (states.length % parseEvery === 0)
        expect(projectSchema.parse(JSON.parse(JSON.stringify(project)))).toEqual(project);
      most = Math.max(most, project.sequences.flatMap(({ tracks }) => tracks.flatMap(({ clips }) => clips)).length);
      states.push(project);
    }
    for (let at = edits - 1; at >= 0; at -= 1)
      expectSame(open.projects.undo(id).project, states[at], `undone to ${at}`);
    expect(open.projects.get(id)).toMatchObject({ headSeq: 0, undoLabel: null });
    expect(open.projects.get(id).project).toEqual(start);
    for (let at = 1; at <= edits; at += 1)
      expectSame(open.projects.redo(id).project, states[at], `done again to ${at}`);
    expect(open.projects.get(id)).toMatchObject({ headSeq: edits, redoLabel: null });
    console.log(`${edits} edits, at most ${most} clips\n${told(run.counts)}`);
    if (!isLong) return;
    const idle = [...editTypes, 'batch'].filter((type) => !run.counts.get(type)?.applied);
    expect(idle, 'kinds of edits that were never applied').toEqual([]);
  },
  isLong ? 3_600_000 : 120_000,
);
