import {
  type Asset,
  type EditInput,
  type MediaContent,
  playableFrames,
  type SimpleEditInput,
} from '#shared/model/index.ts';
import { compare, frameToSeconds, multiply, type Rate, type Rational, subtract, zero } from '#shared/units/index.ts';
import type { ClipItem } from './lanes.ts';
import { asEdit } from './placement.ts';

/** Where the new source begins: where the old one did, or so much earlier that the clip keeps its length. */
function sourceIn(content: MediaContent, lengthFrames: number, sourceLength: Rational | null, rate: Rate): Rational {
  if (sourceLength === null) return zero;
  const played = multiply(frameToSeconds(lengthFrames, rate), content.speed);
  const latest = subtract(sourceLength, played);
  if (compare(content.sourceInSeconds, latest) <= 0) return content.sourceInSeconds;
  return compare(latest, zero) > 0 ? latest : zero;
}

/**
 * Puts other media in the place of what clips play: they keep their place, length, speed and look, and begin as far into
 * the new source as into the old. A source too short for that is taken from earlier, and one too short altogether makes
 * the clip shorter. `sourceLength`: seconds of the new media, null for stills.
 */
export function replaceMediaEdit(
  items: readonly ClipItem[],
  asset: Pick<Asset, 'id' | 'kind'>,
  sourceLength: Rational | null,
  rate: Rate,
): EditInput | null {
  const edits = items.flatMap((item): SimpleEditInput[] => {
    const { clip, section, track } = item;
    const { content } = clip;
    if (!section.sequence || track.isLocked || content.kind !== 'media') return [];
    // Sound alone has no picture to show, and a still makes no sound.
    if (asset.kind === (item.lane.kind === 'visual' ? 'audio' : 'image')) return [];
    if ('field' in content.media) {
      const { field: key } = content.media;
      return [{ type: 'option.setValue', optionId: section.optionId, key, value: { assetId: asset.id } }];
    }
    const place = { sequenceId: section.sequence.id, clipId: clip.id };
    const next = {
      ...content,
      media: { assetId: asset.id },
      sourceInSeconds: sourceIn(content, clip.lengthFrames, sourceLength, rate),
    };
    const missing = clip.lengthFrames - Math.max(1, playableFrames(next, sourceLength, rate));
    return [
      { type: 'clip.set', ...place, patch: { content: next } },
      ...(missing > 0 ? [{ type: 'clip.trim' as const, ...place, edge: 'end' as const, deltaFrames: -missing }] : []),
    ];
  });
  return asEdit('Replace media', edits);
}
