import type { TextStyle } from '../clip.ts';
import type { FontFace } from './font-face.ts';
import { metricsOfFaces, pageOf, type SetLine, type SetText, type SetWord, setFaceOf, setLines } from './lay-lines.ts';
import { isJoinedWord } from './missing.ts';
import type { TextMoment } from './moment.ts';
import { lettersOf } from './words.ts';

/** Letters that look alike. `hidden` ones only keep their room. */
export interface Run {
  text: string;
  look: 'plain' | 'lit' | 'hidden';
  /** Size, 1 = like the others. */
  scale: number;
}

/** Lines drawn over one another; all take the same room. */
export interface Sheet {
  kind: 'box' | 'word-box' | 'words';
  lines: Run[][];
}

/** What a text draws at one moment. */
export interface DrawnText {
  /** Bottom to top. */
  sheets: Sheet[];
  /** What the text's size is multiplied with. */
  fit: number;
}

/** Typed lines, unmeasured: while a font is not known. */
function unmeasured(text: string): SetText {
  let index = 0;
  const lines = text.split(/\r\n?|\n|\u2028|\u2029/).map((line) => ({
    words: line
      .split(/[ \t]+/)
      .filter((word) => word !== '')
      .map((word) => ({ text: word, width: 0, index: index++ })),
  }));
  return { lines, fit: 1, space: 0 };
}

type Paint = (word: SetWord, letter: number) => Omit<Run, 'text'>;

const plain = { look: 'plain', scale: 1 } as const;
const lit = { look: 'lit', scale: 1 } as const;
const hidden = { look: 'hidden', scale: 1 } as const;

/** A line's letters, painted one by one and gathered again. Spaces go with the letter before them. */
function paint({ words }: SetLine, painter: Paint): Run[] {
  const runs: Run[] = [];
  const add = (text: string, how: Omit<Run, 'text'>) => {
    const last = runs.at(-1);
    if (last && last.look === how.look && last.scale === how.scale) last.text += text;
    else runs.push({ text, ...how });
  };
  words.forEach((word, at) => {
    const first = painter(word, 0);
    // No box reaches over the space behind its word, and no word that grows pushes its neighbours.
    if (at > 0) add(' ', runs.at(-1)?.look === first.look && first.scale === 1 ? first : hidden);
    for (const [n, letter] of lettersOf(word.text).entries()) add(letter, painter(word, n));
  });
  return runs;
}

/** Which letters are there at all. */
function shower(
  style: TextStyle,
  moment: TextMoment,
  lines: readonly SetLine[],
): (word: SetWord, n: number) => boolean {
  if (style.highlight === 'typewriter')
    return ({ index }, n) => index < moment.word || (index === moment.word && n < moment.letters);
  if (moment.shown >= 1) return () => true;
  const before = new Map<number, number>();
  let total = 0;
  for (const { words } of lines)
    for (const { index, text } of words) {
      before.set(index, total);
      total += lettersOf(text).length;
    }
  const count = Math.ceil(total * moment.shown);
  return ({ index, text }, n) => (before.get(index) ?? 0) + (isJoinedWord(text) ? 0 : n) < count;
}

/** How each letter is painted on the sheet of the words. */
function painterOf(style: TextStyle, moment: TextMoment, isShown: (word: SetWord, n: number) => boolean): Paint {
  const isNow = (word: SetWord) => word.index === moment.word && moment.isSaid;
  const isLit: (word: SetWord, n: number) => boolean = {
    none: () => false,
    box: () => false,
    typewriter: () => false,
    fill: isNow,
    'one-word': () => false,
    pop: isNow,
    karaoke: ({ index }: SetWord, n: number) => index < moment.word || (index === moment.word && n < moment.letters),
  }[style.highlight];
  return (word, n) => (!isShown(word, n) ? hidden : isLit(word, n) ? lit : plain);
}

/** The lines of a text at a moment, in sheets. Pure. */
export function drawnText(
  text: { text: string; style: TextStyle; moment: TextMoment },
  room: number,
  faces: readonly FontFace[],
): DrawnText {
  const { style, moment } = text;
  const face = setFaceOf(style, metricsOfFaces(faces));
  const { lines, fit } = face ? setLines(face, style, text.text, room) : unmeasured(text.text);
  const page = pageOf(lines, style, moment.word);
  const isShown = shower(style, moment, lines);
  const painter = painterOf(style, moment, isShown);
  const draw = (kind: Sheet['kind'], how: Paint): Sheet => ({ kind, lines: page.map((line) => paint(line, how)) });
  const sheets: Sheet[] = [];
  if (style.boxColour !== null) sheets.push(draw('box', () => hidden));
  const isNow = (word: SetWord) => word.index === moment.word && moment.isSaid;
  if (style.highlight === 'box' && moment.isSaid)
    sheets.push(draw('word-box', (word) => (isNow(word) ? plain : hidden)));
  if (style.highlight === 'pop' && moment.isSaid) {
    sheets.push(draw('words', (word, n) => (isNow(word) ? hidden : painter(word, n))));
    sheets.push(draw('words', (word) => (isNow(word) ? { ...lit, scale: moment.wordScale } : hidden)));
  } else sheets.push(draw('words', painter));
  return { sheets, fit };
}
