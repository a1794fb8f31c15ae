import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callEngine } from './support/call-engine.ts';
import { type DesktopStudio, launchDouble } from './support/launch.ts';

let folder: string;
let studio: DesktopStudio;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-desktop-'));
  studio = await launchDouble({ library: join(folder, 'library') });
});

afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the desktop’s window', () => {
  it('is sandboxed', async () => {
    const { windows } = await studio.state();
    expect(windows).toHaveLength(1);
    expect(windows[0]?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('stays on its page', async () => {
    const before = studio.page.url();
    await studio.page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await expect.poll(async () => (await studio.state()).blocked).toContain('https://example.com/');
    expect(studio.page.url()).toBe(before);
  });

  it('opens no other window', async () => {
    await studio.page.evaluate(() => void window.open('https://example.com/popup'));
    await expect.poll(() => studio.context.pages().length).toBe(1);
  });

  it.each(['geolocation', 'media', 'notifications', 'midi', 'hid', 'serial', 'openExternal', 'display-capture'])(
    'is denied %s',
    async (permission) => {
      expect(await studio.control({ type: 'permission', permission, url: 'spotloom://app/' })).toBe(false);
    },
  );

  it('may hear the microphone, alone and on its own page only', async () => {
    const ask = (url: string, mediaTypes: string[]) =>
      studio.control({ type: 'permission', permission: 'media', url, mediaTypes });
    expect(await ask('spotloom://app/', ['audio'])).toBe(true);
    expect(await ask('spotloom://app/', ['audio', 'video'])).toBe(false);
    expect(await ask('spotloom://app/', ['video'])).toBe(false);
    expect(await ask('https://example.com/', ['audio'])).toBe(false);
    expect(await ask('spotloom://app.example.com/', ['audio'])).toBe(false);
  });

  it('may write to the clipboard, on its own page only', async () => {
    const permission = 'clipboard-sanitized-write';
    expect(await studio.control({ type: 'permission', permission, url: 'spotloom://app/' })).toBe(true);
    expect(await studio.control({ type: 'permission', permission, url: 'https://example.com/' })).toBe(false);
  });

  it('has a strict policy', async () => {
    const policy = await studio.page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toContain('https:');
  });
});

describe('media in the desktop', () => {
  it('lead nowhere but to media', async () => {
    await writeFile(join(folder, 'secret.txt'), 'top secret');
    const { mediaBase } = await callEngine<{ mediaBase: string }>(studio.page, '/system/info');
    for (const path of [
      '../secret.txt',
      '..%2fsecret.txt',
      '%2e%2e/secret.txt',
      'a/..%2f..%2fsecret.txt',
      'exports/none',
    ]) {
      const answer = await studio.page.evaluate(async (url) => {
        const response = await fetch(url);
        return { status: response.status, text: await response.text() };
      }, `${mediaBase}/${path}`);
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain('top secret');
    }
  });
});

describe('a call of the page', () => {
  it('with invalid input is refused', async () => {
    await expect(callEngine(studio.page, '/jobs/list', { limit: -1 })).rejects.toThrow('invalid-input');
  });

  it('reveals only files that are there', async () => {
    const reveal = (path: string) =>
      studio.page.evaluate(
        (given) =>
          (window as unknown as { spotloomDesktop: { revealFile(path: string): Promise<void> } }).spotloomDesktop
            .revealFile(given)
            .then(
              () => 'shown',
              (error: Error) => error.message,
            ),
        path,
      );
    expect(await reveal('/nowhere/x.mp4')).toContain('not there');
    expect(await reveal('relative.mp4')).toContain('not there');
    await writeFile(join(folder, 'ad.mp4'), '');
    expect(await reveal(join(folder, 'ad.mp4'))).toBe('shown');
    expect((await studio.state()).revealed).toEqual([join(folder, 'ad.mp4')]);
  });
});

describe('files and commands from outside', () => {
  it('reach the page', async () => {
    await studio.page.evaluate(() => {
      const all = window as unknown as {
        heard: unknown[];
        spotloomDesktop: { onCommand(listener: (command: unknown) => void): void };
      };
      all.heard = [];
      all.spotloomDesktop.onCommand((command) => all.heard.push(command));
    });
    await studio.menu('go-library');
    await studio.control({ type: 'open-file', path: '/ads/one.spotloom.json' });
    await studio.control({ type: 'second-instance', argv: ['spotloom', 'two.spotloom.json'], workingFolder: '/ads' });
    await studio.control({ type: 'open-file', path: '/etc/passwd' });
    const heard = () => studio.page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
    await expect.poll(async () => (await heard()).length).toBe(3);
    expect(await heard()).toEqual([
      { type: 'go', to: 'library' },
      { type: 'open-project-file', path: '/ads/one.spotloom.json' },
      { type: 'open-project-file', path: '/ads/two.spotloom.json' },
    ]);
  });
});
