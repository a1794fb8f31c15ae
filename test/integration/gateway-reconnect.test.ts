import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#main/engine/types.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ConnectionStatus } from '../../src/renderer/engine/api.ts';
import { type Connection, clientOver, notConnectedError } from '../../src/renderer/engine/connection.ts';
import { keepConnected, type ReconnectingLink } from '../../src/renderer/engine/reconnect.ts';
import { lockedError, sessionKey } from '../../src/renderer/engine/session.ts';
import { emptyEngine, openPortConnection, temporaryFolder } from './gateway-support.ts';

let engine: Engine;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let line: ReconnectingLink | undefined;

beforeAll(async () => {
  folder = await temporaryFolder();
  engine = await emptyEngine(folder.path);
});

afterEach(() => line?.close());

afterAll(async () => {
  await engine.dispose();
  await folder.remove();
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

/** Opens connections to the engine while `isUp`; `cut` breaks the newest. */
function outside(options: { isUp: boolean; refuses?: boolean }) {
  const opened: { connection: Connection; cut(): void }[] = [];
  return {
    options,
    opened,
    async open(): Promise<Connection> {
      await delay(1);
      if (options.refuses) throw lockedError();
      if (!options.isUp) throw notConnectedError();
      const one = openPortConnection(engine);
      opened.push(one);
      return one.connection;
    },
    cut: () => opened.at(-1)?.cut(),
  };
}

describe('a page’s line to its engine', () => {
  it('comes back after it was lost, and calls made meanwhile wait for it', async () => {
    const world = outside({ isUp: true });
    const seen: ConnectionStatus[] = [];
    line = keepConnected(world.open);
    line.onStatus((status) => seen.push(status));
    const client = clientOver(line.link);
    expect((await client.system.info()).face).toBe('browser');
    world.cut();
    await expect.poll(() => seen.includes('lost')).toBe(true);
    expect((await client.system.info()).face).toBe('browser');
    expect(seen).toEqual(['connected', 'lost', 'connected']);
    expect(world.opened).toHaveLength(2);
  });

  it('makes calls fail when the engine stays away, without hanging', async () => {
    const world = outside({ isUp: false });
    line = keepConnected(world.open, 300);
    expect(await codeOf(clientOver(line.link).system.info())).toBe('not-connected');
    expect(line.status()).toBe('lost');
    world.options.isUp = true;
    line.reconnect();
    expect(await codeOf(clientOver(line.link).system.info())).toBe('answered');
  });

  it('stops trying when this page is refused, until it is asked to again', async () => {
    const world = outside({ isUp: true, refuses: true });
    line = keepConnected(world.open, 300);
    expect(await codeOf(clientOver(line.link).system.info())).toBe('unauthorised');
    expect(line.status()).toBe('refused');
    world.options.refuses = false;
    line.reconnect();
    await expect.poll(() => line?.status()).toBe('connected');
  });

  it('ends for good when it is closed', async () => {
    const world = outside({ isUp: true });
    line = keepConnected(world.open, 300);
    const client = clientOver(line.link);
    await client.system.info();
    line.close();
    expect(await codeOf(client.system.info())).toBe('not-connected');
    await delay(400);
    expect(world.opened).toHaveLength(1);
  });

  it('lets a caller give up while it waits', async () => {
    line = keepConnected(outside({ isUp: false }).open);
    const started = performance.now();
    const signal = AbortSignal.timeout(50);
    expect(await codeOf(clientOver(line.link).system.info(undefined, { signal }))).toMatch(/cancelled|not-connected/);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('the page’s session key', () => {
  function page(hash: string, stored: string | null, answer: { ok: boolean; key?: string }) {
    const storage = new Map(stored === null ? [] : [['spotloom-session', stored]]);
    const asked: string[] = [];
    const shown: string[] = [];
    return {
      asked,
      shown,
      storage,
      surroundings: {
        location: { origin: 'http://x', hash, pathname: '/', search: '' },
        history: {
          state: null,
          replaceState: (_state: unknown, _title: string, url?: string | URL | null) => void shown.push(String(url)),
        },
        storage: {
          getItem: (name: string) => storage.get(name) ?? null,
          setItem: (name: string, value: string) => void storage.set(name, value),
          removeItem: (name: string) => void storage.delete(name),
        },
        fetch: (async (url: string) => {
          asked.push(url);
          return Response.json({ key: answer.key }, { status: answer.ok ? 200 : 401 });
        }) as typeof fetch,
      },
    };
  }
  const key = 'k'.repeat(43);

  it('comes from the link, which is used up and taken out of the address at once', async () => {
    const { surroundings, storage, shown, asked } = page('#token=abc', null, { ok: true, key });
    const promise = sessionKey(surroundings);
    expect(shown).toEqual(['/']);
    expect(await promise).toBe(key);
    expect(storage.get('spotloom-session')).toBe(key);
    expect(asked).toEqual(['http://x/session']);
  });

  it('is the stored one after a reload, and when the link was used before', async () => {
    const reloaded = page('', key, { ok: false });
    expect(await sessionKey(reloaded.surroundings)).toBe(key);
    expect(reloaded.asked).toEqual([]);
    expect(await sessionKey(page('#token=used', key, { ok: false }).surroundings)).toBe(key);
  });

  it('is missing without a link', async () => {
    expect(await codeOf(sessionKey(page('', null, { ok: true, key }).surroundings))).toBe('unauthorised');
    expect(await codeOf(sessionKey(page('#token=used', null, { ok: false }).surroundings))).toBe('unauthorised');
  });
});
