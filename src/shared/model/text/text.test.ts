import { expect, test } from 'vitest';
import { rational } from '../../units/index.ts';
import { textStyleSchema } from '../clip.ts';
import {
  assColour,
  assDocument,
  assTime,
  escapeAssText,
  type FontFace,
  hasEmoji,
  hasJoinedEmoji,
  pickFace,
  separateEmoji,
  stillMoment,
} from './index.ts';

const face = (typographicFamily: string, weight: number, more: Partial<FontFace> = {}): FontFace => ({
  file: `${typographicFamily}${weight}.ttf`,
  family: typographicFamily,
  style: 'Regular',
  typographicFamily,
  weight,
  isItalic: false,
  ...more,
});
const faces = [
  face('Inter', 400),
  face('Inter', 600, { family: 'Inter SemiBold' }),
  face('Inter', 700, { style: 'Bold' }),
  face('Anton', 400),
];

test('nothing in a text acts as a command', () => {
  expect(escapeAssText('{\\b1}bold{\\b0}')).toBe('\\{\\b1\\}bold\\{\\b0\\}');
  expect(escapeAssText('C:\\new \\N \\h')).toBe('C:\\\u2060new \\\u2060N \\\u2060h');
  expect(escapeAssText('ends with \\')).toBe('ends with \\\u2060');
});

test('lines, empty lines and spaces at the ends stay', () => {
  expect(escapeAssText('a\nb\r\nc\u2028d')).toBe('a\\Nb\\Nc\\Nd');
  expect(escapeAssText('a\n\nb')).toBe('a\\N\\h\\Nb');
  expect(escapeAssText('  x ')).toBe('\\h\\hx\\h');
  expect(escapeAssText('a\tb\u0007c')).toBe('a bc');
});

test('emoji are told from words, whatever they are made of', () => {
  const separate = (text: string) => Object.values(separateEmoji(text));
  expect(separate('Hot 🔥 deal 👩‍👩‍👧🇩🇪!')).toEqual(['🔥👩‍👩‍👧🇩🇪', 'Hot  deal !']);
  expect(separate('1️⃣ of 2, ❤️')).toEqual(['1️⃣❤️', ' of 2, ']);
  expect(separate('© 2026 ™ → €5 #1 *')).toEqual(['', '© 2026 ™ → €5 #1 *']);
  expect([hasEmoji('ok 👍'), hasEmoji('ok')]).toEqual([true, false]);
  expect(['🔥', '👍🏽', '🇩🇪', '1️⃣', '👩‍👧', 'é'].map(hasJoinedEmoji)).toEqual([false, true, true, true, true, false]);
});

test('colours are written backwards with transparency first', () => {
  expect(assColour('#11223344')).toBe('&HBB332211');
  expect(assColour('#112233')).toBe('&H00332211');
  expect(assColour('#112233', 0.5)).toBe('&H7F332211');
});

test('times lie half a frame early, so that every first and last frame is right', () => {
  expect(assTime(0, rational(30))).toBe('0:00:00.00');
  expect(assTime(1, rational(30))).toBe('0:00:00.02');
  expect(assTime(108_000, rational(30))).toBe('0:59:59.98');
  for (const rate of [
    rational(24000, 1001),
    rational(25),
    rational(30000, 1001),
    rational(30),
    rational(50),
    rational(60),
  ]) {
    for (let frame = 1; frame < 5000; frame += 1) {
      const [, minutes = '', seconds = ''] = assTime(frame, rate).split(':');
      const at = Number(minutes) * 60 + Number(seconds);
      // libass looks at whole milliseconds.
      const ms = (n: number) => Math.floor((n * 1000 * rate.den) / rate.num);
      expect(at * 1000 <= ms(frame) && at * 1000 > ms(frame - 1)).toBe(true);
    }
  }
});

test('the nearest weight of a family is taken, by the name inside the file', () => {
  expect(pickFace(faces, { family: 'inter', weight: 650, isItalic: false })?.family).toBe('Inter');
  expect(pickFace(faces, { family: 'Inter', weight: 600, isItalic: false })?.family).toBe('Inter SemiBold');
  expect(pickFace(faces, { family: 'Inter', weight: 900, isItalic: true })?.weight).toBe(700);
  expect(pickFace(faces, { family: 'Comic Sans', weight: 400, isItalic: false })).toBeNull();
});

test('a document carries the output size, the style in output pixels, and margins that leave the width asked for', () => {
  const style = textStyleSchema.parse({ fontWeight: 700, sizePx: 90, maxWidth: 0.8, align: 'left', outlinePx: 6 });
  const layer = {
    kind: 'text' as const,
    instance: 'x',
    text: 'Hi, {you}',
    style,
    anchor: { x: 54, y: 480 },
    pixelScale: 0.5,
    opacity: 1,
    wrapScale: null,
    moment: stillMoment,
  };
  const output = { width: 540, height: 960 };
  const text = assDocument({ events: [{ layer, startFrame: 0, endFrame: 30 }], output, rate: rational(30), faces });
  expect(text).toContain('PlayResX: 540\nPlayResY: 960\n');
  expect(text).toContain('YCbCr Matrix: None');
  expect(text).toContain(
    'Style: T0,Inter,45,&H00FFFFFF,&H00FFFFFF,&H00000000,&H7F000000,-1,0,0,0,100,100,0,0,1,3,0,4,54,54,0,1',
  );
  expect(text).toContain('Dialogue: 0,0:00:00.00,0:00:00.98,T0,,0,0,0,,{\\an4\\pos(54,480)}Hi, \\{you\\}');
});
