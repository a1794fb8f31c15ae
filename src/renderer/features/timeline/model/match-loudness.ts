import type { SoundStretch } from '#shared/contract/index.ts';
import type { EditInput, SimpleEditInput } from '#shared/model/index.ts';
import type { ClipItem } from './lanes.ts';
import { asEdit } from './placement.ts';
import { assetOf } from './trim.ts';

/** The stretch of sound that a clip plays; null for one that plays none of its own. */
export function stretchOf(item: ClipItem): SoundStretch | null {
  const { content, startFrame, lengthFrames } = item.clip;
  const assetId = assetOf(item);
  if (content.kind !== 'media' || assetId === null) return null;
  const { sourceInSeconds, speed } = content;
  return { assetId, sourceInSeconds, speed, startFrame, lengthFrames };
}

/**
 * Gains that bring clips to one loudness: the mean of what they have now, so that the whole stays as loud as it is beside
 * the music. `lufs`: of each clip before its gain; clips without (silence) stay. Null when there are not two to match.
 */
export function matchLoudnessEdit(items: readonly ClipItem[], lufs: readonly (number | null)[]): EditInput | null {
  const measured = items.flatMap((item, n) => {
    const own = lufs[n] ?? null;
    return own === null ? [] : [{ item, own }];
  });
  if (measured.length < 2) return null;
  const now = measured.map(({ item, own }) => own + item.clip.audio.gainDb);
  const target = now.reduce((sum, value) => sum + value, 0) / now.length;
  const edits = measured.flatMap(({ item, own }): SimpleEditInput[] => {
    const { sequence } = item.section;
    const gainDb = Math.round(Math.min(24, Math.max(-96, target - own)) * 10) / 10;
    if (!sequence || item.track.isLocked || gainDb === item.clip.audio.gainDb) return [];
    return [{ type: 'clip.set', sequenceId: sequence.id, clipId: item.clip.id, patch: { audio: { gainDb } } }];
  });
  return asEdit('Match loudness', edits);
}
