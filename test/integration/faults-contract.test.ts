import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { junkInput, type Known, likeInput, type Procedure, procedures } from './faults-arbitrary.ts';
import { type Opened, openEngine, temporaryFolder } from './faults-kit.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
const runs = isLong ? 400 : 12;
const answerMs = 10_000;

const folder = temporaryFolder();
let opened: Opened;
let known: Known;

beforeAll(async () => {
  const clip = join(folder.path, 'clip.mp4');
  await makeVideo(clip, { seconds: 0.5, size: '64x64' });
  mkdirSync(join(folder.path, 'folder'));
  writeFileSync(join(folder.path, 'text.txt'), 'hello');
  opened = await openEngine(join(folder.path, 'library'));
  await opened.importPaths([clip]);
  const asset = (await opened.assets())[0]?.id ?? '';
  const { project } = await opened.client.projects.create({ name: 'Known', template: 'single' });
  const inside = [
    ...project.slots.map(({ id }) => id),
    ...project.sequences.flatMap(({ id, tracks }) => [id, ...tracks.map((track) => track.id)]),
  ];
  const paths = [
    'clip.mp4',
    'folder',
    'text.txt',
    'gone/x.mp4',
    'a\nb',
    "it's",
    '-x',
    `${'n'.repeat(250)}.mp4`,
    'folder/../clip.mp4',
  ];
  known = {
    paths: paths.map((name) => `${folder.path}/${name}`),
    ids: [asset, project.id, ...project.slots.flatMap(({ options }) => options.map(({ id }) => id)), ...inside],
  };
}, 60_000);

afterAll(async () => {
  await opened?.close();
  folder.clean();
});

/** What came of a call: `answered`, a code, or what must not be. */
async function call({ part, name }: Procedure, input: unknown): Promise<string> {
  const calls = opened.client as unknown as Record<
    string,
    Record<string, (input: unknown, options: object) => Promise<unknown>>
  >;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), answerMs);
  try {
    const answer = await calls[part]?.[name]?.(input, { signal: stop.signal });
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
      await (answer as AsyncIterableIterator<unknown>).return?.();
    }
    return 'answered';
  } catch (error) {
    if (stop.signal.aborted) return `hangs for ${answerMs} ms`;
    if (!(error instanceof AppError)) return `not an AppError: ${String(error)}`;
    if (error.code === 'internal') return `internal: ${error.message} ${String(error.cause ?? '')}`;
    return error.userMessage.trim().length < 8 ? `no words: ${error.code}` : error.code;
  } finally {
    clearTimeout(timer);
  }
}

const isFine = (outcome: string) => /^(answered|[a-z][a-z-]+)$/.test(outcome) && outcome !== 'internal';

/** Calls whose input may be anything that is no object with a wrong part: they have no input, or nothing in it is needed. */
const takesAnything = (procedure: Procedure) => procedure.input === undefined;

/** Calls whose handlers were reached: that got something they could read. */
const reached = new Set<string>();

it('knows every call of the contract', () => {
  expect(procedures().length).toBeGreaterThan(50);
});

it.each(procedures().map((procedure) => [`${procedure.part}.${procedure.name}`, procedure] as const))(
  '%s answers junk with a typed error, and the engine goes on',
  async (_, procedure) => {
    await fc.assert(
      fc.asyncProperty(junkInput, async (input) => {
        const isValid = takesAnything(procedure) || procedure.input?.safeParse(input).success === true;
        const outcome = await call(procedure, input);
        if (isValid) expect(outcome).toSatisfy(isFine);
        else expect(outcome).toBe('invalid-input');
      }),
      { numRuns: procedure.input ? runs : 5 },
    );
    if (procedure.input) {
      const inputs = likeInput(procedure.input, known);
      await fc.assert(
        fc.asyncProperty(inputs, async (input) => {
          const outcome = await call(procedure, input);
          if (outcome !== 'invalid-input') reached.add(`${procedure.part}.${procedure.name}`);
          expect(outcome).toSatisfy(isFine);
        }),
        { numRuns: runs },
      );
    }
    await opened.client.settings.update({ ffmpegPath: null, exportFolder: null });
    expect((await opened.client.system.info({ signal: AbortSignal.timeout(answerMs) })).libraryFolder).toBe(
      join(folder.path, 'library'),
    );
    expect(Object.prototype).not.toHaveProperty('isAdmin');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  },
  isLong ? 600_000 : 60_000,
);

it('got past the door of nearly every call', () => {
  const withInput = procedures().filter(({ input }) => input !== undefined);
  expect(reached.size).toBeGreaterThan(withInput.length * 0.9);
});
