import type { Cue, CueWord } from './cue.ts';

/** Most characters of a caption made of single words: one to two short lines in an upright picture. */
const maxCharacters = 32;
/** A pause of this length ends a caption. */
const pauseMs = 600;
/** Longest time one caption stays. */
const maxLengthMs = 3500;

function belongs(word: CueWord, words: readonly CueWord[]): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return true;
  if (/[.!?…。！？]["”’)]?$/.test(last.text) || word.startMs - last.endMs > pauseMs) return false;
  const characters = words.reduce((sum, { text }) => sum + text.length + 1, word.text.length);
  return characters <= maxCharacters && word.endMs - first.startMs <= maxLengthMs;
}

/** Captions of words that come without sentences: divided at pauses and ends of sentences, and before they get long. */
export function groupWords(words: readonly CueWord[]): Cue[] {
  const groups: CueWord[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group && belongs(word, group)) group.push(word);
    else groups.push([word]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    return [{ startMs: first.startMs, endMs: last.endMs, text: group.map(({ text }) => text).join(' '), words: group }];
  });
}
