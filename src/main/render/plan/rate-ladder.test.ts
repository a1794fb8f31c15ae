import { expect, test } from 'vitest';
import { findPreset } from './presets.ts';
import { nextRung, predictBytes, rateLadder } from './rate-ladder.ts';

const standard = findPreset('standard');

test('quality is the preset itself, a bitrate only ever lowers its ceiling', () => {
  expect(rateLadder(standard, { mode: 'quality' })).toEqual([standard]);
  expect(rateLadder(standard, { mode: 'bitrate', maxBitrate: 3_000_000 })).toEqual([
    ...[3_000_000, 2_700_000, 2_400_000, 2_100_000, 1_800_000].map((maxBitrate) => ({
      ...standard,
      ...{ maxBitrate, bufferSeconds: 0.4 },
    })),
  ]);
  expect(rateLadder(standard, { mode: 'bitrate', maxBitrate: 90_000_000 })).toEqual([standard]);
});

test('a size target walks down: quality first, then ceilings, never up again', () => {
  for (const id of ['standard', 'draft', 'mezzanine', 'small-test']) {
    const ladder = rateLadder(findPreset(id), { mode: 'size', maxBytes: 1_000_000, isTwoPass: false });
    expect(ladder[0]).toEqual(findPreset(id));
    for (const [n, rung] of ladder.entries()) {
      const before = ladder[n - 1];
      if (!before) continue;
      expect(rung.crf).toBeGreaterThanOrEqual(before.crf);
      expect(rung.maxBitrate).toBeLessThanOrEqual(before.maxBitrate);
      expect([rung.crf, rung.maxBitrate]).not.toEqual([before.crf, before.maxBitrate]);
    }
    expect(ladder.at(-1)?.maxBitrate).toBe(120_000);
  }
});

test('the next rung is the best that is predicted to fit, and at least one further down', () => {
  const ladder = rateLadder(standard, { mode: 'size', maxBytes: 1, isTwoPass: false });
  const known = { rung: 0, bytes: 10_000_000, seconds: 10 };
  expect(predictBytes(ladder, known, 3)).toBeCloseTo(5_000_000);
  expect(nextRung(ladder, known, 5_100_000)).toBe(3);
  expect(nextRung(ladder, known, 9_900_000)).toBe(1);
  // Below the softest CRF only ceilings help.
  expect(ladder[nextRung(ladder, known, 1_300_000) ?? 0]?.maxBitrate).toBe(700_000);
  expect(nextRung(ladder, { ...known, rung: 4 }, 9_999_999)).toBe(5);
  expect(nextRung(ladder, known, 1)).toBe(ladder.length - 1);
  expect(nextRung(ladder, { ...known, rung: ladder.length - 1 }, 1)).toBeNull();
});
