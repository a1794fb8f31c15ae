import { AppError, assertNever } from '../errors/index.ts';
import type { Frames } from '../units/index.ts';
import { type Clip, type ClipContent, clipAudioSchema, type Layout, layoutSchema } from './clip.ts';
import type { ClipId } from './ids.ts';
import { withSoundIn } from './overhang.ts';
import { type Context, crossingOf, type Leaf, leafOf, movedContent, type Placing } from './place-leaf.ts';
import {
  clipToWindow,
  nestFades,
  type PlacedClip,
  type PlacedContent,
  type SoundCrossing,
  type Window,
} from './placed.ts';
import { plainMix } from './placed-mix.ts';
import type { Sequence } from './project.ts';
import {
  effectiveValues,
  fillFields,
  fillNested,
  maxNesting,
  nestedSequence,
  roomInside,
  sequenceLength,
} from './sequence-content.ts';
import { blendOf, type TrackCut, trackCuts } from './track-cuts.ts';
import type { Transition, TransitionSpan } from './transition.ts';

function placeLeaf(placing: Placing, leaf: Leaf, content: PlacedContent, context: Context): void {
  const { blends: own, overrun = context.overrun, part: _, ...clip } = leaf;
  const blends = [...(own ?? []), ...(context.blends ?? [])];
  const whole: PlacedClip = {
    ...{ ...clip, slotId: placing.slotId, content, cutStartFrames: 0, cutEndFrames: 0 },
    ...(blends.length > 0 ? { blends } : {}),
    ...(overrun ? { overrun, hasSound: false } : {}),
  };
  const placed = clipToWindow(whole, context.window, placing.project.rate);
  if (!placed || !(placed.hasPicture || placed.hasSound)) return;
  placing.out.push(context.outers.reduce<PlacedClip>((clip, outer) => nestFades(outer, clip), placed));
}

function placeNested(
  placing: Placing,
  leaf: Leaf,
  content: Extract<ClipContent, { kind: 'sequence' | 'composition' }>,
  context: Context,
): void {
  const inner = nestedSequence(placing.project, content);
  if (!inner || context.outers.length > maxNesting) {
    throw new AppError(
      'edit-refused',
      inner
        ? 'A sequence contains itself, or sequences lie in each other too deep. Remove the inner copy.'
        : 'A clip refers to a sequence that is not in the project. Remove the clip or restore the sequence.',
      { details: { clipId: leaf.clipId } },
    );
  }
  const window = {
    startFrame: Math.max(context.window.startFrame, leaf.startFrame),
    endFrame: Math.min(context.window.endFrame, leaf.startFrame + leaf.lengthFrames),
  };
  const values = effectiveValues(inner, fillNested(content.values, context.values));
  const origin = leaf.startFrame - content.inFrame;
  const overrun = leaf.overrun ?? context.overrun;
  const blends = [...(leaf.blends ?? []), ...(context.blends ?? [])];
  const around = { values, window, blends, overrun, outers: [leaf, ...context.outers] };
  if (overrun) placeBeyond(placing, inner, origin, leaf.instance, { ...around, overrun: 'before' });
  placeSequence(placing, inner, origin, leaf.instance, around);
  if (overrun) placeBeyond(placing, inner, origin, leaf.instance, { ...around, overrun: 'after' });
}

/** Places one clip's content: a leaf as it is, a nested sequence clip by clip. */
export function placeContent(placing: Placing, leaf: Leaf, content: ClipContent, context: Context): void {
  switch (content.kind) {
    case 'media': {
      const { media, sourceInSeconds, speed, isFrozen } = content;
      const value =
        'field' in media
          ? Object.hasOwn(context.values, media.field)
            ? context.values[media.field]
            : undefined
          : media;
      if (!value || !('assetId' in value)) return;
      const shown = { kind: 'media' as const, assetId: value.assetId, sourceInSeconds, speed };
      if (isFrozen) placeLeaf(placing, { ...leaf, hasSound: false }, { ...shown, isFrozen }, context);
      else placeLeaf(placing, leaf, shown, context);
      return;
    }
    case 'text': {
      const style = content.role === 'caption' && placing.captionStyle ? placing.captionStyle : content.style;
      const filled = fillFields(content.text, context.values);
      const text = style.isUppercase ? filled.toUpperCase() : filled;
      if (text.trim() === '') return;
      const part = leaf.part ?? { elapsedFrames: 0, wholeFrames: leaf.lengthFrames };
      const timed = { words: content.words, ...part };
      placeLeaf(placing, { ...leaf, hasSound: false }, { kind: 'text', text, style, ...timed }, context);
      return;
    }
    case 'colour':
      placeLeaf(placing, { ...leaf, hasSound: false }, { kind: 'colour', colour: content.colour }, context);
      return;
    case 'sequence':
    case 'composition':
      placeNested(placing, leaf, content, context);
      return;
    default:
      assertNever(content);
  }
}

/** A clip's picture on frames around its own, counted from its first: its source goes on there. */
function placeHandle(
  placing: Placing,
  { leaf, content }: { leaf: Leaf; content: ClipContent },
  overrun: 'before' | 'after',
  [fromFrame, toFrame]: readonly [Frames, Frames],
  context: Context,
): void {
  if (toFrame <= fromFrame || !leaf.hasPicture) return;
  const handle: Leaf = {
    ...leaf,
    instance: `${leaf.instance}~${overrun}`,
    startFrame: leaf.startFrame + fromFrame,
    lengthFrames: toFrame - fromFrame,
    overrun,
    hasSound: false,
    part: { elapsedFrames: fromFrame, wholeFrames: leaf.lengthFrames },
  };
  placeContent(placing, handle, movedContent(content, fromFrame, placing.project.rate), context);
}

const plainLayout: Layout = layoutSchema.parse({});
const silent = clipAudioSchema.parse({});

/** The colour of a dip, over what both sides show. */
function placeVeil(
  placing: Placing,
  transition: Transition,
  span: TransitionSpan,
  around: Leaf,
  context: Context,
): void {
  if (transition.kind !== 'dip') return;
  const veil: Leaf = {
    ...around,
    ...{ layout: plainLayout, overrides: {}, animation: {}, movers: [] },
    instance: `${around.instance}~dip`,
    startFrame: span.startFrame,
    lengthFrames: span.endFrame - span.startFrame,
    blends: [blendOf(transition, span, 'veil')],
    overrun: 'before',
  };
  placeContent(placing, veil, { kind: 'colour', colour: transition.colour }, context);
}

/** The colour of a dip between two sections. */
export function placeSeamVeil(placing: Placing, transition: Transition, span: TransitionSpan, instance: string): void {
  const around: Leaf = {
    ...{ layout: plainLayout, overrides: {}, animation: {}, movers: [], originFrame: span.startFrame },
    clipId: 'seam' as ClipId,
    instance,
    ...{
      startFrame: span.startFrame,
      lengthFrames: 1,
      audio: silent,
      mix: plainMix(),
      hasPicture: true,
      hasSound: false,
    },
  };
  placeVeil(placing, transition, span, around, { values: {}, window: span, outers: [] });
}

/** A clip's sound alone, in the frames of its own and of the transitions over which it comes in or goes. */
function placeCrossedSound(
  placing: Placing,
  { leaf, content }: { leaf: Leaf; content: ClipContent },
  crossings: readonly SoundCrossing[],
  context: Context,
): void {
  const { rate } = placing.project;
  const own: Window = { startFrame: leaf.startFrame, endFrame: leaf.startFrame + leaf.lengthFrames };
  const [coming, leaving] = (['in', 'out'] as const).map((way) => crossings.find((one) => one.way === way));
  const heard = {
    startFrame: Math.max(context.window.startFrame, coming?.startFrame ?? own.startFrame),
    endFrame: Math.min(context.window.endFrame, leaving?.endFrame ?? own.endFrame),
  };
  const room = roomInside(placing.project, content, leaf.lengthFrames);
  const before = Math.min(room.before, own.startFrame - heard.startFrame);
  const after = Math.min(room.after, heard.endFrame - own.endFrame);
  const section = { startFrame: own.startFrame - before, endFrame: own.endFrame + after };
  const audio = {
    ...leaf.audio,
    ...(coming ? { fadeInFrames: 0 } : {}),
    ...(leaving ? { fadeOutFrames: 0 } : {}),
  };
  const sound: Leaf = {
    ...{ ...leaf, audio, hasPicture: false, instance: `${leaf.instance}~sound` },
    startFrame: section.startFrame,
    lengthFrames: section.endFrame - section.startFrame,
  };
  const alone: Placing = { ...placing, out: [] };
  placeContent(alone, sound, movedContent(content, -before, rate), context);
  placing.out.push(...withSoundIn(alone.out, section, heard, rate, crossings));
}

/** Places a clip with the transitions at its ends: what it shows beyond them comes right before and after it. */
function placeWithHandles(
  placing: Placing,
  clip: Clip,
  leaf: Leaf,
  { coming, leaving }: { coming: TrackCut | undefined; leaving: TrackCut | undefined },
  context: Context,
): void {
  const origin = leaf.startFrame - clip.startFrame;
  const blends = [
    ...(coming ? [blendOf(coming.transition, coming, 'to', origin)] : []),
    ...(leaving ? [blendOf(leaving.transition, leaving, 'from', origin)] : []),
  ];
  const crossings = [
    ...(coming ? crossingOf(coming, 'in', origin) : []),
    ...(leaving ? crossingOf(leaving, 'out', origin) : []),
  ];
  const crosses = leaf.hasSound && crossings.length > 0;
  const whole = { leaf: { ...leaf, blends, hasSound: leaf.hasSound && !crosses }, content: clip.content };
  const before = coming ? clip.startFrame - coming.startFrame : 0;
  const after = leaving ? leaving.endFrame - clip.startFrame : 0;
  placeHandle(placing, whole, 'before', [-before, 0], context);
  placeContent(placing, whole.leaf, clip.content, context);
  placeHandle(placing, whole, 'after', [clip.lengthFrames, after], context);
  if (crosses) placeCrossedSound(placing, { leaf, content: clip.content }, crossings, context);
  if (!coming) return;
  const span = { startFrame: origin + coming.startFrame, endFrame: origin + coming.endFrame };
  placeVeil(placing, coming.transition, span, leaf, context);
}

/**
 * Places what a sequence that begins at `originFrame` shows before its first or behind its last frame: clips that touch
 * that end go on there, in the frames of the window.
 */
export function placeBeyond(
  placing: Placing,
  sequence: Sequence,
  originFrame: Frames,
  instance: string,
  context: Context & { overrun: 'before' | 'after' },
): void {
  const { overrun, window, outers } = context;
  const length = sequenceLength(sequence);
  const touches = ({ startFrame, lengthFrames }: Clip) =>
    overrun === 'before' ? startFrame === 0 : startFrame < length && startFrame + lengthFrames >= length;
  for (const track of sequence.tracks) {
    const clip = track.kind === 'visual' ? track.clips.find(touches) : undefined;
    if (!clip) continue;
    const leaf = leafOf(clip, { track, isTrackHeard: false }, originFrame, instance, outers[0]);
    const range =
      overrun === 'before'
        ? ([window.startFrame - originFrame, 0] as const)
        : ([length - clip.startFrame, window.endFrame - leaf.startFrame] as const);
    placeHandle(placing, { leaf, content: clip.content }, overrun, range, context);
  }
}

/** Places every clip of a sequence that begins at `originFrame` of the ad. */
export function placeSequence(
  placing: Placing,
  sequence: Sequence,
  originFrame: Frames,
  instance: string,
  context: Context,
): void {
  const window = {
    startFrame: Math.max(context.window.startFrame, originFrame),
    endFrame: Math.min(context.window.endFrame, originFrame + sequenceLength(sequence)),
  };
  const hasSolo = sequence.tracks.some((track) => track.isSolo);
  for (const track of sequence.tracks) {
    const isTrackHeard = !track.isMuted && (track.isSolo || !hasSolo);
    const cuts = trackCuts(track);
    const comings = new Map(cuts.map((cut) => [cut.to, cut]));
    const leavings = new Map(cuts.map((cut) => [cut.from, cut]));
    for (const clip of track.clips) {
      const leaf = leafOf(clip, { track, isTrackHeard }, originFrame, instance, context.outers[0]);
      const coming = comings.get(clip);
      const leaving = leavings.get(clip);
      const here = { ...context, window };
      if (coming || leaving) placeWithHandles(placing, clip, leaf, { coming, leaving }, here);
      else placeContent(placing, leaf, clip.content, here);
    }
  }
}
