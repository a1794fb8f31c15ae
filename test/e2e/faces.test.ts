import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SystemInfo } from '#shared/contract/index.ts';
import { callEngine } from './support/call-engine.ts';
import { type DesktopStudio, launchBrowserFace, launchDesktop, type Studio } from './support/launch.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-faces-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The page has drawn something of its own. */
async function expectStudio(studio: Studio): Promise<void> {
  await studio.page.waitForFunction(() => (document.getElementById('root')?.childElementCount ?? 0) > 0);
  const policyErrors = studio.pageErrors.filter((text) => /Content Security Policy|Refused to/.test(text));
  expect(policyErrors).toEqual([]);
}

describe('the browser face', () => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await launchBrowserFace({ library: join(folder, 'browser') });
  });

  afterAll(() => studio.close());

  it('shows the studio and reaches its engine', async () => {
    await expectStudio(studio);
    const info = await callEngine<SystemInfo>(studio.page, '/system/info');
    expect(info).toMatchObject({ face: 'browser', libraryFolder: join(folder, 'browser') });
    expect(info.mediaBase).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/m\/[\w-]{43}$/);
  });

  it('takes the used-up token out of the address, and works after a reload', async () => {
    expect(studio.page.url()).not.toContain('token');
    await studio.page.reload();
    await expectStudio(studio);
    expect((await callEngine<SystemInfo>(studio.page, '/system/info')).face).toBe('browser');
  });

  it('sets no cookie', async () => {
    expect(await studio.context.cookies()).toEqual([]);
  });

  it('tells a page without the link what to do', async () => {
    const stranger = await studio.context.newPage();
    await stranger.goto(new URL('/', studio.url).origin);
    await stranger.getByText(/link/i).first().waitFor();
    expect(await stranger.evaluate(() => sessionStorage.getItem('spotloom-session'))).toBeNull();
    await stranger.close();
  });

  it('runs no inline, evaluated or foreign script', async () => {
    const blocked = await studio.page.evaluate(async () => {
      const state = window as unknown as { ran?: string[] };
      state.ran = [];
      const inline = document.createElement('script');
      inline.textContent = 'window.ran.push("inline")';
      document.body.append(inline);
      const foreign = document.createElement('script');
      foreign.src = 'https://example.com/x.js';
      const failed = new Promise((resolve) => foreign.addEventListener('error', resolve));
      document.body.append(foreign);
      await failed;
      const evaluated = (() => {
        try {
          return new Function('return "evaluated"')() as string;
        } catch {
          return 'refused';
        }
      })();
      return { ran: state.ran, evaluated };
    });
    expect(blocked).toEqual({ ran: [], evaluated: 'refused' });
  });
});

describe('the desktop face', () => {
  let studio: DesktopStudio;

  beforeAll(async () => {
    studio = await launchDesktop({ library: join(folder, 'desktop') });
  });

  afterAll(() => studio.close());

  it('shows the studio and reaches its engine', async () => {
    await expectStudio(studio);
    const info = await callEngine<SystemInfo>(studio.page, '/system/info');
    expect(info).toMatchObject({ face: 'desktop', libraryFolder: join(folder, 'desktop') });
  });

  it('works after a reload', async () => {
    await studio.page.reload();
    await expectStudio(studio);
    expect((await callEngine<SystemInfo>(studio.page, '/system/info')).face).toBe('desktop');
  });

  it('gives the page its bridge and nothing of Node', async () => {
    const seen = await studio.page.evaluate(() => {
      const all = window as unknown as Record<string, unknown>;
      const bridge = all.spotloomDesktop as Record<string, unknown>;
      return {
        names: Object.keys(bridge).sort(),
        isFrozen: Object.isFrozen(bridge),
        node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in all),
      };
    });
    expect(seen.names).toEqual(
      [
        'requestPort',
        'pathForFile',
        'chooseMedia',
        'chooseFolder',
        'chooseProjectFile',
        'chooseSavePath',
        'revealFile',
        'onCommand',
      ].sort(),
    );
    expect(seen).toMatchObject({ isFrozen: true, node: [] });
  });

  it('answers from the system’s dialogs', async () => {
    await studio.answerDialog('showOpenDialog', { canceled: false, filePaths: ['/footage/a.mp4'] });
    const chosen = await studio.page.evaluate(() =>
      (window as unknown as { spotloomDesktop: { chooseMedia(): Promise<string[]> } }).spotloomDesktop.chooseMedia(),
    );
    expect(chosen).toEqual(['/footage/a.mp4']);
  });
});
