import { describe, expect, it } from 'vitest';
import { formatAge, formatBytes, formatCount, formatDuration, formatEstimate, formatShortLength } from './format.ts';

describe('formatting for people', () => {
  it('writes lengths', () => {
    expect([0, 7, 64, 3723].map(formatDuration)).toEqual(['0:00', '0:07', '1:04', '1:02:03']);
    expect(formatShortLength(7.44)).toBe('7.4 s');
    expect(formatShortLength(59.97)).toBe('1:00');
  });
  it('writes sizes without jumping over a unit', () => {
    expect([0, 999, 999_600, 12_400_000, 350e9].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 MB',
      '12.4 MB',
      '350 GB',
    ]);
  });
  it('writes counts, estimates and ages', () => {
    expect(formatCount(1, 'file')).toBe('1 file');
    expect(formatCount(12_000, 'file')).toBe('12,000 files');
    expect([1000, 42_000, 600_000, 9_000_000].map(formatEstimate)).toEqual([
      'a few seconds',
      'about 40 s',
      'about 10 min',
      'about 2.5 h',
    ]);
    const now = Date.UTC(2026, 2, 14, 12);
    expect(formatAge(now - 30_000, now)).toBe('just now');
    expect(formatAge(now - 3 * 3_600_000, now)).toBe('3 h ago');
    expect(formatAge(now - 30 * 3_600_000, now)).toBe('yesterday');
  });
});
