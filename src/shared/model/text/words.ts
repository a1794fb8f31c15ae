import type { Frames } from '../../units/index.ts';
import type { TimedWord } from './extras.ts';

/** When a word is said, in frames from the clip's first. */
export interface WordSpan {
  startFrame: Frames;
  endFrame: Frames;
}

/** The words of a text, in order: what stands between spaces and line breaks. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const knownLetters = new Map<string, readonly string[]>();

/** The letters of a word as people count them: an emoji is one, an accent belongs to its letter. */
export function lettersOf(word: string): readonly string[] {
  let known = knownLetters.get(word);
  if (!known) {
    if (knownLetters.size > 20_000) knownLetters.clear();
    known = Array.from(segmenter.segment(word), ({ segment }) => segment);
    knownLetters.set(word, known);
  }
  return known;
}

const letters = (word: string): number => Math.max(1, [...word].length);
const plain = (word: string): string => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '') || word;

/** Shares a stretch among words by their letters, on whole frames. */
function share(words: readonly string[], { startFrame, endFrame }: WordSpan): WordSpan[] {
  const total = words.reduce((sum, word) => sum + letters(word), 0);
  const edge = (count: number) => startFrame + Math.round(((endFrame - startFrame) * count) / total);
  let count = 0;
  return words.map((word) => {
    const start = edge(count);
    count += letters(word);
    return { startFrame: start, endFrame: edge(count) };
  });
}

/** Most pairs of words compared; beyond it, words between equal beginnings and ends count as changed. */
const mostPairs = 250_000;

/** For each new word the old one that it is (longest common run of both, in order); -1 = none. */
function matches(old: readonly string[], next: readonly string[]): number[] {
  const found = next.map(() => -1);
  let [from, oldEnd, nextEnd] = [0, old.length, next.length];
  while (from < oldEnd && from < nextEnd && old[from] === next[from]) {
    found[from] = from;
    from += 1;
  }
  while (oldEnd > from && nextEnd > from && old[oldEnd - 1] === next[nextEnd - 1]) {
    oldEnd -= 1;
    nextEnd -= 1;
    found[nextEnd] = oldEnd;
  }
  const [rows, columns] = [oldEnd - from, nextEnd - from];
  if (rows === 0 || columns === 0 || rows * columns > mostPairs) return found;
  const width = columns + 1;
  const best = new Uint16Array((rows + 1) * width);
  const at = (row: number, column: number) => best[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      best[row * width + column] =
        old[from + row] === next[from + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  for (let [row, column] = [0, 0]; row < rows && column < columns; ) {
    if (old[from + row] === next[from + column]) {
      found[from + column] = from + row;
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}

/** Times of a run of new words in place of the old ones `[from, to)`. */
function replaceRun(run: readonly string[], timed: readonly TimedWord[], from: number, to: number): WordSpan[] {
  const replaced = timed.slice(from, to);
  if (replaced.length === run.length) return replaced.map(({ startFrame, endFrame }) => ({ startFrame, endFrame }));
  const [first, last] = [replaced[0], replaced.at(-1)];
  if (first && last) return share(run, { startFrame: first.startFrame, endFrame: last.endFrame });
  const before = timed[from - 1]?.endFrame ?? timed[to]?.startFrame ?? 0;
  return share(run, { startFrame: before, endFrame: Math.max(before, timed[to]?.startFrame ?? before) });
}

/**
 * When each word of a text is said, after words were added, changed or taken away: those that stayed keep their times, those in
 * place of others share theirs, and new ones take the pause they stand in, or a part of the word before them.
 */
export function retimeWords(timed: readonly TimedWord[], text: string): TimedWord[] {
  const words = wordsOf(text);
  if (timed.length === words.length && timed.every((word, at) => word.text === words[at])) return [...timed];
  const found = matches(
    timed.map((word) => plain(word.text)),
    words.map(plain),
  );
  const result: TimedWord[] = [];
  for (let at = 0; at < words.length; ) {
    const old = timed[found[at] ?? -1];
    if (old) {
      result.push({ ...old, text: words[at] ?? '' });
      at += 1;
      continue;
    }
    let end = at;
    while (end < words.length && (found[end] ?? -1) < 0) end += 1;
    const from = at === 0 ? 0 : (found[at - 1] ?? -1) + 1;
    const to = end < words.length ? (found[end] ?? timed.length) : timed.length;
    const run = words.slice(at, end);
    const previous = result.at(-1);
    const spans = replaceRun(run, timed, from, to);
    const hasRoom = spans.some((span) => span.endFrame > span.startFrame);
    if (previous && !hasRoom) {
      result.pop();
      const all = [previous.text, ...run];
      result.push(...share(all, previous).map((span, n) => ({ text: all[n] ?? '', ...span })));
    } else result.push(...spans.map((span, n) => ({ text: run[n] ?? '', ...span })));
    at = end;
  }
  return result.map((word) => ({ ...word, text: word.text.slice(0, 200) }));
}

/** Words that begin `frames` earlier: the clip's first frame is that much later now. */
export function shiftWords(words: readonly TimedWord[], frames: Frames): TimedWord[] {
  return words.map((word) => ({
    ...word,
    startFrame: word.startFrame - frames,
    endFrame: word.endFrame - frames,
  }));
}

/** When each word of a text is said: by its timed words, otherwise spread over the clip by letters. */
export function wordSpans(text: string, timed: readonly TimedWord[], lengthFrames: Frames): WordSpan[] {
  if (timed.length > 0) return retimeWords(timed, text);
  const words = wordsOf(text);
  return words.length === 0 ? [] : share(words, { startFrame: 0, endFrame: lengthFrames });
}
