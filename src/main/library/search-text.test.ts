import { expect, test } from 'vitest';
import { ftsQuery } from './search-text.ts';

test('each word must begin a word; quotes and lone punctuation are no part of it', () => {
  expect(ftsQuery('Red  bottle')).toBe('"Red"* "bottle"*');
  expect(ftsQuery('5" pan')).toBe('"5 "* "pan"*');
  expect(ftsQuery('…  -- ')).toBeNull();
});

test('a NUL parts words: SQLite would end the query there', () => {
  expect(ftsQuery('\0\u{F0000}')).toBe('"\u{F0000}"*');
  expect(ftsQuery('a\0b')).toBe('"a"* "b"*');
});
