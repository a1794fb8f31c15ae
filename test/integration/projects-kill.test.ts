import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brokenRules } from '../fixtures/edit-invariants.ts';
import { startingProject } from '../fixtures/random-edits.ts';
import { temporaryFolder } from './library-kit.ts';
import { openProjects } from './projects-kit.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
const kills = isLong ? 50 : 5;
/** Random edits over all lives of the process, and how long it lives at most after its first answer, ms. */
const edits = isLong ? 10_000 : 40;
const longestLifeMs = isLong ? 1500 : 250;

/** Runs a child until it has answered something, kills it at a random moment, and returns the last answer seen. */
async function runAndKill(script: string, folder: string, id: string, longestMs: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), folder, id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    const isFirst = output === '';
    output += data.toString();
    if (isFirst) setTimeout(() => child.kill('SIGKILL'), Math.random() * longestMs);
  });
  await new Promise((resolve) => child.on('close', resolve));
  const answered = output.split('\n').slice(0, -1);
  return Number(answered.at(-1) ?? 0);
}

it('no answered edit is lost when the process is killed', async () => {
  const folder = temporaryFolder('spotloom-projects-kill-');
  const first = openProjects(folder.path);
  const { id } = first.projects.create({ name: 'Name 0' }).project;
  first.close();
  for (let kill = 0; kill < kills; kill += 1) {
    const answered = await runAndKill('projects-kill-child.ts', folder.path, id, 60);
    const { projects, close } = openProjects(folder.path);
    const state = projects.get(id);
    expect(state.headSeq).toBeGreaterThanOrEqual(answered);
    expect(answered).toBeGreaterThan(0);
    expect(state.project.name).toBe(`Name ${state.headSeq}`);
    close();
  }
  folder.clean();
});

it(
  `the history of ${edits} random edits is whole, whenever the process was killed`,
  async () => {
    const folder = temporaryFolder('spotloom-projects-kill-');
    const start = startingProject();
    const { id } = start;
    const first = openProjects(folder.path);
    first.projects.add(start);
    first.close();
    let lives = 0;
    for (let done = 0; done < edits; lives += 1) {
      const answered = await runAndKill('edits-kill-child.ts', folder.path, id, longestLifeMs);
      const { projects, close } = openProjects(folder.path);
      const { headSeq, project } = projects.get(id);
      expect(answered).toBeGreaterThan(done);
      // Nothing answered is lost; what was done in the last moment may not have been answered yet.
      expect([answered, answered + 1]).toContain(headSeq);
      expect(brokenRules(project)).toEqual([]);
      done = headSeq;
      close();
    }
    const { projects, close } = openProjects(folder.path);
    const end = projects.get(id);
    expect(projects.history(id, end.headSeq + 2).map(({ seq }) => end.headSeq - seq)).toEqual(
      Array.from({ length: end.headSeq + 1 }, (_, at) => at),
    );
    for (let seq = end.headSeq - 1; seq >= 0; seq -= 1) expect(projects.undo(id).headSeq).toBe(seq);
    expect(projects.get(id).project).toEqual(start);
    for (let seq = 1; seq <= end.headSeq; seq += 1) expect(projects.redo(id).headSeq).toBe(seq);
    expect(projects.get(id).project).toEqual(end.project);
    console.log(`${end.headSeq} edits over ${lives} kills`);
    close();
    folder.clean();
  },
  isLong ? 3_600_000 : 120_000,
);
