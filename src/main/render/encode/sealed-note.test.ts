import { expect, test } from 'vitest';
import { openNote, sealNote } from './sealed-note.ts';

test('a note is read as it was written, and not at all when any character of it is another', () => {
  const note = { frames: 12, packets: ['a1', 'b2'], follows: null, gainDb: -1.5 };
  const text = sealNote(note);
  expect(openNote(text)).toEqual(note);
  for (let at = 0; at < text.length; at += 1) {
    const changed = `${text.slice(0, at)}${text[at] === '7' ? '8' : '7'}${text.slice(at + 1)}`;
    expect(() => openNote(changed), changed).toThrow();
  }
  expect(() => openNote('')).toThrow();
  expect(() => openNote('{"frames":12}')).toThrow();
});
