/** Scripts written without spaces between words, and their punctuation. */
const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303F\\uFF00-\\uFF65';
const pieces = new RegExp(`[${unspaced}]|[^\\s${unspaced}]+`, 'gu');
const startsUnspaced = new RegExp(`^[${unspaced}]`, 'u');
const endsUnspaced = new RegExp(`[${unspaced}]$`, 'u');

/** Longest text that counts as one word. */
const maxWordCharacters = 200;

/** True where no space stands between these two pieces of text, although they are words of their own. */
export function touches(before: string, after: string): boolean {
  return endsUnspaced.test(before) && startsUnspaced.test(after);
}

/** The words of a text; of scripts without spaces each character is one. */
export function splitWords(text: string): string[] {
  const found = text.replaceAll(/[\p{Cc}\uFEFF]/gu, ' ').match(pieces) ?? [];
  return found.map((word) => word.slice(0, maxWordCharacters));
}

/** Words as a text again. */
export function joinWords(words: readonly string[]): string {
  return words.reduce((text, word) => (text === '' || touches(text, word) ? text + word : `${text} ${word}`), '');
}

/**
 * Words without what recognisers write for sounds that are no speech: "[BLANK_AUDIO]", "(upbeat music)", "♪ la la ♪". A
 * bracket that never closes is kept as it is.
 */
export function withoutNoises<Word extends { text: string }>(words: readonly Word[]): Word[] {
  const kept: Word[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (!word) continue;
    const opening = noises.find(({ opens }) => opens.test(word.text));
    const length = opening ? words.slice(at, at + 12).findIndex(({ text }) => opening.closes.test(text)) : -1;
    if (length >= 0) at += length;
    else if (!/^[♪♫🎵]+$/u.test(word.text)) kept.push(word);
  }
  return kept;
}

const noises = [
  { opens: /^\[/, closes: /\][.,!?…]?$/ },
  { opens: /^\(/, closes: /\)[.,!?…]?$/ },
  { opens: /^\*/, closes: /.\*$/ },
];
