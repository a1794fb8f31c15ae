import { describe, expect, test } from 'vitest';
import { type Beats, beatSampleRateHz, createOnsetMeter, findBeats } from './beats.ts';

/** Beats of samples pushed in pieces of some length. */
function beatsOf(samples: Float32Array, piece = samples.length): Beats {
  const meter = createOnsetMeter();
  for (let at = 0; at < samples.length; at += piece) meter.push(samples.subarray(at, at + piece));
  return findBeats(meter.finish());
}

/** Clicks at a tempo, from `first` seconds on, with a tone under them where asked for. */
function clicks(bpm: number, seconds: number, first: number, extra: (t: number) => number = () => 0): Float32Array {
  const samples = new Float32Array(Math.round(seconds * beatSampleRateHz));
  for (let n = 0; n < samples.length; n += 1) {
    const t = n / beatSampleRateHz;
    const since = t < first ? -1 : (t - first) % (60 / bpm);
    const click = since >= 0 && since < 0.03 ? Math.exp(-since * 120) * Math.sin(2 * Math.PI * 1500 * since) : 0;
    samples[n] = 0.5 * click + extra(t);
  }
  return samples;
}

/** Furthest that a beat found is from a click, and a click from a beat found, seconds. */
function farthest(
  found: readonly number[],
  bpm: number,
  seconds: number,
  first: number,
): { wrong: number; missed: number } {
  const wanted: number[] = [];
  for (let t = first; t < seconds; t += 60 / bpm) wanted.push(t);
  const distance = (from: number, list: readonly number[]) => Math.min(...list.map((one) => Math.abs(one - from)));
  return {
    wrong: Math.max(...found.map((beat) => distance(beat, wanted))),
    missed: Math.max(...wanted.slice(1, -1).map((click) => distance(click, found))),
  };
}

describe('beats', () => {
  test.each([90, 120, 128.5])('of clicks at %d a minute are found within 10 ms, every one', (bpm) => {
    for (const [first, extra] of [
      [0.37, () => 0],
      [0.2, (t: number) => 0.1 * Math.sin(2 * Math.PI * 220 * t)],
    ] as const) {
      const found = beatsOf(clicks(bpm, 20, first, extra));
      expect(Math.abs((found.bpm ?? 0) - bpm)).toBeLessThan(0.3);
      const { wrong, missed } = farthest(found.seconds, bpm, 20, first);
      expect(wrong).toBeLessThan(0.01);
      expect(missed).toBeLessThan(0.01);
    }
  });

  test('go on through a bar in which nothing is struck', () => {
    const gap = clicks(120, 16, 0.5);
    gap.fill(0, 6.3 * beatSampleRateHz, 8.3 * beatSampleRateHz);
    const { seconds } = beatsOf(gap);
    expect(seconds.filter((beat) => beat > 6.3 && beat < 8.3)).toHaveLength(4);
  });

  test('are not invented in silence, in a steady tone, or where there is hardly any sound', () => {
    expect(beatsOf(new Float32Array(beatSampleRateHz * 5))).toEqual({ bpm: null, seconds: [] });
    expect(beatsOf(new Float32Array(10)).seconds).toEqual([]);
    const tone = Float32Array.from({ length: beatSampleRateHz * 6 }, (_, n) => 0.3 * Math.sin(n / 20));
    expect(beatsOf(tone).seconds).toEqual([]);
  });

  test('are the same whatever pieces the sound comes in', () => {
    const samples = clicks(100, 8, 0.1);
    expect(beatsOf(samples, 1777)).toEqual(beatsOf(samples));
  });
});
