import type { Preset } from '#shared/contract/render.ts';
import { activeDucking, aimedLoudness, type Ratio, type Timeline } from '#shared/model/index.ts';
import { hashOf } from './fingerprint.ts';
import { renderVersion } from './version.ts';

/** The same value with its keys in order, so that equal contents are equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/**
 * What an output shows and sounds, apart from the machine that makes it: tells whether a variant has changed since its
 * release. By exclusion: everything of the timeline counts but names and ids of clips, and layouts of other ratios.
 */
export function planFingerprint(timeline: Timeline, ratio: Ratio, preset: Preset): string {
  const ducking = activeDucking(timeline);
  const clips = timeline.clips.map(({ clipId: _, instance: __, slotId: ___, overrides, mix, ...rest }) => ({
    ...rest,
    mix: { ...mix, bus: null, role: ducking ? mix.role : null },
    override: overrides[ratio] ?? null,
  }));
  const { name: _, note: __, ...plain } = preset;
  const settings = { ...plain, loudnessLufs: aimedLoudness(preset.loudnessLufs, timeline) };
  const { rate, lengthFrames } = timeline;
  return hashOf(sorted(['plan', renderVersion, rate, lengthFrames, clips, ducking, ratio, settings]));
}
