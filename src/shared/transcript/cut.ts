import {
  applyEdit,
  type Clip,
  type Edit,
  editSchema,
  type Project,
  type Sequence,
  type SequenceId,
  type SimpleEditInput,
  shiftWords,
  type TimedWord,
  type Track,
} from '../model/index.ts';
import { type Frames, frameToMs, type Rate } from '../units/index.ts';
import { captionTextOf, captionTimesOf, isEditedByHand } from './link.ts';
import type { SpokenWord, WordsByAsset } from './spoken.ts';

/** A stretch of a sequence, in its frames: from `startFrame` to before `endFrame`. */
export interface Stretch {
  startFrame: Frames;
  endFrame: Frames;
}

/** Stretches of one sequence. */
export interface SequenceCuts {
  sequenceId: SequenceId;
  stretches: readonly Stretch[];
}

/** A pause up to this length behind a word goes with it. */
const pauseMs = 500;

/** Stretches in order, those that touch or overlap as one. */
export function mergeStretches(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const stretch of stretches.toSorted((a, b) => a.startFrame - b.startFrame)) {
    const last = merged.at(-1);
    if (last && stretch.startFrame <= last.endFrame) last.endFrame = Math.max(last.endFrame, stretch.endFrame);
    else if (stretch.endFrame > stretch.startFrame) merged.push({ ...stretch });
  }
  return merged;
}

/**
 * What is to be cut out of a sequence so that some of its words go: each from its start to the start of the next one where
 * that comes soon in the same clip, else to its end. `words` are all of the sequence, in order.
 */
export function stretchesOfWords(
  words: readonly SpokenWord[],
  isMeant: (word: SpokenWord) => boolean,
  rate: Rate,
): Stretch[] {
  const stretches = words.flatMap((word, at): Stretch[] => {
    if (!isMeant(word)) return [];
    const next = words.slice(at + 1).find(({ clip }) => clip.id === word.clip.id);
    const gap = next ? next.startFrame - word.endFrame : Number.POSITIVE_INFINITY;
    const isSoon = next !== undefined && gap >= 0 && frameToMs(gap, rate) <= pauseMs;
    return [{ startFrame: word.startFrame, endFrame: isSoon ? next.startFrame : word.endFrame }];
  });
  return mergeStretches(stretches);
}

/** Pieces of one caption that a cut has left, which stand side by side; `before` are the clips there were. */
function piecesOf(clips: readonly Clip[], before: ReadonlySet<string>): Clip[][] {
  const groups: Clip[][] = [];
  for (const clip of clips) {
    const last = groups.at(-1)?.at(-1);
    // What somebody has split by hand stays split.
    const isSame =
      last !== undefined &&
      !before.has(clip.id) &&
      last.startFrame + last.lengthFrames === clip.startFrame &&
      linkOf(last) !== null &&
      linkOf(last) === linkOf(clip);
    if (isSame) groups.at(-1)?.push(clip);
    else groups.push([clip]);
  }
  return groups;
}

/** What tells a caption's part of a transcript from another's; null for what has none. */
function linkOf({ content }: Clip): string | null {
  return content.kind === 'text' && content.transcript ? JSON.stringify(content.transcript) : null;
}

/** When the words of a caption are said that is put together again, as its pieces have them. */
function timesOf(pieces: readonly Clip[]): TimedWord[] {
  const [first] = pieces;
  return pieces.flatMap(({ content, startFrame, lengthFrames }) => {
    const own = content.kind === 'text' ? content.words : [];
    const seen = own.filter((word) => word.startFrame >= 0 && word.startFrame < lengthFrames);
    return shiftWords(seen, (first?.startFrame ?? 0) - startFrame);
  });
}

/** One caption again of what a cut has made of it, saying what is still heard. */
function mendTrack(
  sequence: Sequence,
  track: Track,
  { words, rate, before }: { words: WordsByAsset; rate: Rate; before: ReadonlySet<string> },
): SimpleEditInput[] {
  if (track.isLocked) return [];
  const sequenceId = sequence.id;
  return piecesOf(track.clips, before).flatMap((pieces): SimpleEditInput[] => {
    const [first, ...rest] = pieces;
    if (first?.content.kind !== 'text' || !first.content.transcript) return [];
    const link = first.content.transcript;
    const known = words.get(link.assetId);
    const isKept = isEditedByHand({ content: first.content, link }) || known === undefined;
    const text = isKept ? first.content.text : captionTextOf({ sequence, link }, known, rate);
    if (text === '') return [{ type: 'clip.remove', sequenceId, clipIds: pieces.map(({ id }) => id) }];
    const steps: SimpleEditInput[] = [];
    if (rest.length > 0) {
      const deltaFrames = rest.reduce((sum, { lengthFrames }) => sum + lengthFrames, 0);
      steps.push({ type: 'clip.remove', sequenceId, clipIds: rest.map(({ id }) => id) });
      steps.push({ type: 'clip.trim', sequenceId, clipId: first.id, edge: 'end', deltaFrames });
    }
    const isJoined = rest.length > 0;
    if (!isJoined && (isKept || text === link.text)) return steps;
    const clip = { ...first, lengthFrames: pieces.reduce((sum, { lengthFrames }) => sum + lengthFrames, 0) };
    const times = isKept ? timesOf(pieces) : captionTimesOf({ sequence, link, clip }, text, known, rate);
    const content = { ...first.content, text, words: times, transcript: isKept ? link : { ...link, text } };
    steps.push({ type: 'clip.set', sequenceId, clipId: first.id, patch: { content } });
    return steps;
  });
}

/**
 * Cuts stretches out of sequences as one edit: all tracks that are not locked close up, so that linked sound goes along, and
 * captions made from a transcript say what is left of them. Null when there is nothing to cut. Throws `edit-refused`.
 */
export function cutEdit(
  project: Project,
  cuts: readonly SequenceCuts[],
  words: WordsByAsset,
  label: string,
): Edit | null {
  const removals = cuts.flatMap(({ sequenceId, stretches }) =>
    mergeStretches(stretches)
      // From the last on, so that the frames of the others stay what they are.
      .toReversed()
      .map((stretch): SimpleEditInput => ({ type: 'range.remove', sequenceId, ...stretch, isRipple: true })),
  );
  if (removals.length === 0) return null;
  const after = applyEdit(project, editSchema.parse({ type: 'batch', label, edits: removals }));
  const clipsOf = ({ tracks }: Sequence) => tracks.flatMap(({ clips }) => clips);
  const before = new Set<string>(project.sequences.flatMap(clipsOf).map(({ id }) => id));
  const mending = { words, rate: project.rate, before };
  const touched = new Set(cuts.map(({ sequenceId }) => sequenceId));
  const mended = after.sequences
    .filter(({ id }) => touched.has(id))
    .flatMap((sequence) => sequence.tracks.flatMap((track) => mendTrack(sequence, track, mending)));
  return editSchema.parse({ type: 'batch', label, edits: [...removals, ...mended] });
}
