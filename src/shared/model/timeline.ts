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
} from '../units/index.ts';
import type { Clip, ClipAudio, ClipContent, FieldValues, Layout, LayoutPatch, TextStyle } from './clip.ts';
import type { AssetId, ClipId, OptionId, SlotId } from './ids.ts';
import type { Anchor, AnchoredClip, GlobalSlot, Project, Sequence, Track } from './project.ts';
import type { Ratio } from './ratio.ts';
import type { Variant } from './variant.ts';

/** Which part of the ad an option plays. */
export interface Section {
  slotId: SlotId;
  optionId: OptionId;
  startFrame: Frames;
  lengthFrames: Frames;
}

/** What a placed clip shows: fields filled in, sequences unfolded. */
export type PlacedContent =
  | { kind: 'media'; assetId: AssetId; sourceInSeconds: Rational; speed: Rational }
  | { kind: 'text'; text: string; style: TextStyle }
  | { kind: 'colour'; colour: string };

/** A clip in its final place in one variant. `startFrame` may lie before a nested window's cut: it is already clipped to it. */
export interface PlacedClip {
  clipId: ClipId;
  /** Distinguishes copies of one clip (nested, looped) within a variant. */
  instance: string;
  /** Section it belongs to; null for global slots. */
  slotId: SlotId | null;
  startFrame: Frames;
  lengthFrames: Frames;
  content: PlacedContent;
  layout: Layout;
  overrides: Partial<Record<Ratio, LayoutPatch>>;
  audio: ClipAudio;
  /** Frames cut off the clip's own start and end by a window around it: fades are measured from the uncut ends. */
  cutStartFrames: Frames;
  cutEndFrames: Frames;
  hasPicture: boolean;
  hasSound: boolean;
}

/** One variant, flat: what is on screen and to be heard when. */
export interface Timeline {
  rate: Rate;
  lengthFrames: Frames;
  sections: Section[];
  /** Bottom to top, then by start. */
  clips: PlacedClip[];
}

/** Lengths of sources, for loops and for clips that last "to the end of the source". */
export type SourceLengths = (assetId: AssetId) => Rational | null;

const maxDepth = 8;

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
    const value = (values as Record<string, FieldValues[keyof FieldValues]>)[key];
    return value && 'text' in value ? value.text : '';
  });
}

/** A sequence's defaults overlaid with an option's values. */
export function effectiveValues(sequence: Sequence, values: FieldValues): FieldValues {
  const all: FieldValues = {};
  for (const field of sequence.fields) if (field.default) all[field.key] = field.default;
  return { ...all, ...values };
}

interface Window {
  /** Frames on the ad's clock that may be filled. */
  startFrame: Frames;
  endFrame: Frames;
}

interface Placing {
  project: Project;
  captionStyle: TextStyle | null;
  slotId: SlotId | null;
  out: PlacedClip[];
}

/** Moves a placed clip's ends inside a window, advancing its source accordingly; null when nothing is left. */
function clipToWindow(clip: PlacedClip, window: Window, rate: Rate): PlacedClip | null {
  const cutStart = Math.max(0, window.startFrame - clip.startFrame);
  const cutEnd = Math.max(0, clip.startFrame + clip.lengthFrames - window.endFrame);
  const lengthFrames = clip.lengthFrames - cutStart - cutEnd;
  if (lengthFrames <= 0) return null;
  const content =
    clip.content.kind === 'media' && cutStart > 0
      ? {
          ...clip.content,
          sourceInSeconds: add(
            clip.content.sourceInSeconds,
            multiply(frameToSeconds(cutStart, rate), clip.content.speed),
          ),
        }
      : clip.content;
  return {
    ...clip,
    content,
    startFrame: clip.startFrame + cutStart,
    lengthFrames,
    cutStartFrames: clip.cutStartFrames + cutStart,
    cutEndFrames: clip.cutEndFrames + cutEnd,
  };
}

type Leaf = Pick<
  PlacedClip,
  'clipId' | 'instance' | 'startFrame' | 'lengthFrames' | 'layout' | 'overrides' | 'audio' | 'hasPicture' | 'hasSound'
>;

function placeLeaf(placing: Placing, leaf: Leaf, content: PlacedContent, window: Window): void {
  const placed = clipToWindow(
    { ...leaf, slotId: placing.slotId, content, cutStartFrames: 0, cutEndFrames: 0 },
    window,
    placing.project.rate,
  );
  if (placed && (placed.hasPicture || placed.hasSound)) placing.out.push(placed);
}

function nestedSequence(project: Project, content: ClipContent): Sequence | null {
  if (content.kind === 'sequence')
    return project.sequences.find((sequence) => sequence.id === content.sequenceId) ?? null;
  if (content.kind === 'composition') {
    return (
      project.compositions.find((c) => c.compositionId === content.compositionId && c.version === content.version)
        ?.sequence ?? null
    );
  }
  return null;
}

function placeContent(
  placing: Placing,
  leaf: Leaf,
  content: ClipContent,
  values: FieldValues,
  window: Window,
  depth: number,
): void {
  switch (content.kind) {
    case 'media': {
      const value = 'field' in content.media ? values[content.media.field] : content.media;
      if (!value || !('assetId' in value)) return;
      const { sourceInSeconds, speed } = content;
      placeLeaf(placing, leaf, { kind: 'media', assetId: value.assetId, sourceInSeconds, speed }, window);
      return;
    }
    case 'text': {
      const style = content.role === 'caption' && placing.captionStyle ? placing.captionStyle : content.style;
      const filled = fillFields(content.text, values);
      const text = style.isUppercase ? filled.toUpperCase() : filled;
      if (text.trim() === '') return;
      placeLeaf(placing, { ...leaf, hasSound: false }, { kind: 'text', text, style }, window);
      return;
    }
    case 'colour':
      placeLeaf(placing, { ...leaf, hasSound: false }, { kind: 'colour', colour: content.colour }, window);
      return;
    case 'sequence':
    case 'composition': {
      const inner = nestedSequence(placing.project, content);
      if (!inner || depth >= maxDepth) {
        throw new AppError(
          'edit-refused',
          inner
            ? 'A sequence contains itself. Remove the inner copy of it.'
            : 'A clip refers to a sequence that is not in the project. Remove the clip or restore the sequence.',
          { details: { clipId: leaf.clipId } },
        );
      }
      const innerWindow = {
        startFrame: Math.max(window.startFrame, leaf.startFrame),
        endFrame: Math.min(window.endFrame, leaf.startFrame + leaf.lengthFrames),
      };
      const innerValues = effectiveValues(inner, fillNested(content.values, values));
      placeSequence(
        placing,
        inner,
        innerValues,
        leaf.startFrame - content.inFrame,
        innerWindow,
        leaf.instance,
        depth + 1,
        leaf,
      );
    }
  }
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

function placeSequence(
  placing: Placing,
  sequence: Sequence,
  values: FieldValues,
  originFrame: Frames,
  window: Window,
  instance: string,
  depth: number,
  parent: Leaf | null,
): void {
  const end = Math.min(window.endFrame, originFrame + sequenceLength(sequence));
  for (const track of sequence.tracks) {
    for (const clip of track.clips) {
      placeContent(
        placing,
        leafOf(clip, originFrame, instance, parent, track),
        clip.content,
        values,
        { startFrame: Math.max(window.startFrame, originFrame), endFrame: end },
        depth,
      );
    }
  }
}

function leafOf(clip: Clip, originFrame: Frames, instance: string, parent: Leaf | null, track: Track): Leaf {
  return {
    clipId: clip.id,
    instance: `${instance}/${clip.id}`,
    startFrame: originFrame + clip.startFrame,
    lengthFrames: clip.lengthFrames,
    layout: clip.layout,
    overrides: clip.overrides,
    audio: { ...clip.audio, gainDb: clip.audio.gainDb + (parent?.audio.gainDb ?? 0) },
    hasPicture: track.kind === 'visual' && !track.isHidden && (parent?.hasPicture ?? true),
    hasSound: !track.isMuted && !clip.audio.isMuted && (parent?.hasSound ?? true),
  };
}

/** The frame an anchor stands for in a variant with these sections. An unknown slot counts as the ad. */
export function resolveAnchor(anchor: Anchor, sections: readonly Section[], lengthFrames: Frames): Frames {
  const section = anchor.to === 'ad' ? undefined : sections.find((candidate) => candidate.slotId === anchor.to);
  const start = section ? section.startFrame : 0;
  const end = section ? section.startFrame + section.lengthFrames : lengthFrames;
  return (anchor.edge === 'start' ? start : end) + anchor.offsetFrames;
}

/** Frames a media clip can play before its source ends; Infinity for stills and unknown lengths. */
export function playableFrames(
  content: { sourceInSeconds: Rational; speed: Rational },
  sourceLength: Rational | null,
  rate: Rate,
): Frames {
  if (sourceLength === null) return Number.POSITIVE_INFINITY;
  const left = divide(subtract(sourceLength, content.sourceInSeconds), content.speed);
  return Math.max(0, compare(left, { num: 0, den: 1 }) <= 0 ? 0 : round(multiply(left, rate)));
}

function placeAnchored(
  placing: Placing,
  clip: AnchoredClip,
  slot: GlobalSlot,
  timeline: Pick<Timeline, 'sections' | 'lengthFrames' | 'rate'>,
  lengths: SourceLengths,
): void {
  const { sections, lengthFrames, rate } = timeline;
  const start = resolveAnchor(clip.start, sections, lengthFrames);
  const content = clip.content;
  const source = content.kind === 'media' && 'assetId' in content.media ? lengths(content.media.assetId) : null;
  const playable = content.kind === 'media' ? playableFrames(content, source, rate) : Number.POSITIVE_INFINITY;
  const wantedEnd = clip.end
    ? resolveAnchor(clip.end, sections, lengthFrames)
    : clip.lengthFrames !== null
      ? start + clip.lengthFrames
      : clip.isLooping
        ? lengthFrames
        : start + Math.min(playable, lengthFrames);
  const end = Math.min(wantedEnd, lengthFrames);
  const window = { startFrame: 0, endFrame: end };
  const hasPicture = slot.kind === 'logo';
  const stepFrames = clip.isLooping && Number.isFinite(playable) && playable > 0 ? playable : Math.max(1, end - start);
  for (let from = start, round = 0; from < end; from += stepFrames, round += 1) {
    // Fades belong to the whole place, not to each turn of a loop: the turns are windows on one long clip.
    const leaf: Leaf = {
      clipId: clip.id,
      instance: `${slot.id}/${clip.id}#${round}`,
      startFrame: from,
      lengthFrames: Math.min(stepFrames, end - from),
      layout: clip.layout,
      overrides: clip.overrides,
      audio: clip.audio,
      hasPicture,
      hasSound: !clip.audio.isMuted,
    };
    const before = placing.out.length;
    placeContent(placing, leaf, content, {}, window, 0);
    for (const placed of placing.out.slice(before)) {
      placed.cutStartFrames += from - start;
      placed.cutEndFrames += Math.max(0, end - (from + leaf.lengthFrames));
    }
  }
}

function captionStyleOf(project: Project, variant: Variant): TextStyle | null {
  for (const slot of project.globals) {
    const content = slot.options.find((option) => option.id === variant[slot.id])?.content;
    if (content?.kind === 'caption-style') return content.style;
  }
  return null;
}

/**
 * Flattens one variant: options one after another, global slots over them, fields filled in, nested sequences unfolded.
 * Throws AppError `edit-refused` when a sequence is missing or contains itself.
 */
export function flattenVariant(project: Project, variant: Variant, lengths: SourceLengths): Timeline {
  const sections: Section[] = [];
  const placing: Placing = { project, captionStyle: captionStyleOf(project, variant), slotId: null, out: [] };
  let cursor = 0;
  for (const slot of project.slots) {
    const option = slot.options.find((candidate) => candidate.id === variant[slot.id]);
    if (!option) continue;
    const content = option.content;
    const sequence =
      content.kind === 'sequence'
        ? project.sequences.find((candidate) => candidate.id === content.sequenceId)
        : undefined;
    if (content.kind === 'sequence' && !sequence) {
      throw new AppError(
        'edit-refused',
        `“${option.name}” refers to a sequence that is not in the project. Remove the option or restore the sequence.`,
      );
    }
    const length = sequence ? sequenceLength(sequence) : 0;
    sections.push({ slotId: slot.id, optionId: option.id, startFrame: cursor, lengthFrames: length });
    if (sequence && content.kind === 'sequence') {
      placing.slotId = slot.id;
      placeSequence(
        placing,
        sequence,
        effectiveValues(sequence, content.values),
        cursor,
        { startFrame: cursor, endFrame: cursor + length },
        option.id,
        0,
        null,
      );
    }
    cursor += length;
  }
  placing.slotId = null;
  for (const slot of project.globals) {
    const content = slot.options.find((option) => option.id === variant[slot.id])?.content;
    if (content?.kind !== 'clips') continue;
    for (const clip of content.clips)
      placeAnchored(placing, clip, slot, { sections, lengthFrames: cursor, rate: project.rate }, lengths);
  }
  return { rate: project.rate, lengthFrames: cursor, sections, clips: placing.out };
}

/** Flattens a single sequence with field values: the preview of one option. */
export function flattenSequence(project: Project, sequence: Sequence, values: FieldValues): Timeline {
  const placing: Placing = { project, captionStyle: captionStyleOf(project, {}), slotId: null, out: [] };
  const lengthFrames = sequenceLength(sequence);
  placeSequence(
    placing,
    sequence,
    effectiveValues(sequence, values),
    0,
    { startFrame: 0, endFrame: lengthFrames },
    sequence.id,
    0,
    null,
  );
  return { rate: project.rate, lengthFrames, sections: [], clips: placing.out };
}

/** Source time shown by a placed media clip at a frame of the ad. */
export function sourceTimeAt(clip: PlacedClip, frame: Frames, rate: Rate): Rational {
  if (clip.content.kind !== 'media') return { num: 0, den: 1 };
  return add(clip.content.sourceInSeconds, multiply(frameToSeconds(frame - clip.startFrame, rate), clip.content.speed));
}

/** True when footage runs at its own speed. */
export function isNormalSpeed(speed: Rational): boolean {
  return compare(speed, one) === 0;
}
