import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import { type RecordingEngine, TakeWriter } from './take-writer.ts';

const sound = { sampleRateHz: 1000, channels: 1 };
const bytesOf = (pcm: string) => Uint8Array.from(atob(pcm), (letter) => letter.charCodeAt(0));

/** An engine that keeps what it is sent; `fail` refuses calls as long as it answers with an error. */
function makeEngine(fail: (call: string, count: number) => AppError | null = () => null) {
  const kept = new Map<string, number[]>();
  const calls: string[] = [];
  const check = (call: string) => {
    calls.push(call);
    const error = fail(call, calls.filter((one) => one === call).length);
    if (error) throw error;
  };
  const engine: RecordingEngine = {
    async begin() {
      check('begin');
      const recordingId = `r${kept.size + 1}`;
      kept.set(recordingId, []);
      return { recordingId };
    },
    async write({ recordingId, startSample, pcm }) {
      check('write');
      const samples = kept.get(recordingId);
      const bytes = bytesOf(pcm);
      if (!samples || startSample > samples.length) throw new AppError('conflict', 'a gap');
      for (let n = 0; n * 3 < bytes.length; n += 1)
        samples[startSample + n] = (bytes[n * 3 + 1] ?? 0) + 256 * (bytes[n * 3 + 2] ?? 0);
    },
    async finish({ recordingId, samples }) {
      check('finish');
      if (kept.get(recordingId)?.length !== samples) throw new AppError('conflict', 'not all is there');
      return { assetId: `asset-${recordingId}` as AssetId };
    },
    discard: async ({ recordingId }) => void kept.delete(recordingId),
    whenBack: () => Promise.resolve(),
  };
  return { engine, kept, calls };
}

/** Amplitudes that come back as the numbers from `from` on. */
const numbers = (from: number, count: number) => [
  Float32Array.from({ length: count }, (_, n) => ((from + n) * 256) / 0x80_0000),
];
const row = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);
const gone = () => new AppError('not-connected', 'away');
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('writing a take', () => {
  it('sends it as it comes, in order, and makes it media', async () => {
    const { engine, kept, calls } = makeEngine();
    const writer = new TakeWriter(engine, sound, () => undefined);
    for (let at = 0; at < 3000; at += 100) {
      writer.push(numbers(at, 100));
      await settled();
    }
    expect(kept.get('r1')?.length).toBeGreaterThan(2000);
    expect(await writer.finish()).toEqual({ assetId: 'asset-r1', skippedSamples: 0, samples: 3000 });
    expect(kept.get('r1')).toEqual(row(3000));
    expect(calls.filter((call) => call === 'begin')).toHaveLength(1);
    expect(writer.waitingSeconds).toBe(0);
  });

  it('waits for an engine that is away, whatever it was doing', async () => {
    const { engine, kept } = makeEngine((_, count) => (count % 3 === 0 ? null : gone()));
    const writer = new TakeWriter(engine, sound, () => undefined);
    for (let at = 0; at < 2000; at += 250) writer.push(numbers(at, 250));
    expect(await writer.finish()).toMatchObject({ samples: 2000 });
    expect([...kept.values()]).toEqual([row(2000)]);
  });

  it('keeps everything while the disk is full, and goes on when asked', async () => {
    let isFull = true;
    const { engine, kept } = makeEngine((call) =>
      call === 'write' && isFull ? new AppError('disk-full', 'full') : null,
    );
    const writer = new TakeWriter(engine, sound, () => undefined);
    writer.push(numbers(0, 700));
    await settled();
    expect(writer.error?.code).toBe('disk-full');
    writer.push(numbers(700, 700));
    const ending = writer.finish();
    await settled();
    expect(writer.waitingSeconds).toBe(1.4);
    writer.retry();
    await settled();
    expect(writer.error?.code).toBe('disk-full');
    isFull = false;
    writer.retry();
    expect(await ending).toMatchObject({ samples: 1400 });
    expect(kept.get('r1')).toEqual(row(1400));
  });

  it('goes on in another recording when somebody has ended the first', async () => {
    let isEnded = false;
    const { engine, kept } = makeEngine((call) => {
      if (call !== 'write' || !isEnded) return null;
      isEnded = false;
      return new AppError('not-found', 'it is media already');
    });
    const writer = new TakeWriter(engine, sound, () => undefined);
    writer.push(numbers(0, 600));
    await settled();
    isEnded = true;
    writer.push(numbers(600, 600));
    expect(await writer.finish()).toEqual({ assetId: 'asset-r2', skippedSamples: 600, samples: 600 });
    expect([kept.get('r1'), kept.get('r2')]).toEqual([row(600), row(600, 600)]);
  });

  it('leaves nothing when it is thrown away', async () => {
    const { engine, kept } = makeEngine();
    const writer = new TakeWriter(engine, sound, () => undefined);
    writer.push(numbers(0, 600));
    await settled();
    writer.discard();
    writer.push(numbers(600, 600));
    await settled();
    expect([...kept.keys()]).toEqual([]);
  });
});
