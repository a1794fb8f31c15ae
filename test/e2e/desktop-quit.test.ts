import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportView, ProjectState } from '#shared/contract/index.ts';
import { listVariants } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { callEngine } from './support/call-engine.ts';
import { type DesktopStudio, launchDouble } from './support/launch.ts';

let folder: string;
let projectFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-quit-'));
  await mkdir(join(folder, 'footage'));
  await makeVideo(join(folder, 'footage', 'clip.mp4'), { seconds: 5, size: '640x360', tonesHz: [440] });
  projectFile = join(folder, 'footage', 'ad.spotloom.json');
  await writeFile(
    projectFile,
    JSON.stringify({ spotloom: 1, name: 'Ad', media: { clip: 'clip.mp4' }, slots: [{ options: ['clip'] }] }),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts an export that takes some seconds. */
async function startExport(studio: DesktopStudio): Promise<void> {
  const { projectId } = await callEngine<{ projectId: string }>(studio.page, '/projects/importFile', {
    path: projectFile,
  });
  const { project } = await callEngine<ProjectState>(studio.page, '/projects/get', { id: projectId });
  await callEngine(studio.page, '/render/start', { projectId, variants: listVariants(project), ratios: ['9:16'] });
}

async function exportStates(studio: DesktopStudio): Promise<ExportView['state'][]> {
  const { exports } = await callEngine<{ exports: ExportView[] }>(studio.page, '/render/list', {});
  return exports.map((one) => one.state);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const asked = async (studio: DesktopStudio) =>
  (await studio.state()).dialogCalls.filter((call) => call.method === 'showMessageBox');

describe('closing the window', () => {
  it('ends the program when nothing is being exported', async () => {
    const studio = await launchDouble({ library: join(folder, 'idle') });
    await studio.control({ type: 'close-window' });
    await expect.poll(() => isAlive(studio.pid), { timeout: 60_000 }).toBe(false);
    await studio.close();
  });

  it('asks while an export runs; stays, or stops and goes on at the next start', { timeout: 240_000 }, async () => {
    const library = join(folder, 'stopped');
    const studio = await launchDouble({ library });
    await startExport(studio);
    await expect.poll(() => exportStates(studio), { timeout: 120_000 }).toEqual(['running']);
    await studio.answerDialog('showMessageBox', { response: 2 });
    await studio.control({ type: 'close-window' });
    await expect.poll(async () => (await asked(studio)).length).toBe(1);
    expect((await asked(studio))[0]?.options).toMatchObject({ message: 'An export is running.' });
    expect(await exportStates(studio)).toEqual(['running']);
    await studio.answerDialog('showMessageBox', { response: 1 });
    await studio.control({ type: 'close-window' });
    await expect.poll(() => isAlive(studio.pid), { timeout: 60_000 }).toBe(false);
    await studio.close();
    const next = await launchDouble({ library });
    await expect.poll(() => exportStates(next), { timeout: 120_000, interval: 300 }).toEqual(['finished']);
    await next.close();
  });

  it('lets it finish in the background when asked to, then ends', { timeout: 240_000 }, async () => {
    const library = join(folder, 'background');
    const studio = await launchDouble({ library });
    await startExport(studio);
    await expect.poll(() => exportStates(studio), { timeout: 120_000 }).toEqual(['running']);
    await studio.answerDialog('showMessageBox', { response: 0 });
    await studio.control({ type: 'close-window' });
    await expect.poll(async () => (await studio.state()).windows[0]?.isShown).toBe(false);
    await expect.poll(() => isAlive(studio.pid), { timeout: 120_000, interval: 300 }).toBe(false);
    await studio.close();
    const next = await launchDouble({ library });
    expect(await exportStates(next)).toEqual(['finished']);
    await next.close();
  });
});
