import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './library-kit.ts';
import { openProjects } from './projects-kit.ts';

const kills = process.env.SPOTLOOM_LONG === '1' ? 50 : 5;

/** Runs the child until it has answered something, kills it at a random moment, and returns the last answer seen. */
async function runAndKill(folder: string, id: string): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'projects-kill-child.ts'), folder, id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    const isFirst = output === '';
    output += data.toString();
    if (isFirst) setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
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
    const answered = await runAndKill(folder.path, id);
    const { projects, close } = openProjects(folder.path);
    const state = projects.get(id);
    expect(state.headSeq).toBeGreaterThanOrEqual(answered);
    expect(answered).toBeGreaterThan(0);
    expect(state.project.name).toBe(`Name ${state.headSeq}`);
    close();
  }
  folder.clean();
});
