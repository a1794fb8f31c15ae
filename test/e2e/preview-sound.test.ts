import { expect, test } from 'vitest';
import { compareSounds, likeness, soundTable } from '../parity/compare-sound.ts';
import { randomSoundGolden, soundGoldens } from '../parity/sound-projects.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
/** Every run compares those written down; `npm run parity` and the long tests some by lot as well. */
const byLot = Array.from({ length: isLong ? 24 : 0 }, (_, seed) => randomSoundGolden(seed + 1));
const chosen = [...soundGoldens, ...byLot];

test(`${chosen.length} mixes: the preview sounds as loud as the export, at the same time`, async () => {
  const rows = await compareSounds(chosen);
  console.log(soundTable(rows));
  expect(rows.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual([]);
  expect(rows).toHaveLength(chosen.length);
}, 600_000);

test('the comparison notices half a decibel too much, two milliseconds, and a side that is missing', () => {
  const sound = new Float32Array(48_000 * 2 * 3);
  for (let n = 0; n < sound.length / 2; n += 1) {
    const loud = Math.sin(n / 9000) + Math.sin(n / 3110) > 0.2 ? 0.5 : 0;
    sound[n * 2] = sound[n * 2 + 1] = loud * Math.sin(n / 11);
  }
  expect(likeness(sound, sound).holds).toBe(true);
  expect(
    likeness(
      sound,
      sound.map((value) => value * 1.07),
    ).holds,
  ).toBe(false);
  const late = new Float32Array(sound.length);
  late.set(sound.subarray(0, -192), 192);
  expect(likeness(sound, late).offsetMs).toBeCloseTo(2, 1);
  expect(likeness(sound, late).holds).toBe(false);
  expect(
    likeness(
      sound,
      sound.map((value, n) => (n % 2 === 0 ? value : 0)),
    ).holds,
  ).toBe(false);
});
