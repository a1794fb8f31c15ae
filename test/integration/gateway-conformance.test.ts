import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engine, EngineHandlers } from '#main/engine/types.ts';
import type { EngineEvent } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import { emptyEngine, type Reach, temporaryFolder, transports } from './gateway-support.ts';

let engine: Engine;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  engine = await emptyEngine(folder.path);
  await engine.settled;
});

afterAll(async () => {
  await engine.dispose();
  await folder.remove();
});

/** What the tests' own handlers saw. */
interface Seen {
  isAborted: boolean;
  isStarted: boolean;
  streamEnds: number;
}

/** The engine's handlers with some that wait, fail or answer at length. */
function withTestHandlers(real: EngineHandlers, seen: Seen): EngineHandlers {
  return {
    ...real,
    system: {
      ...real.system,
      clearCache: (_input, { signal }) =>
        new Promise((_resolve, reject) => {
          seen.isStarted = true;
          signal.addEventListener('abort', () => {
            seen.isAborted = true;
            reject(new AppError('cancelled', 'Cancelled.'));
          });
        }),
      findFfmpeg: () => {
        throw new AppError('ffmpeg-missing', 'There is no ffmpeg here.', {
          message: 'looked everywhere',
          retry: 'install-ffmpeg',
          details: { places: ['/usr/bin', 'ünïcode “quotes”'] },
        });
      },
      doctor: () => {
        throw new TypeError('a bug');
      },
      listFolder: ({ path }) => ({
        path: path ?? '',
        parent: null,
        entries: Array.from({ length: 20_000 }, (_, index) => ({
          name: `clip ${index} 🎬 ${'x'.repeat(100)}`,
          path: `/footage/${index}`,
          kind: 'file' as const,
          sizeBytes: index,
        })),
      }),
      events: async function* (_input, { signal }): AsyncGenerator<EngineEvent> {
        try {
          yield { type: 'assets-changed', ids: ['a-1' as AssetId] };
          yield { type: 'settings-changed' };
          await delay(60_000, undefined, { signal }).catch(() => undefined);
        } finally {
          seen.streamEnds += 1;
        }
      },
      reportProblem: () => ({ ok: 'yes' }) as never,
    },
  };
}

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await delay(10);
  expect(condition()).toBe(true);
}

describe.each(Object.entries(transports))('the contract over %s', (name, reach) => {
  let seen: Seen;
  let reached: Reach;
  const isWire = name !== 'in-process';

  beforeEach(async () => {
    seen = { isAborted: false, isStarted: false, streamEnds: 0 };
    reached = await reach(engine, withTestHandlers(engine.handlersFor({ mediaBase: 'http://media' }), seen));
  });

  afterEach(() => reached.dispose());

  it('answers what the engine knows', async () => {
    const info = await reached.client.system.info();
    expect(info).toMatchObject({ face: 'browser', mediaBase: 'http://media', libraryFolder: folder.path });
  });

  it('keeps values whole both ways', async () => {
    const pattern = '{project} “ünï” 🎬\n{ratio}';
    const updated = await reached.client.settings.update({ namingPattern: pattern, exportFolder: null });
    expect(updated).toMatchObject({ namingPattern: pattern, exportFolder: null });
    expect(await reached.client.settings.get()).toEqual(updated);
  });

  it('fills in defaults of the input', async () => {
    expect(await reached.client.jobs.list({})).toMatchObject({ jobs: [], total: 0 });
  });

  it('brings a failure over whole, as an AppError', async () => {
    const error = await failureOf(reached.client.system.findFfmpeg());
    expect(error.toData()).toEqual({
      code: 'ffmpeg-missing',
      message: 'looked everywhere',
      userMessage: 'There is no ffmpeg here.',
      retry: 'install-ffmpeg',
      details: { places: ['/usr/bin', 'ünïcode “quotes”'] },
    });
  });

  it('shows a bug as internal, without its insides', async () => {
    const error = await failureOf(reached.client.system.doctor());
    expect(error.code).toBe('internal');
    expect(error.userMessage).not.toContain('a bug');
  });

  it('refuses invalid input and names the field', async () => {
    const error = await failureOf(reached.client.jobs.list({ limit: 501 }));
    expect(error.code).toBe('invalid-input');
    expect(error.userMessage).toContain('limit');
    expect((await failureOf(reached.client.jobs.get({ id: '../../etc/passwd' as never }))).code).toBe('invalid-input');
    expect((await failureOf(reached.client.system.listFolder({ path: 'a\0b' }))).code).toBe('invalid-input');
  });

  it('refuses answers that break the contract', async () => {
    const error = await failureOf(reached.client.system.reportProblem({ message: 'x', stack: null }));
    expect(error.code).toBe('internal');
  });

  it('refuses calls that do not exist', async () => {
    const unknown = reached.client as unknown as Record<string, Record<string, (() => Promise<unknown>) | undefined>>;
    for (const [part, name] of ['library.explode', 'nothing.list', 'constructor.assign', 'system.hasOwnProperty'].map(
      (call) => call.split('.'),
    )) {
      await failureOf(unknown[part!]![name!]!());
    }
  });

  it('carries big answers', async () => {
    const { entries } = await reached.client.system.listFolder({ path: '/footage' });
    expect(entries).toHaveLength(20_000);
    expect(entries[19_999]?.name).toContain('clip 19999 🎬');
  });

  it('answers many calls at once, each with its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        reached.client.jobs.list({ group: `g-${index}`, limit: 1 + (index % 500) }),
      ),
    );
    expect(answers).toHaveLength(200);
  });

  it('rejects at once when the caller cancels, and tells the handler', async () => {
    const stop = new AbortController();
    const call = failureOf(reached.client.system.clearCache(undefined, { signal: stop.signal }));
    await until(() => seen.isStarted);
    stop.abort();
    expect((await call).code).toBe('cancelled');
    await until(() => seen.isAborted);
  });

  it('does not start a call that is cancelled already', async () => {
    const call = reached.client.system.clearCache(undefined, { signal: AbortSignal.abort() });
    expect((await failureOf(call)).code).toBe('cancelled');
    expect(seen.isStarted).toBe(false);
  });

  it('streams events, and stops the stream when the reader aborts', async () => {
    const stop = new AbortController();
    const types: string[] = [];
    for await (const event of await reached.client.system.events(undefined, { signal: stop.signal })) {
      types.push(event.type);
      if (types.length === 2) stop.abort();
    }
    expect(types).toEqual(['assets-changed', 'settings-changed']);
    await until(() => seen.streamEnds === 1);
  });

  it('stops the stream when the reader leaves the loop', async () => {
    for await (const event of await reached.client.system.events()) {
      expect(event.type).toBe('assets-changed');
      break;
    }
    await until(() => seen.streamEnds === 1);
  });

  it.runIf(isWire)('rejects pending calls and streams when the connection closes', async () => {
    const call = failureOf(reached.client.system.clearCache());
    const events = await reached.client.system.events();
    await events.next();
    await events.next();
    const next = failureOf(events.next());
    await until(() => seen.isStarted);
    reached.cut();
    expect((await call).code).toBe('not-connected');
    expect((await next).code).toBe('not-connected');
    await until(() => seen.isAborted && seen.streamEnds === 1);
    expect((await failureOf(reached.client.jobs.list({}))).code).toBe('not-connected');
  });
});

describe('the engine’s own events', () => {
  it('reach a reader, merged', async () => {
    const reached = await transports.MessagePort!(engine, engine.handlersFor({ mediaBase: '' }));
    const stop = new AbortController();
    const events = await reached.client.system.events(undefined, { signal: stop.signal });
    const first = events.next();
    await delay(50);
    for (let index = 0; index < 800; index += 1)
      engine.events.emit('event', { type: 'assets-changed', ids: [`a-${index}` as AssetId] });
    engine.events.emit('event', { type: 'system-changed' });
    expect((await first).value).toEqual({ type: 'assets-changed', ids: null });
    expect((await events.next()).value).toEqual({ type: 'system-changed' });
    stop.abort();
    expect((await events.next()).done).toBe(true);
    await reached.dispose();
  });
});
