import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '#main/platform/log/index.ts';
import { createMediaHandler, type MediaHandler } from './media-handler.ts';

const content = 'abcdefghijklmnopqrstuvwxyz';
let folder: string;
let file: string;
let handler: MediaHandler;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-media-'));
  file = join(folder, 'clip.mp4');
  await writeFile(file, content);
  const resolve = async (path: string) => {
    if (path === 'asset-1/original') return { path: file, mime: 'video/mp4' };
    if (path === 'asset-1/proxy') return { path: join(folder, 'gone.mp4'), mime: 'video/mp4' };
    if (path === 'asset-1/still') return { path: folder, mime: 'image/png' };
    if (path === 'asset-1/pipe') return { path: join(folder, 'pipe'), mime: 'video/mp4' };
    if (['exports/export-1/cover', 'exports/export-1/evidence/2', 'asset-1/original/more'].includes(path))
      return { path: file, mime: 'image/jpeg' };
    if (path === 'asset-1/bug') throw new TypeError('a bug with /secret/path');
    return null;
  };
  handler = createMediaHandler({ resolve, log: silentLog(), headers: { 'x-test': 'yes' } });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  signal?: AbortSignal,
): Promise<Response> {
  return handler(
    new Request(`http://x/${path}`, { headers, method, ...(signal ? { signal } : {}) }),
    path.split('?')[0]!,
  );
}

/** Whether this process has the file open (Linux). */
async function isOpen(path: string): Promise<boolean> {
  const links = await readdir('/proc/self/fd');
  const targets = await Promise.all(links.map((link) => readlink(`/proc/self/fd/${link}`).catch(() => '')));
  return targets.includes(path);
}

describe('the media handler', () => {
  it('serves a whole file', async () => {
    const answer = await ask('asset-1/original');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('video/mp4');
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
    expect(answer.headers.get('content-length')).toBe('26');
    expect(answer.headers.get('x-test')).toBe('yes');
    expect(await answer.text()).toBe(content);
  });

  it('serves a range, an open range and a suffix', async () => {
    for (const [range, text, shown] of [
      ['bytes=2-4', 'cde', 'bytes 2-4/26'],
      ['bytes=23-', 'xyz', 'bytes 23-25/26'],
      ['bytes=-2', 'yz', 'bytes 24-25/26'],
    ] as const) {
      const answer = await ask('asset-1/original', { range });
      expect(answer.status).toBe(206);
      expect(answer.headers.get('content-range')).toBe(shown);
      expect(answer.headers.get('content-length')).toBe(String(text.length));
      expect(await answer.text()).toBe(text);
    }
  });

  it('says how long the file is when a range lies beyond it', async () => {
    const answer = await ask('asset-1/original', { range: 'bytes=26-' });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe('bytes */26');
  });

  it('answers HEAD with the headers alone', async () => {
    const answer = await ask('asset-1/original', { range: 'bytes=0-9' }, 'HEAD');
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-length')).toBe('10');
    expect(await answer.text()).toBe('');
  });

  it('answers 304 when nothing changed, and a new tag when something did', async () => {
    const etag = (await ask('asset-1/original', {}, 'HEAD')).headers.get('etag')!;
    expect((await ask('asset-1/original', { 'if-none-match': etag })).status).toBe(304);
    await writeFile(file, 'other');
    const changed = await ask('asset-1/original', { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    await changed.body?.cancel();
  });

  it('serves the whole to If-Range of an older version', async () => {
    const fresh = (await ask('asset-1/original', {}, 'HEAD')).headers.get('etag')!;
    const same = await ask('asset-1/original', { range: 'bytes=0-1', 'if-range': fresh });
    expect([same.status, await same.text()]).toEqual([206, 'ab']);
    const older = await ask('asset-1/original', { range: 'bytes=0-1', 'if-range': '"older"' });
    expect([older.status, await older.text()]).toEqual([200, content]);
  });

  it('serves an export’s cover and pictures of evidence, and no other path of more than two parts', async () => {
    expect((await ask('exports/export-1/cover')).status).toBe(200);
    expect((await ask('exports/export-1/evidence/2')).status).toBe(200);
    expect((await ask('exports/export-1/evidence/2/1')).status).toBe(404);
    expect((await ask('exports/export-1/evidence/%2e')).status).toBe(404);
    expect((await ask('asset-1/original/more')).status).toBe(404);
  });

  it('lets versioned bytes be kept and others be asked for again', async () => {
    const kept = await ask('asset-1/original?v=3', {}, 'HEAD');
    expect(kept.headers.get('cache-control')).toContain('immutable');
    const asked = await ask('asset-1/original', {}, 'HEAD');
    expect(asked.headers.get('cache-control')).toContain('no-cache');
  });

  it('refuses other methods, unknown media, missing files and folders', async () => {
    expect((await ask('asset-1/original', {}, 'DELETE')).status).toBe(405);
    expect((await ask('asset-2/original')).status).toBe(404);
    expect((await ask('asset-1/proxy')).status).toBe(404);
    expect((await ask('asset-1/still')).status).toBe(404);
  });

  it.skipIf(process.platform === 'win32')('does not hang on a pipe put where the file was', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect((await ask('asset-1/pipe')).status).toBe(404);
  });

  it('keeps the insides of a bug to itself', async () => {
    const answer = await ask('asset-1/bug');
    expect(answer.status).toBe(500);
    expect(JSON.parse(await answer.text()).userMessage).not.toContain('secret');
  });

  it.runIf(process.platform === 'linux')('closes the file when the reader stops early, or never starts', async () => {
    await writeFile(file, Buffer.alloc(5_000_000));
    const stopped = await ask('asset-1/original');
    const reader = stopped.body!.getReader();
    await reader.read();
    expect(await isOpen(file)).toBe(true);
    await reader.cancel();
    expect(await isOpen(file)).toBe(false);
    const gone = new AbortController();
    await ask('asset-1/original', {}, 'GET', gone.signal);
    gone.abort();
    await expect.poll(() => isOpen(file)).toBe(false);
  });

  it('fails instead of passing a file that became shorter for the whole', async () => {
    await writeFile(file, Buffer.alloc(3_000_000));
    const answer = await ask('asset-1/original');
    const reader = answer.body!.getReader();
    await reader.read();
    await truncate(file, 300_000);
    const readAll = async () => {
      while (!(await reader.read()).done);
    };
    await expect(readAll()).rejects.toThrow();
  });
});
