import { AppError } from '../errors/index.ts';
import {
  compare,
  type Frames,
  type Rate,
  type Rational,
  secondsToNearestFrames,
  subtract,
  zero,
} from '../units/index.ts';
import type { Asset } from './asset.ts';
import { type Clip, clipSchema } from './clip.ts';
import { newId } from './ids.ts';

/** Makes a fresh id with a prefix; tests pass their own. */
export type MakeId = <Id extends string>(prefix: string) => Id;

/** What recipes need to know of an asset; every `Asset` has it. */
export interface RecipeAsset extends Pick<Asset, 'id' | 'kind' | 'name'> {
  probe: Pick<Asset['probe'], 'durationSeconds'>;
}

/** A piece of media for a timeline. Left out: from its beginning, to its end (stills last `stillFrames`). */
export interface MediaItem {
  asset: RecipeAsset;
  inSeconds?: Rational | undefined;
  outSeconds?: Rational | undefined;
}

/** Frames that a number of seconds of a still takes in a project of this rate; at least one. */
export function stillFramesAt(rate: Rate, seconds: number): Frames {
  return Math.max(1, Math.round((seconds * rate.num) / rate.den));
}

/** Frames a piece of media takes on a timeline at normal speed; at least one. */
export function itemFrames(item: MediaItem, rate: Rate, stillFrames: Frames): Frames {
  const inSeconds = item.inSeconds ?? zero;
  const end = item.outSeconds ?? item.asset.probe.durationSeconds;
  if (end === null) return Math.max(1, stillFrames);
  return compare(end, inSeconds) <= 0 ? 1 : Math.max(1, secondsToNearestFrames(subtract(end, inSeconds), rate));
}

/** A clip that plays a piece of media from a frame on. Refuses (`edit-refused`) captions and documents. */
export function mediaClip(
  item: MediaItem & { startFrame: Frames; rate: Rate; stillFrames: Frames; ids?: MakeId },
): Clip {
  const { asset, startFrame, rate, stillFrames, ids = newId } = item;
  if (asset.kind === 'caption' || asset.kind === 'document') {
    throw new AppError(
      'edit-refused',
      `“${asset.name}” has neither picture nor sound, so it cannot be put on a timeline.`,
    );
  }
  return clipSchema.parse({
    id: ids('clip'),
    name: asset.name.slice(0, 200),
    startFrame,
    lengthFrames: itemFrames(item, rate, stillFrames),
    content: { kind: 'media', media: { assetId: asset.id }, sourceInSeconds: item.inSeconds ?? zero },
  });
}

/** Clips of several pieces of media, one after another from a frame on. */
export function clipsInARow(
  items: readonly MediaItem[],
  fromFrame: Frames,
  rate: Rate,
  stillFrames: Frames,
  ids: MakeId = newId,
): Clip[] {
  let startFrame = fromFrame;
  return items.map((item) => {
    const clip = mediaClip({ ...item, startFrame, rate, stillFrames, ids });
    startFrame += clip.lengthFrames;
    return clip;
  });
}
