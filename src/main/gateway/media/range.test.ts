import { describe, expect, it } from 'vitest';
import { parseRange } from './range.ts';

describe('parseRange', () => {
  it('reads a range with both ends', () => expect(parseRange('bytes=2-5', 10)).toEqual({ start: 2, end: 5 }));
  it('reads an open range', () => expect(parseRange('bytes=4-', 10)).toEqual({ start: 4, end: 9 }));
  it('reads the last bytes', () => expect(parseRange('bytes=-3', 10)).toEqual({ start: 7, end: 9 }));
  it('gives the whole file for a suffix longer than it', () =>
    expect(parseRange('bytes=-99', 10)).toEqual({ start: 0, end: 9 }));
  it('cuts an end beyond the file', () => expect(parseRange('bytes=8-99', 10)).toEqual({ start: 8, end: 9 }));
  it('reads exactly the last byte', () => expect(parseRange('bytes=9-9', 10)).toEqual({ start: 9, end: 9 }));
  it.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('refuses %s of ten bytes', (header) =>
    expect(parseRange(header, 10)).toBe('unsatisfiable'),
  );
  it('refuses any range of an empty file', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable');
  });
  it.each([null, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,4-5', 'items=0-1', 'bytes=a-b', 'bytes=-1-2'])(
    'ignores %s',
    (header) => expect(parseRange(header, 10)).toBeNull(),
  );
  it('survives numbers beyond what a file can have', () =>
    expect(parseRange('bytes=99999999999999999999-', 10)).toBe('unsatisfiable'));
});
