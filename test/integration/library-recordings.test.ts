import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordingsHandlers } from '#main/library/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import { packPcm24, pcm24Bytes, wavHeaderBytes } from '#shared/sound/pcm.ts';
import { toNumber } from '#shared/units/index.ts';
import { type OpenLibrary, openLibrary, temporaryFolder } from './library-kit.ts';

const context = { signal: new AbortController().signal };
const sound = { sampleRateHz: 48_000, channels: 1 };
/** A tone that goes on from piece to piece. */
const piece = (from: number, length: number, hz = 400): string => {
  const wave = Float32Array.from({ length }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hz * (from + n)) / 48_000));
  return Buffer.from(packPcm24([wave])).toString('base64');
};

const folder = temporaryFolder('spotloom-recordings-');
const root = join(folder.path, 'library');
let opened: OpenLibrary;
beforeAll(() => {
  opened = openLibrary(root);
});
afterAll(async () => {
  await opened.close();
  folder.clean();
});

const calls = () => recordingsHandlers(opened.library);
const codeOf = (call: Promise<unknown> | unknown): Promise<string> =>
  Promise.resolve(call).then(
    () => 'answered',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const begin = async () => (await calls().begin(sound, context)).recordingId;
const write = (recordingId: string, startSample: number, pcm: string) =>
  calls().write({ recordingId, startSample, pcm }, context);
const finish = async (recordingId: string, samples: number | null = null) =>
  (await calls().finish({ recordingId, samples }, context)).assetId as AssetId;
const waiting = async () => (await calls().list(undefined, context)).recordings;

describe('a recording', () => {
  it('becomes media of exactly its length, with its waveform', async () => {
    const id = await begin();
    await write(id, 0, piece(0, 24_000));
    expect(await write(id, 24_000, piece(24_000, 24_000))).toEqual({ samples: 48_000 });
    const asset = opened.library.get(await finish(id, 44_101));
    expect(asset).toMatchObject({ name: 'Voice-over 1.wav', kind: 'audio', origin: 'recorded', playback: 'original' });
    expect(toNumber(asset.probe.durationSeconds ?? { num: 0, den: 1 })).toBeCloseTo(44_101 / 48_000, 5);
    const [place] = asset.locations;
    const bytes = readFileSync(place?.path ?? '');
    expect(bytes.length).toBe(wavHeaderBytes + 44_101 * pcm24Bytes);
    expect(bytes.subarray(wavHeaderBytes).equals(Buffer.from(piece(0, 44_101), 'base64'))).toBe(true);
    await opened.settle();
    const made = opened.library.get(asset.id).renditions.map(({ kind, state }) => `${kind} ${state}`);
    expect(made).toContain('waveform ready');
    expect(await readdir(join(root, 'recordings'))).toEqual([]);
  });

  it('takes pieces twice and in no wrong order', async () => {
    const id = await begin();
    await write(id, 0, piece(0, 1000));
    // The answer got lost, and more had come meanwhile.
    expect(await write(id, 0, piece(0, 1500))).toEqual({ samples: 1500 });
    expect(await write(id, 0, piece(0, 200))).toEqual({ samples: 1500 });
    expect(await codeOf(write(id, 1501, piece(0, 10)))).toBe('conflict');
    expect(await codeOf(write(id, 1500, Buffer.alloc(4).toString('base64')))).toBe('invalid-input');
    expect(await codeOf(finish(id, 1600))).toBe('conflict');
    const asset = opened.library.get(await finish(id));
    expect(asset.probe.durationSeconds).not.toBeNull();
    expect(asset.sizeBytes).toBe(wavHeaderBytes + 1500 * pcm24Bytes);
  });

  it('is numbered, and answers again what it has answered', async () => {
    const [one, two] = [await begin(), await begin()];
    await write(one, 0, piece(0, 9600, 500));
    await write(two, 0, piece(0, 9600, 700));
    const ids = await Promise.all([finish(one), finish(two)]);
    expect(ids.map((id) => opened.library.get(id).name)).toEqual(['Voice-over 3.wav', 'Voice-over 4.wav']);
    expect(await finish(one)).toBe(ids[0]);
    expect(await codeOf(write(one, 9600, piece(0, 10)))).toBe('not-found');
  });

  it('outlives the engine', async () => {
    const id = await begin();
    await write(id, 0, piece(0, 30_000));
    expect(opened.library.recordings.liveCount()).toBe(1);
    await opened.close();
    opened = openLibrary(root);
    expect(opened.library.recordings.liveCount()).toBe(0);
    expect(await waiting()).toMatchObject([{ recordingId: id, samples: 30_000, seconds: 0.625 }]);
    // A page that still records goes on where it was.
    await write(id, 30_000, piece(30_000, 6000));
    expect(opened.library.get(await finish(id)).sizeBytes).toBe(wavHeaderBytes + 36_000 * pcm24Bytes);
    expect(await waiting()).toEqual([]);
  });

  it('stays where it is while it cannot be taken into the library', async () => {
    const id = await begin();
    await write(id, 0, piece(0, 9600, 900));
    rmSync(opened.paths.media, { recursive: true, force: true });
    writeFileSync(opened.paths.media, 'in the way');
    expect(await codeOf(finish(id))).not.toBe('answered');
    expect(await waiting()).toMatchObject([{ recordingId: id, samples: 9600 }]);
    rmSync(opened.paths.media);
    mkdirSync(opened.paths.media);
    expect(opened.library.get(await finish(id)).name).toMatch(/^Voice-over \d+\.wav$/);
  });

  it('is thrown away on request, and is none without a sample', async () => {
    const id = await begin();
    expect(await codeOf(finish(id))).toBe('file-empty');
    await calls().discard({ recordingId: id }, context);
    await calls().discard({ recordingId: id }, context);
    expect(await waiting()).toEqual([]);
    expect(await codeOf(finish(id))).toBe('not-found');
  });
});
