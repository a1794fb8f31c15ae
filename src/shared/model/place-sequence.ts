import { AppError, assertNever } from '../errors/index.ts';
import type { Frames } from '../units/index.ts';
import type { Clip, ClipContent, FieldValues, TextStyle } from './clip.ts';
import type { SlotId } from './ids.ts';
import type { MovingLayout } from './layout-at.ts';
import {
  clipToWindow,
  nestFades,
  nestLayout,
  type Outer,
  type PlacedClip,
  type PlacedContent,
  type Window,
} from './placed.ts';
import { mixOfClip, mixOfTrack } from './placed-mix.ts';
import type { Project, Sequence, Track } from './project.ts';

/** How deep sequences may lie in each other; a last guard, sound projects stay below it. */
export const maxNesting = 8;

/** Length of a sequence in frames: fixed, or to the end of its last clip; 0 when empty. */
export function sequenceLength(sequence: Sequence): Frames {
  if (sequence.lengthFrames !== null) return sequence.lengthFrames;
  return sequence.tracks.reduce(
    (length, track) => track.clips.reduce((end, clip) => Math.max(end, clip.startFrame + clip.lengthFrames), length),
    0,
  );
}

/** Fills `{{fields}}` in text; an unknown field becomes empty. */
export function fillFields(text: string, values: FieldValues): string {
  return text.replaceAll(/\{\{\s*([A-Za-z][A-Za-z0-9_]{0,39})\s*\}\}/g, (_, key: string) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    return value && 'text' in value ? value.text : '';
  });
}

/** A sequence's defaults overlaid with an option's values. */
export function effectiveValues(sequence: Sequence, values: FieldValues): FieldValues {
  const all: FieldValues = {};
  for (const field of sequence.fields) if (field.default) all[field.key] = field.default;
  return { ...all, ...values };
}

/** What placing works on. */
export interface Placing {
  project: Project;
  captionStyle: TextStyle | null;
  slotId: SlotId | null;
  out: PlacedClip[];
}

/** A clip on the ad's clock, before its content is known. */
export type Leaf = Pick<
  PlacedClip,
  | 'clipId'
  | 'instance'
  | 'startFrame'
  | 'lengthFrames'
  | 'audio'
  | 'mix'
  | 'hasPicture'
  | 'hasSound'
  | keyof MovingLayout
>;

/** The surroundings of a clip: what may be filled, with which values, inside of what, how deep. */
export interface Context {
  values: FieldValues;
  window: Window;
  /** Innermost first. */
  outers: readonly Outer[];
}

function placeLeaf(placing: Placing, leaf: Leaf, content: PlacedContent, context: Context): void {
  const whole = { ...leaf, slotId: placing.slotId, content, cutStartFrames: 0, cutEndFrames: 0 };
  const placed = clipToWindow(whole, context.window, placing.project.rate);
  if (!placed || !(placed.hasPicture || placed.hasSound)) return;
  placing.out.push(context.outers.reduce<PlacedClip>((clip, outer) => nestFades(outer, clip), placed));
}

/** The sequence that a nested clip plays; null when the project does not have it. */
export function nestedSequence(project: Project, content: ClipContent): Sequence | null {
  if (content.kind === 'sequence')
    return project.sequences.find((sequence) => sequence.id === content.sequenceId) ?? null;
  if (content.kind !== 'composition') return null;
  const pin = project.compositions.find(
    (candidate) => candidate.compositionId === content.compositionId && candidate.version === content.version,
  );
  return pin?.sequence ?? null;
}

/** A nested clip's values may themselves use the outer fields. */
function fillNested(inner: FieldValues, outer: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(inner).map(([key, value]) => [
      key,
      'text' in value ? { text: fillFields(value.text, outer) } : value,
    ]),
  ) as FieldValues;
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
  placeSequence(placing, inner, origin, leaf.instance, { values, window, outers: [leaf, ...context.outers] });
}

/** Places one clip's content: a leaf as it is, a nested sequence clip by clip. */
export function placeContent(placing: Placing, leaf: Leaf, content: ClipContent, context: Context): void {
  switch (content.kind) {
    case 'media': {
      const { media, sourceInSeconds, speed } = content;
      const value =
        'field' in media
          ? Object.hasOwn(context.values, media.field)
            ? context.values[media.field]
            : undefined
          : media;
      if (!value || !('assetId' in value)) return;
      placeLeaf(placing, leaf, { kind: 'media', assetId: value.assetId, sourceInSeconds, speed }, context);
      return;
    }
    case 'text': {
      const style = content.role === 'caption' && placing.captionStyle ? placing.captionStyle : content.style;
      const filled = fillFields(content.text, context.values);
      const text = style.isUppercase ? filled.toUpperCase() : filled;
      if (text.trim() !== '') placeLeaf(placing, { ...leaf, hasSound: false }, { kind: 'text', text, style }, context);
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

function leafOf(
  clip: Clip,
  { track, isTrackHeard }: { track: Track; isTrackHeard: boolean },
  originFrame: Frames,
  instance: string,
  outer: Outer | undefined,
): Leaf {
  const startFrame = originFrame + clip.startFrame;
  const { layout, overrides, animation } = clip;
  const own = { layout, overrides, animation, originFrame: startFrame };
  return {
    clipId: clip.id,
    instance: `${instance}/${clip.id}`,
    startFrame,
    lengthFrames: clip.lengthFrames,
    ...(outer ? nestLayout(outer, own) : { ...own, movers: [] }),
    audio: { ...clip.audio, gainDb: clip.audio.gainDb + track.gainDb + (outer?.audio.gainDb ?? 0) },
    mix: mixOfClip(mixOfTrack(outer?.mix, track), clip.audio, startFrame),
    hasPicture: track.kind === 'visual' && !track.isHidden && (outer?.hasPicture ?? true),
    hasSound: isTrackHeard && !clip.audio.isMuted && (outer?.hasSound ?? true),
  };
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
    for (const clip of track.clips) {
      const leaf = leafOf(clip, { track, isTrackHeard }, originFrame, instance, context.outers[0]);
      placeContent(placing, leaf, clip.content, { ...context, window });
    }
  }
}
