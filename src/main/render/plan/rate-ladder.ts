import type { Preset, RateControl } from '#shared/contract/render.ts';

/** Steps of quality before the ceiling falls, too: each makes files about a fifth smaller. */
const crfSteps = [2, 4, 6, 8, 10, 12];
/** Ceilings of the picture for what is still too large then, bits/s. */
const ceilings = [4000, 2800, 2000, 1400, 1000, 700, 500, 350, 250, 175, 120].map((kilobits) => kilobits * 1000);
/** Every piece begins with a full buffer of its own: with a short one they add little to a low ceiling. */
const shortBufferSeconds = 0.4;
/** What a ceiling is lowered to where pieces, each within it, are too large together. */
const shares = [1, 0.9, 0.8, 0.7, 0.6];
/** x264 makes a picture about half as large for six steps of CRF. */
const crfPerHalving = 6;

/**
 * The encoder settings a rate control allows, best first. A size target walks down until the file fits; the steps are the
 * same for every file, so that variants share what they have in common at each of them.
 */
export function rateLadder(preset: Preset, rateControl: RateControl): Preset[] {
  switch (rateControl.mode) {
    case 'quality':
      return [preset];
    case 'bitrate':
      if (rateControl.maxBitrate >= preset.maxBitrate) return [preset];
      return shares.map((share) => ({
        ...preset,
        maxBitrate: Math.round(rateControl.maxBitrate * share),
        bufferSeconds: shortBufferSeconds,
      }));
    case 'size': {
      const softer = crfSteps.map((step) => ({ ...preset, crf: Math.min(40, preset.crf + step) }));
      const softest = softer.at(-1) ?? preset;
      const tighter = ceilings
        .filter((ceiling) => ceiling < preset.maxBitrate)
        .map((maxBitrate) => ({ ...softest, maxBitrate, bufferSeconds: shortBufferSeconds }));
      return [preset, ...softer, ...tighter];
    }
  }
}

/** What the buffers of pieces of about two seconds add to a ceiling. */
const bufferShare = shortBufferSeconds / 2;

/** What is known of a picture at one rung. */
export interface RungMeasure {
  rung: number;
  bytes: number;
  seconds: number;
}

/** How large the picture will about be at another rung. */
export function predictBytes(ladder: readonly Preset[], known: RungMeasure, rung: number): number {
  const from = ladder[known.rung];
  const to = ladder[rung];
  if (!from || !to) return known.bytes;
  const softer = known.bytes * 2 ** (-(to.crf - from.crf) / crfPerHalving);
  const ceiling = (to.maxBitrate / 8) * known.seconds * (1 + bufferShare);
  return Math.min(softer, ceiling);
}

/** The next rung to try when `known` is too large; null when there is none below. */
export function nextRung(ladder: readonly Preset[], known: RungMeasure, budgetBytes: number): number | null {
  const below = ladder.map((_, rung) => rung).filter((rung) => rung > known.rung);
  return below.find((rung) => predictBytes(ladder, known, rung) <= budgetBytes) ?? below.at(-1) ?? null;
}
