import {
  type AssetId,
  frozenFrames,
  type PlacedClip,
  type SourceLengths,
  silentFrames,
  type Timeline,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { SeamItem, TransitionItem } from './transition-items.ts';

/** What notes on missing footage are worked out from. */
export interface Footage {
  timeline: Timeline;
  lengths: SourceLengths;
  nameOf: (assetId: AssetId) => string | undefined;
  /** Clips of the timeline that play beyond their ends in transitions. */
  overruns: readonly PlacedClip[];
}

/** The footage of an editor's model. */
export function footageOf(model: {
  timeline: Timeline;
  lengths: SourceLengths;
  assets: ReadonlyMap<AssetId, { name: string }>;
}): Footage {
  const { timeline, lengths, assets } = model;
  const overruns = timeline.clips.filter(({ overrun }) => overrun !== undefined);
  return { timeline, lengths, overruns, nameOf: (assetId) => assets.get(assetId)?.name };
}

const framesText = (frames: Frames) => (frames === 1 ? '1 frame' : `${frames} frames`);

function heldNotes({ timeline, lengths, nameOf }: Footage, clips: readonly PlacedClip[]): string[] {
  const notes = clips.flatMap((clip) => {
    const frames = frozenFrames(clip, lengths, timeline.rate);
    if (frames === 0 || clip.content.kind !== 'media') return [];
    const [side, frame] = clip.overrun === 'after' ? ['after', 'last'] : ['before', 'first'];
    const name = nameOf(clip.content.assetId);
    const of = name === undefined ? '' : ` of “${name}”`;
    return [`There is no more footage ${side} this cut: the ${frame} frame${of} is held for ${framesText(frames)}.`];
  });
  return [...new Set(notes)];
}

/** Where the clips of a transition have no footage for it, in words. */
export function transitionNotes({ section, from, to }: TransitionItem, footage: Footage): string[] {
  return heldNotes(
    footage,
    // The timeline of a single option has clips without a slot.
    footage.overruns.filter(
      ({ instance, slotId }) =>
        (slotId === null || slotId === section.slotId) &&
        (instance.includes(`/${from.id}~after`) || instance.includes(`/${to.id}~before`)),
    ),
  );
}

/** Where two parts have no footage for the transition between them, or no sound that goes on beyond it, in words. */
export function seamNotes({ before, after, seam, entrance, cutFrame }: SeamItem, footage: Footage): string[] {
  const { timeline, lengths, overruns } = footage;
  const span = entrance?.span;
  const held = span
    ? overruns.filter(
        ({ startFrame, lengthFrames, slotId, overrun }) =>
          (overrun === 'after' ? slotId === before.slotId : slotId === after.slotId) &&
          startFrame >= span.startFrame &&
          startFrame + lengthFrames <= span.endFrame,
      )
    : [];
  const wanted = seam?.audioOverhangFrames ?? 0;
  const overhangFrames = Math.max(-before.lengthFrames, Math.min(after.lengthFrames, wanted));
  const cut = { beforeSlotId: before.slotId, afterSlotId: after.slotId, cutFrame, overhangFrames };
  const silent = silentFrames(timeline.clips, cut, lengths, timeline.rate);
  const side = overhangFrames > 0 ? 'after' : 'before';
  return [
    ...heldNotes(footage, held),
    ...(silent > 0 ? [`There is no more sound ${side} this cut: ${framesText(silent)} of it are silent.`] : []),
  ];
}
