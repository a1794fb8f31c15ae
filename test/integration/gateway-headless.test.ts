import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { makeVideo } from '../fixtures/media.ts';

const entry = join(import.meta.dirname, '../../src/main/headless.ts');

let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-headless-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [entry, '--library', join(folder, 'library'), ...args], {
    env: { ...process.env, SPOTLOOM_CONFIG: join(folder, 'config') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const run = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    run.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    run.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { child, run, ended };
}

async function linkOf(run: { out: string }): Promise<URL> {
  await expect.poll(() => run.out, { timeout: 30_000 }).toContain('\n');
  return new URL(/http:\S+/.exec(run.out)?.[0] ?? '');
}

async function claim(link: URL): Promise<{ status: number; key: string }> {
  const response = await fetch(`${link.origin}/session`, {
    method: 'POST',
    body: JSON.stringify({ token: link.hash.slice('#token='.length) }),
  });
  const body = (await response.json()) as { key?: string };
  return { status: response.status, key: body.key ?? '' };
}

/** One call over a WebSocket of its own. */
function call<Answer>(link: URL, key: string, path: string, input?: unknown): Promise<Answer> {
  const socket = new WebSocket(`ws://${link.host}/engine`, { origin: link.origin });
  return new Promise((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', key })));
    socket.on('error', reject);
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as { type?: string; p: { b: { json: Answer } } };
      if (message.type === 'welcome') {
        socket.send(JSON.stringify({ i: '1', p: { u: path, ...(input === undefined ? {} : { b: { json: input } }) } }));
      } else {
        resolve(message.p.b.json);
        socket.close();
      }
    });
  });
}

describe('the browser face', () => {
  it('prints exactly one line and ends cleanly when it is asked to', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { child, run, ended } = start();
      await linkOf(run);
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(run.out).toMatch(/^Spotloom is ready: http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
    }
  });

  it.skipIf(process.platform === 'win32')('gives another link on SIGUSR2, not on stdout', async () => {
    const { child, run } = start();
    const first = await linkOf(run);
    child.kill('SIGUSR2');
    await expect.poll(() => run.err).toContain('#token=');
    const second = new URL(/http:\S+/.exec(run.err)?.[0] ?? '');
    expect(second.hash).not.toBe(first.hash);
    expect((await claim(second)).status).toBe(200);
    expect((await claim(first)).status).toBe(200);
    expect((await claim(first)).status).toBe(401);
    expect(run.out.trim().split('\n')).toHaveLength(1);
  });

  it('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const { run, ended } = start('--port', String(port));
    expect(await ended).toBe(1);
    expect(run.err).toContain(String(port));
    expect(run.out).toBe('');
    taken.close();
  });

  it('explains how it is called', async () => {
    const { run, ended } = start('--explode');
    expect(await ended).toBe(2);
    expect(run.err).toContain('--library');
  });

  it('takes a file in and imports it; one that breaks off leaves nothing', async () => {
    const { run } = start();
    const link = await linkOf(run);
    const { key } = await claim(link);
    const { mediaBase } = await call<{ mediaBase: string }>(link, key, '/system/info');
    const staging = join(folder, 'library', 'temp', 'uploads');

    await new Promise<void>((resolve) => {
      const url = `${mediaBase}/upload?name=half.mp4`;
      const half = request(url, { method: 'PUT', headers: { 'content-length': '1000000' } });
      half.on('error', () => resolve());
      half.write(Buffer.alloc(200_000), () => setTimeout(() => half.destroy(), 200));
    });
    await expect.poll(() => readdir(staging).catch(() => [])).toEqual([]);

    const clip = join(folder, 'clip.mp4');
    await makeVideo(clip);
    const name = encodeURIComponent('Clip “one” 🎬.mp4');
    const put = await fetch(`${mediaBase}/upload?name=${name}`, { method: 'PUT', body: await readFile(clip) });
    const { uploadId } = (await put.json()) as { uploadId: string };
    const { importId } = await call<{ importId: string }>(link, key, '/library/import', { uploads: [uploadId] });
    const view = await call<{ imported: number; items: { assetId: string }[] }>(link, key, '/library/waitForImport', {
      importId,
    });
    expect(view.imported).toBe(1);
    const asset = await call<{ name: string }>(link, key, '/library/get', { id: view.items[0]?.assetId });
    expect(asset.name).toContain('one');
    const original = await fetch(`${mediaBase}/${view.items[0]?.assetId}/original`, {
      headers: { range: 'bytes=0-99' },
    });
    expect(original.status).toBe(206);
    expect(original.headers.get('content-type')).toBe('video/mp4');
    expect((await original.arrayBuffer()).byteLength).toBe(100);
    const frame = await fetch(`${mediaBase}/${view.items[0]?.assetId}/frame?t=0.5&h=90`);
    expect(frame.headers.get('content-type')).toBe('image/jpeg');
    expect((await frame.arrayBuffer()).byteLength).toBeGreaterThan(500);
  });
});
