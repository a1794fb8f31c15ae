import type { TranscriptWord } from './transcript.ts';

/**
 * Words as project files hold them, one on a line: "500 900 Hello", with the speaker after a tab. How sure a recogniser was
 * is left out.
 */
export function wordLines(words: readonly TranscriptWord[]): string[] {
  return words.map(({ startMs, endMs, text, speaker }) => {
    const word = text.replaceAll('\t', ' ');
    return `${startMs} ${endMs} ${word}${speaker === undefined ? '' : `\t${speaker.replaceAll('\t', ' ')}`}`;
  });
}

/** The words of such lines, which are of the right form, in the order in which they begin. */
export function wordsOfLines(lines: readonly string[]): TranscriptWord[] {
  return lines
    .flatMap((line): TranscriptWord[] => {
      const [, start = '', end = '', rest = ''] = /^(\d+) (\d+) (.+)$/.exec(line) ?? [];
      const [text = '', speaker = ''] = rest.split('\t');
      const word = { text: text.trim().slice(0, 200), startMs: Number(start), endMs: Number(end) };
      if (word.text === '') return [];
      return [speaker.trim() === '' ? word : { ...word, speaker: speaker.trim().slice(0, 100) }];
    })
    .toSorted((a, b) => a.startMs - b.startMs);
}
