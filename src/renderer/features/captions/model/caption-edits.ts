import { type Cue, type CueWord, lengthWithoutCaptions } from '#shared/captions/index.ts';
import {
  type ClipId,
  type EditInput,
  type SimpleEditInput,
  shiftWords,
  type TimedWord,
  wordSpans,
  wordsOf,
} from '#shared/model/index.ts';
import { type Frames, frameToMs, type Rate } from '#shared/units/index.ts';
import { asEdit } from '../../timeline/model/placement.ts';
import type { CaptionItem } from './caption-list.ts';

const clipOf = ({ sequenceId, clip }: CaptionItem) => ({ sequenceId, clipId: clip.id });

const setText = (item: CaptionItem, text: string): SimpleEditInput => ({
  type: 'clip.set',
  ...clipOf(item),
  patch: { text },
});

/** Other words for a caption; without words it goes. Null when nothing changes. */
export function captionTextEdit(item: CaptionItem, text: string): EditInput | null {
  if (text === item.text) return null;
  if (text.trim() === '') return { type: 'clip.remove', sequenceId: item.sequenceId, clipIds: [item.clip.id] };
  return setText(item, text);
}

/** Frames of a caption that its first words get, by the number of letters. */
function shareOf({ clip }: CaptionItem, before: string, after: string): Frames {
  return Math.round((clip.lengthFrames * before.length) / (before.length + after.length));
}

/** Frame of a caption at which a word begins. */
function startOfWord({ words, clip }: CaptionItem, text: string, index: number): Frames {
  return wordSpans(text, words, clip.lengthFrames)[index]?.startFrame ?? 0;
}

/**
 * Divides a caption at the caret: the words before it stay, those after it become a caption of their own. Its time is divided
 * where the first of these is said; where that is not known, by the number of letters. Null at the ends of the words, and for captions of a single frame.
 */
export function splitCaptionEdit(item: CaptionItem, text: string, caret: number, newClipId: ClipId): EditInput | null {
  const before = text.slice(0, caret).trim();
  const after = text.slice(caret).trim();
  const { startFrame, lengthFrames } = item.clip;
  if (before === '' || after === '' || lengthFrames < 2) return null;
  const share = item.words.length > 0 ? startOfWord(item, text, wordsOf(before).length) : shareOf(item, before, after);
  const atFrame = startFrame + Math.min(lengthFrames - 1, Math.max(1, share));
  return asEdit('Split caption', [
    { type: 'clip.split', ...clipOf(item), atFrame, newClipId },
    setText(item, before),
    { type: 'clip.set', sequenceId: item.sequenceId, clipId: newClipId, patch: { text: after } },
  ]);
}

/** One caption of two that follow one another on a track: from the start of the first to the end of the second. */
export function mergeCaptionsEdit(first: CaptionItem, second: CaptionItem, firstText: string): EditInput | null {
  const deltaFrames = second.endFrame - first.endFrame;
  const text = [firstText.trim(), second.text.trim()].filter((words) => words !== '').join(' ');
  return asEdit('Merge captions', [
    { type: 'clip.remove', sequenceId: second.sequenceId, clipIds: [second.clip.id] },
    ...(deltaFrames > 0 ? [{ type: 'clip.trim' as const, ...clipOf(first), edge: 'end' as const, deltaFrames }] : []),
    { type: 'clip.set', ...clipOf(first), patch: { text, ...mergedWords(first, second, firstText) } },
  ]);
}

/** The times of the words of both, where one of them has them. */
function mergedWords(first: CaptionItem, second: CaptionItem, firstText: string): { words?: TimedWord[] } {
  if (first.words.length === 0 && second.words.length === 0) return {};
  const timed = (item: CaptionItem, text: string) => {
    const spans = wordSpans(text, item.words, item.clip.lengthFrames);
    return wordsOf(text).map((word, at) => ({
      text: word.slice(0, 200),
      ...(spans[at] ?? { startFrame: 0, endFrame: 0 }),
    }));
  };
  const later = first.startFrame - second.startFrame;
  return { words: [...timed(first, firstText), ...shiftWords(timed(second, second.text), later)] };
}

/**
 * Begins a word so many frames earlier or later: the word before ends with it where they touch. All words of the caption get
 * times by this. Null where there is no room.
 */
export function moveWordEdit(item: CaptionItem, index: number, deltaFrames: Frames): EditInput | null {
  const spans = wordSpans(item.text, item.words, item.clip.lengthFrames);
  const span = spans[index];
  const before = spans[index - 1];
  if (!span) return null;
  const startFrame = span.startFrame + deltaFrames;
  const earliest = before ? before.startFrame + 1 : 0;
  if (startFrame < earliest || startFrame >= span.endFrame) return null;
  const words = wordsOf(item.text).map((text, at): TimedWord => {
    const own = spans[at] ?? { startFrame: 0, endFrame: 0 };
    const touches = at === index - 1 && (own.endFrame === span.startFrame || own.endFrame > startFrame);
    return {
      text: text.slice(0, 200),
      startFrame: at === index ? startFrame : own.startFrame,
      endFrame: touches ? startFrame : own.endFrame,
    };
  });
  return asEdit('Move word', [{ type: 'clip.set', ...clipOf(item), patch: { words } }]);
}

/** What shifting does, or why it cannot. */
export type Shift = { edit: EditInput } | { problem: string };

/** Moves one caption; what would lie outside of its section is cut off. Null when nothing would be left. */
function shiftOne(item: CaptionItem, delta: Frames, limit: Frames): SimpleEditInput[] | null {
  const { startFrame, lengthFrames } = item.clip;
  const early = Math.max(0, -(startFrame + delta));
  const late = Math.max(0, startFrame + lengthFrames + delta - limit);
  if (early + late >= lengthFrames) return null;
  const trim = (edge: 'start' | 'end', deltaFrames: Frames): SimpleEditInput[] =>
    deltaFrames === 0 ? [] : [{ type: 'clip.trim', ...clipOf(item), edge, deltaFrames }];
  return [
    ...trim('start', early),
    ...trim('end', -late),
    { type: 'clip.move', ...clipOf(item), trackId: item.track.id, startFrame: startFrame + delta + early },
  ];
}

/**
 * Moves all these captions of one section by some frames (positive = later). Captions that cross the section's start or end
 * are shortened there; when one would vanish, nothing moves and the problem says so.
 */
export function shiftCaptionsEdit(items: readonly CaptionItem[], delta: Frames): Shift {
  const [first] = items;
  if (!first || delta === 0) return { problem: 'There are no captions to move.' };
  const limit = (first.section.sequence && lengthWithoutCaptions(first.section.sequence)) ?? Number.POSITIVE_INFINITY;
  // Each moves into the room the one ahead of it has left.
  const inOrder = items.toSorted((a, b) => (delta > 0 ? b.startFrame - a.startFrame : a.startFrame - b.startFrame));
  const edits: SimpleEditInput[] = [];
  for (const item of inOrder) {
    const moved = shiftOne(item, delta, limit);
    if (!moved) {
      const edge = delta > 0 ? 'after the end' : 'before the start';
      return { problem: `A caption would lie ${edge} of ${first.section.optionName}. Remove it, or move by less.` };
    }
    edits.push(...moved);
  }
  if (edits.length > 1000) return { problem: 'These are too many captions to move at once. Put the file on again.' };
  const edit = asEdit('Move captions', edits);
  return edit ? { edit } : { problem: 'There are no captions to move.' };
}

/** Words with their times on the timeline's clock, none outside of its caption. */
function cueWords(
  text: string,
  { words, clip, startFrame, endFrame }: Pick<CaptionItem, 'words' | 'clip' | 'startFrame' | 'endFrame'>,
  rate: Rate,
): CueWord[] {
  const within = (frame: Frames) => frameToMs(Math.min(endFrame, Math.max(startFrame, startFrame + frame)), rate);
  const spans = wordSpans(text, words, clip.lengthFrames);
  return wordsOf(text).map((word, at) => ({
    text: word,
    startMs: within(spans[at]?.startFrame ?? 0),
    endMs: within(spans[at]?.endFrame ?? 0),
  }));
}

/** Captions as they are written to a file: on the clock of the timeline shown. */
export function cuesOfItems(items: readonly CaptionItem[], rate: Rate): Cue[] {
  return items.map(({ startFrame, endFrame, text, words, clip }) => ({
    startMs: frameToMs(startFrame, rate),
    endMs: frameToMs(endFrame, rate),
    text,
    ...(words.length === 0 ? {} : { words: cueWords(text, { words, clip, startFrame, endFrame }, rate) }),
  }));
}
