import { expect, it } from 'vitest';
import { aimedLoudness } from './loudness-aim.ts';

it("exports aim at the project's own loudness, or at the preset's; a preset without one leaves the mix as it is", () => {
  expect(aimedLoudness(-14, { loudnessLufs: -16 })).toBe(-16);
  expect(aimedLoudness(-14, { loudnessLufs: null })).toBe(-14);
  expect(aimedLoudness(-14, {})).toBe(-14);
  expect(aimedLoudness(null, { loudnessLufs: -16 })).toBe(null);
});
