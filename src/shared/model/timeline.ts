import { AppError } from '../errors/index.ts';
import {
  add,
  compare,
  divide,
  type Frames,
  frameToSeconds,
  multiply,
  one,
  type Rate,
  type Rational,
  round,
  subtract,
  zero,
} from '../units/index.ts';
import type { FieldValues, TextStyle } from './clip.ts';
import type { Ducking } from './ducking.ts';
import type { AssetId } from './ids.ts';
import { withSoundIn } from './overhang.ts';
import type { Leaf, Placing } from './place-leaf.ts';
import { placeBeyond, placeContent, placeSeamVeil, placeSequence } from './place-sequence.ts';
import type { Outer, PlacedClip, Section, SoundCrossing } from './placed.ts';
import { mixOfClip, mixPanned, plainMix, roleOfGlobal } from './placed-mix.ts';
import type { Anchor, AnchoredClip, GlobalSlot, Option, Project, Sequence } from './project.ts';
import { crossingsOf, type Entrance, entrancesOf, overhangsOf, type PlayedSection } from './seams.ts';
import { effectiveValues, nestedSequence, sequenceLength } from './sequence-content.ts';
import { blendOf } from './track-cuts.ts';
import { chosenOption, completeVariant, type Variant } from './variant.ts';

export {
  type PlacedClip,
  type PlacedContent,
  type PlacedMix,
  type Section,
  type SoundCrossing,
  type SoundRole,
  soundRoles,
} from './placed.ts';
export { plainMix, roleOfGlobal, roleOfTrack } from './placed-mix.ts';
export { effectiveValues, fillFields, sequenceLength } from './sequence-content.ts';

/** One variant, flat: what is on screen and to be heard when. */
export interface Timeline {
  rate: Rate;
  lengthFrames: Frames;
  sections: Section[];
  /** Bottom to top, then by start. */
  clips: PlacedClip[];
  /** How music gives way to voices; absent = not at all. */
  ducking?: Ducking;
  /** What exports are brought to, LUFS; absent = what their preset says. */
  loudnessLufs?: number;
}

/** What a project says of the sound of all of it. */
function soundOf({ ducking, loudnessLufs }: Project): Pick<Timeline, 'ducking' | 'loudnessLufs'> {
  return { ducking, ...(loudnessLufs === null ? {} : { loudnessLufs }) };
}

/** Lengths of sources, for loops and for clips that last "to the end of the source". */
export type SourceLengths = (assetId: AssetId) => Rational | null;

/** Where a timed slot plays; a slot whose option is `none`, or that has none, begins and ends at one moment. */
export type SlotSpan = Pick<Section, 'slotId' | 'startFrame' | 'lengthFrames'>;

/** Most turns of a loop: a sound of a few samples would otherwise fill the ad with thousands of clips. */
const maxTurns = 5000;

/** The frame an anchor stands for in a variant with these sections. An unknown slot counts as the ad. */
export function resolveAnchor(anchor: Anchor, spans: readonly SlotSpan[], lengthFrames: Frames): Frames {
  const span = anchor.to === 'ad' ? undefined : spans.find((candidate) => candidate.slotId === anchor.to);
  const start = span ? span.startFrame : 0;
  const end = span ? span.startFrame + span.lengthFrames : lengthFrames;
  return (anchor.edge === 'start' ? start : end) + anchor.offsetFrames;
}

/** Frames a media clip can play before its source ends; Infinity for stills, freeze frames and unknown lengths. */
export function playableFrames(
  content: { sourceInSeconds: Rational; speed: Rational; isFrozen?: boolean | undefined },
  sourceLength: Rational | null,
  rate: Rate,
): Frames {
  if (sourceLength === null || content.isFrozen) return Number.POSITIVE_INFINITY;
  const left = divide(subtract(sourceLength, content.sourceInSeconds), content.speed);
  return compare(left, zero) <= 0 ? 0 : round(multiply(left, rate));
}

interface Ad {
  spans: readonly SlotSpan[];
  lengthFrames: Frames;
  lengths: SourceLengths;
}

function playableOf(project: Project, { content }: AnchoredClip, lengths: SourceLengths): Frames {
  if (content.kind === 'media')
    return 'assetId' in content.media
      ? playableFrames(content, lengths(content.media.assetId), project.rate)
      : Number.POSITIVE_INFINITY;
  const inner = nestedSequence(project, content);
  return inner && 'inFrame' in content
    ? Math.max(0, sequenceLength(inner) - content.inFrame)
    : Number.POSITIVE_INFINITY;
}

/** Where an anchored clip begins and ends in this ad, and how long one turn of it plays. */
function spanOf(clip: AnchoredClip, playable: Frames, ad: Ad): { start: Frames; end: Frames } {
  const start = resolveAnchor(clip.start, ad.spans, ad.lengthFrames);
  if (clip.end) return { start, end: Math.min(resolveAnchor(clip.end, ad.spans, ad.lengthFrames), ad.lengthFrames) };
  const length = clip.lengthFrames ?? (clip.isLooping ? Number.POSITIVE_INFINITY : playable);
  return { start, end: Math.min(start + length, ad.lengthFrames) };
}

function placeAnchored(placing: Placing, clip: AnchoredClip, slot: GlobalSlot, ad: Ad): void {
  const playable = playableOf(placing.project, clip, ad.lengths);
  const { start, end: wantedEnd } = spanOf(clip, playable, ad);
  const isLooping = clip.isLooping && Number.isFinite(playable) && playable > 0;
  const hasPicture = slot.kind === 'logo';
  // Mere sound ends with its source, so that its fade-out is heard; a picture stays.
  const end = isLooping || hasPicture ? wantedEnd : Math.min(wantedEnd, start + playable);
  if (end <= Math.max(0, start)) return;
  const step = isLooping ? playable : end - start;
  // Fades and volume curves belong to the whole place, not to each turn of a loop.
  const mix = mixOfClip(mixPanned(plainMix(roleOfGlobal(slot.kind), slot.id), slot.pan), clip.audio, start);
  const { layout, overrides, animation } = clip;
  const moving = { layout, overrides, animation, originFrame: start, movers: [] };
  const place: Outer = {
    ...clip,
    ...moving,
    startFrame: start,
    lengthFrames: end - start,
    mix,
    hasPicture,
    hasSound: true,
  };
  const gainDb = clip.audio.gainDb + slot.gainDb;
  const firstTurn = Math.max(0, Math.floor(-start / step));
  for (let turn = firstTurn; turn < firstTurn + maxTurns && start + turn * step < end; turn += 1) {
    const from = start + turn * step;
    const leaf: Leaf = {
      clipId: clip.id,
      instance: `${slot.id}/${clip.id}#${turn}`,
      startFrame: from,
      lengthFrames: Math.min(step, end - from),
      ...moving,
      audio: { ...clip.audio, gainDb, fadeInFrames: 0, fadeOutFrames: 0 },
      mix,
      hasPicture,
      hasSound: !clip.audio.isMuted,
    };
    const window = { startFrame: 0, endFrame: end };
    placeContent(placing, leaf, clip.content, { values: {}, window, outers: [place] });
  }
}

function captionStyleOf(project: Project, variant: Variant): TextStyle | null {
  for (const slot of project.globals) {
    const content = chosenOption(slot, variant)?.content;
    if (content?.kind === 'caption-style') return content.style;
  }
  return null;
}

function sequenceOf(project: Project, option: Option): { sequence: Sequence; values: FieldValues } | null {
  const { content } = option;
  if (content.kind === 'none') return null;
  const sequence = project.sequences.find((candidate) => candidate.id === content.sequenceId);
  if (sequence) return { sequence, values: effectiveValues(sequence, content.values) };
  throw new AppError(
    'edit-refused',
    `“${option.name}” refers to a sequence that is not in the project. Remove the option or restore the sequence.`,
  );
}

/** What one timed slot plays in a variant. */
interface Played extends PlayedSection {
  sequence: Sequence | null;
  values: FieldValues;
}

function playedSections(project: Project, variant: Variant): Played[] {
  let startFrame = 0;
  return project.slots.map((slot) => {
    const option = chosenOption(slot, variant);
    const played = option ? sequenceOf(project, option) : null;
    const lengthFrames = played ? sequenceLength(played.sequence) : 0;
    const section = { slotId: slot.id, optionId: option?.id ?? null, startFrame, lengthFrames };
    startFrame += lengthFrames;
    return { ...section, sequence: played?.sequence ?? null, values: played?.values ?? {} };
  });
}

/** Places an option with the transitions from the section before and into the next one. */
function placeSection(placing: Placing, played: Played, coming: Entrance | null, leaving: Entrance | null): void {
  const { sequence, values, optionId, slotId, startFrame, lengthFrames } = played;
  if (!sequence || !optionId) return;
  placing.slotId = slotId;
  const blends = [
    ...(coming ? [blendOf(coming.transition, coming.span, 'to')] : []),
    ...(leaving ? [blendOf(leaving.transition, leaving.span, 'from')] : []),
  ];
  const endFrame = startFrame + lengthFrames;
  const context = { values, blends, window: { startFrame, endFrame }, outers: [] };
  if (coming) {
    const window = { startFrame: coming.span.startFrame, endFrame: startFrame };
    placeBeyond(placing, sequence, startFrame, optionId, { ...context, window, overrun: 'before' });
  }
  placeSequence(placing, sequence, startFrame, optionId, context);
  if (leaving) {
    const window = { startFrame: endFrame, endFrame: leaving.span.endFrame };
    placeBeyond(placing, sequence, startFrame, optionId, { ...context, window, overrun: 'after' });
  }
  if (coming) placeSeamVeil(placing, coming.transition, coming.span, optionId);
}

/**
 * Flattens one variant: options one after another with the transitions between them, global slots over them, fields
 * filled in, nested sequences unfolded. Throws AppError `edit-refused` when a sequence is missing or contains itself.
 */
export function flattenVariant(project: Project, variant: Variant, lengths: SourceLengths): Timeline {
  const placing: Placing = { project, captionStyle: captionStyleOf(project, variant), slotId: null, out: [] };
  const played = playedSections(project, variant);
  const lengthFrames = played.reduce((sum, section) => sum + section.lengthFrames, 0);
  const entrances = entrancesOf(project, played);
  const overhangs = overhangsOf(project, played);
  const crossings = crossingsOf(played, entrances, overhangs);
  for (const [at, section] of played.entries()) {
    const own: Placing = { ...placing, out: [] };
    placeSection(own, section, entrances[at] ?? null, entrances[at + 1] ?? null);
    const window = { startFrame: section.startFrame, endFrame: section.startFrame + section.lengthFrames };
    const [coming, leaving] = [crossings[at], crossings[at + 1]];
    const heard = {
      startFrame: coming?.startFrame ?? window.startFrame + (overhangs[at] ?? 0),
      endFrame: leaving?.endFrame ?? window.endFrame + (overhangs[at + 1] ?? 0),
    };
    const crossed: SoundCrossing[] = [
      ...(coming ? [{ ...coming, way: 'in' as const }] : []),
      ...(leaving ? [{ ...leaving, way: 'out' as const }] : []),
    ];
    placing.out.push(...withSoundIn(own.out, window, heard, project.rate, crossed));
  }
  placing.slotId = null;
  for (const slot of project.globals) {
    const content = chosenOption(slot, variant)?.content;
    if (content?.kind !== 'clips') continue;
    for (const clip of content.clips) placeAnchored(placing, clip, slot, { spans: played, lengthFrames, lengths });
  }
  const sections = played.flatMap(({ slotId, optionId, startFrame, lengthFrames: length }, at): Section[] => {
    const entrance = entrances[at]?.span;
    return optionId === null
      ? []
      : [{ slotId, optionId, startFrame, lengthFrames: length, ...(entrance ? { entrance } : {}) }];
  });
  return { rate: project.rate, lengthFrames, sections, clips: placing.out, ...soundOf(project) };
}

/** Flattens a single sequence with field values: the preview of one option. Captions look as the first style has it. */
export function flattenSequence(project: Project, sequence: Sequence, values: FieldValues): Timeline {
  const captionStyle = captionStyleOf(project, completeVariant(project, {}) ?? {});
  const placing: Placing = { project, captionStyle, slotId: null, out: [] };
  const lengthFrames = sequenceLength(sequence);
  placeSequence(placing, sequence, 0, sequence.id, {
    values: effectiveValues(sequence, values),
    window: { startFrame: 0, endFrame: lengthFrames },
    outers: [],
  });
  return { rate: project.rate, lengthFrames, sections: [], clips: placing.out, ...soundOf(project) };
}

/** Source time shown by a placed media clip at a frame of the ad. */
export function sourceTimeAt(clip: PlacedClip, frame: Frames, rate: Rate): Rational {
  if (clip.content.kind !== 'media') return zero;
  if (clip.content.isFrozen) return clip.content.sourceInSeconds;
  return add(clip.content.sourceInSeconds, multiply(frameToSeconds(frame - clip.startFrame, rate), clip.content.speed));
}

/** True when footage runs at its own speed. */
export function isNormalSpeed(speed: Rational): boolean {
  return compare(speed, one) === 0;
}
