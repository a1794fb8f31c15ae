import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaintAbout, countClipped, peakOf } from './listen.ts';
import { SampleClock } from './sample-clock.ts';
import { Take } from './take.ts';

const rateHz = 48_000;
const offsetMs = 5000;
/** The moment at which a sample comes in. */
const momentOf = (sample: number) => offsetMs + (sample / rateHz) * 1000;

/** A clock that was told of every thousandth sample, some later than others. */
function clockUpTo(samples: number, delays: readonly number[] = [0]): SampleClock {
  const clock = new SampleClock(rateHz);
  for (let at = 0, n = 0; at <= samples; at += 1000, n += 1)
    clock.push(at, momentOf(at) + (delays[n % delays.length] ?? 0));
  return clock;
}

/** Each sample's amplitude is its own number. */
const piece = (startSample: number, length: number) => ({
  startSample,
  channels: [Float32Array.from({ length }, (_, n) => startSample + n)],
});

function makeTake(latencyMs = 0, clock = clockUpTo(20_000)) {
  const got: number[] = [];
  let isComplete = false;
  const take = new Take({
    ...{ clock, sampleRateHz: rateHz, latencyMs },
    onSound: ([channel]) => got.push(...(channel ?? [])),
    onComplete: () => {
      isComplete = true;
    },
  });
  return { take, got, isComplete: () => isComplete };
}

const row = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

describe('a take', () => {
  it('has exactly its samples, however they come in and whenever its beginning is known', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        ...[sizes, fc.nat(3000), fc.integer({ min: 1, max: 4000 }), fc.nat(60), fc.integer({ min: -40, max: 60 })],
        (lengths, begin, count, toldAfter, latencyMs) => {
          const { take, got, isComplete } = makeTake(latencyMs);
          take.hold();
          take.endAfter(count);
          const start = begin + Math.round(latencyMs * 48);
          let at = 0;
          for (const [n, length] of lengths.entries()) {
            if (n === toldAfter) take.beginAt(momentOf(begin));
            take.push(piece(at, length));
            at += length;
          }
          take.beginAt(momentOf(begin));
          const from = Math.max(0, start);
          expect(got).toEqual(row(from, Math.max(from, Math.min(at, from + count))));
          expect(isComplete()).toBe(at >= from + count);
          expect(take.samples).toBe(got.length);
        },
      ),
    );
  });

  it('ends with what was said by the moment it is stopped, which comes in later', () => {
    const { take, got, isComplete } = makeTake(20);
    take.hold();
    take.push(piece(0, 1000));
    take.beginAt(momentOf(0));
    take.endAt(momentOf(2000));
    expect(isComplete()).toBe(false);
    take.push(piece(1000, 1000));
    take.push(piece(2000, 2000));
    expect(got).toEqual(row(960, 2960));
    expect(isComplete()).toBe(true);
    take.push(piece(4000, 100));
    expect(take.samples).toBe(2000);
  });

  it('keeps a second from before it begins, and no more, until it is about to', () => {
    const { take, got } = makeTake(-500, clockUpTo(200_000));
    for (let at = 0; at < 96_000; at += 1000) take.push(piece(at, 1000));
    take.hold();
    take.beginAt(momentOf(90_000));
    expect(got[0]).toBe(66_000);
    const late = makeTake(-2000, clockUpTo(200_000));
    for (let at = 0; at < 96_000; at += 1000) late.take.push(piece(at, 1000));
    late.take.beginAt(momentOf(96_000));
    expect(late.got[0]).toBe(47_000);
  });

  it('stopped before it began has nothing', () => {
    const { take, isComplete } = makeTake();
    take.hold();
    take.push(piece(0, 1000));
    take.endAt(momentOf(500));
    expect([isComplete(), take.samples]).toEqual([true, 0]);
  });
});

it('the clock goes by the piece that was told of soonest', () => {
  const clock = clockUpTo(100_000, [9, 4, 30, 2, 11]);
  expect(clock.sampleAt(momentOf(48_000) + 2)).toBe(48_000);
  expect(new SampleClock(rateHz).sampleAt(0)).toBeNull();
});

describe('listening', () => {
  it('finds the peak, and counts what is clipped by stretches', () => {
    const sound = [Float32Array.of(0.1, 1, 1, -1, 0.5, 1, 0), Float32Array.of(0, -0.2, 0, 0, 0, 0, 0)];
    expect(peakOf(sound)).toBe(1);
    expect(countClipped(sound)).toBe(2);
  });

  it('complains about silence and about what is too loud', () => {
    expect(complaintAbout({ peak: 0, clipped: 0 })).toContain('Nothing was heard');
    expect(complaintAbout({ peak: 0.3, clipped: 0 })).toBeNull();
    expect(complaintAbout({ peak: 1, clipped: 1 })).toContain('too loud once');
    expect(complaintAbout({ peak: 1, clipped: 400 })).toContain('very often');
  });
});
