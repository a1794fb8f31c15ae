import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import type { BenchRow } from '../fixtures/bench-row.ts';

const root = join(import.meta.dirname, '../..');
const boundMs = 700;
const runs = 7;

/** From starting the browser face's process to the answer of its first call, on a library that is there already. */
export async function run(): Promise<BenchRow[]> {
  const entry = join(root, 'out/main/headless.js');
  if (!existsSync(entry)) throw new Error('The engine is not built: run `npm run build` first.');
  const folder = mkdtempSync(join(tmpdir(), 'spotloom-bench-'));
  try {
    // The first start makes the library and its sample.
    await start(entry, folder, 3000);
    const times: number[] = [];
    for (let index = 0; index < runs; index += 1) times.push(await start(entry, folder, 0));
    times.sort((a, b) => a - b);
    const median = times[Math.floor(runs / 2)] ?? Number.NaN;
    const note = `fastest ${Math.round(times[0] ?? 0)}, slowest ${Math.round(times.at(-1) ?? 0)} of ${runs}`;
    return [
      {
        name: 'headless start to first answer',
        value: Math.round(median),
        unit: 'ms',
        bound: `< ${boundMs}`,
        holds: median < boundMs,
        note,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(entry: string, folder: string, lingerMs: number): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [entry, '--library', join(folder, 'library'), '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, SPOTLOOM_CONFIG: join(folder, 'config') },
  });
  try {
    const url = new URL(await firstUrl(child));
    await firstAnswer(url);
    const elapsedMs = performance.now() - startedAt;
    await new Promise((resolve) => setTimeout(resolve, lingerMs));
    return elapsedMs;
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve((JSON.parse(text) as { url: string }).url);
    });
    child.once('exit', (code) => reject(new Error(`the engine ended with ${code}`)));
  });
}

/** As the page does: token for key, key for a connection, `system.info` over it. */
async function firstAnswer(url: URL): Promise<void> {
  const token = url.hash.slice('#token='.length);
  const claim = await fetch(`${url.origin}/session`, { method: 'POST', body: JSON.stringify({ token }) });
  const { key } = (await claim.json()) as { key: string };
  const socket = new WebSocket(`ws://${url.host}/engine`, { origin: url.origin });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', key })));
    socket.on('error', reject);
    socket.on('message', (data) => {
      const text = data.toString();
      if (text.includes('welcome')) socket.send(JSON.stringify({ i: '1', p: { u: '/system/info' } }));
      else if (text.includes('libraryFolder')) resolve();
      else reject(new Error(text));
    });
  });
  socket.terminate();
}
