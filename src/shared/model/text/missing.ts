import type { TextStyle } from '../clip.ts';
import { emojiFamily, separateEmoji } from './emoji.ts';
import { type FontFace, pickFace } from './font-face.ts';

/** Marks that no font is asked for. */
const invisible = /\p{Cc}|\p{Cf}|\p{Z}|\ufe0e|\ufe0f/u;

/** Scripts whose letters change with their neighbours: such words are never taken apart. */
const joined =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

/** True for a word whose letters hang together. */
export function isJoinedWord(word: string): boolean {
  return joined.test(word);
}

/** Letters and emoji of a text that its font and the one of all emoji do not have, each once; none while that is not known. */
export function missingLetters(
  text: string,
  { fontFamily, fontWeight: weight, isItalic }: Pick<TextStyle, 'fontFamily' | 'fontWeight' | 'isItalic'>,
  faces: readonly FontFace[],
): string[] {
  const { emoji, words } = separateEmoji(text);
  const missingIn = (part: string, family: string) => {
    const metrics = pickFace(faces, { family, weight, isItalic })?.metrics;
    if (!metrics) return [];
    const letters = new Set([...part].filter((letter) => !invisible.test(letter)));
    return [...letters].filter((letter) => metrics.advance(letter.codePointAt(0) ?? 0) === null);
  };
  return [...missingIn(words, fontFamily), ...missingIn(emoji, emojiFamily)];
}

/** Families that can draw all of a text, as people call them, in the order of the faces; emoji are drawn with any. */
export function familiesFor(text: string, faces: readonly FontFace[]): string[] {
  const families = [...new Set(faces.map((face) => face.typographicFamily))].filter((one) => one !== emojiFamily);
  return families.filter((fontFamily) => {
    const isKnown = faces.some((face) => face.typographicFamily === fontFamily && face.metrics);
    return isKnown && missingLetters(text, { fontFamily, fontWeight: 700, isItalic: false }, faces).length === 0;
  });
}

const scripts = [
  ['Chinese or Japanese', /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ['Korean', /\p{Script=Hangul}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
] as const;

/** What a person can do about letters that a font does not have: one sentence. */
export function adviceFor(text: string, letters: readonly string[], faces: readonly FontFace[]): string {
  const [family] = familiesFor(text, faces);
  if (family) return `Choose the font “${family}”, which has them.`;
  const script = scripts.find(([, pattern]) => letters.some((letter) => pattern.test(letter)))?.[0];
  const others = familiesFor(letters.join(''), faces);
  if (others[0]) return `The font “${others[0]}” has them, but not the rest of the text: divide it into two texts.`;
  return script
    ? `None of the fonts here has ${script} letters. Remove them.`
    : 'None of the fonts here has them. Remove them.';
}
