import type { Cue } from '../captions/index.ts';
import { joinWords } from './split-words.ts';
import type { TranscriptWord } from './transcript.ts';

/** How words are put together to captions. */
export interface CaptionGrouping {
  /** Most letters of one caption, spaces included. A single longer word stands alone. */
  maxCharacters: number;
  /** Most words of one caption. */
  maxWords: number;
  /** A pause of this length ends a caption. */
  pauseMs: number;
}

/** Short captions for upright pictures: one or two lines. */
export const usualGrouping: CaptionGrouping = { maxCharacters: 32, maxWords: 7, pauseMs: 600 };

/** Longest time one caption stays. */
const maxLengthMs = 5000;
/** A caption stays on this long after its last word where nothing follows at once. */
const lingerMs = 250;

function endsSentence(text: string): boolean {
  return /[.!?…。！？]["”’»)]?$/u.test(text);
}

function belongs(word: TranscriptWord, group: readonly TranscriptWord[], grouping: CaptionGrouping): boolean {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return true;
  if (endsSentence(last.text) || word.startMs - last.endMs >= grouping.pauseMs) return false;
  if (first.speaker !== word.speaker || group.length >= grouping.maxWords) return false;
  const characters = group.reduce((sum, { text }) => sum + text.length + 1, word.text.length);
  return characters <= grouping.maxCharacters && word.endMs - first.startMs <= maxLengthMs;
}

/** Words that are shown together, in order; every word is in exactly one group. */
export function groupWordsOf<Word extends TranscriptWord>(words: readonly Word[], grouping: CaptionGrouping): Word[][] {
  const groups: Word[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group && belongs(word, group, grouping)) group.push(word);
    else groups.push([word]);
  }
  return groups;
}

/**
 * Captions of words: divided at pauses, ends of sentences and changes of speaker, and before they get long. Each stays a
 * moment longer than its last word, at most to the next caption.
 */
export function groupTranscript(words: readonly TranscriptWord[], grouping = usualGrouping): Cue[] {
  const groups = groupWordsOf(words, grouping);
  return groups.flatMap((group, at): Cue[] => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    const next = groups[at + 1]?.[0]?.startMs ?? Number.POSITIVE_INFINITY;
    const endMs = Math.max(last.endMs, Math.min(last.endMs + lingerMs, next));
    return [
      {
        startMs: first.startMs,
        endMs: Math.max(first.startMs, Math.min(endMs, Math.max(next, last.startMs))),
        text: joinWords(group.map(({ text }) => text)),
        words: group.map(({ text, startMs, endMs: end }) => ({ text, startMs, endMs: end })),
        ...(first.speaker === undefined ? {} : { speaker: first.speaker }),
      },
    ];
  });
}
