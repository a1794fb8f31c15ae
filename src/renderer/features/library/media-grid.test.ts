import { describe, expect, it } from 'vitest';
import { isFiltered, tidyFilter } from './library-state.ts';
import { gridLayout } from './media-grid.tsx';
import { dayOf, endOfDay } from './rights-form.tsx';

describe('gridLayout', () => {
  it('keeps the tiles on screen well under a hundred, whatever the window', () => {
    for (const [width, height] of [
      [400, 500],
      [1100, 700],
      [1600, 900],
      [2400, 1300],
      [3800, 2000],
    ] as const) {
      const { columns, rowHeight } = gridLayout(width);
      const rows = Math.ceil(height / rowHeight) + 1 + 2;
      expect(columns * rows, `${width} × ${height}`).toBeLessThan(100);
    }
  });
});

describe('library filter', () => {
  it('drops what narrows nothing, so that equal filters are one query', () => {
    expect(tidyFilter({ search: '', kinds: [], minRating: 0, rejected: 'hide', tags: ['ugc'] })).toEqual({
      tags: ['ugc'],
    });
    expect(isFiltered({ search: '', rejected: 'hide' })).toBe(false);
    expect(isFiltered({ rejected: 'only' })).toBe(true);
  });
});

describe('rights', () => {
  it('end with their last day', () => {
    const end = endOfDay('2026-03-14');
    expect(dayOf(end)).toBe('2026-03-14');
    expect(new Date(end ?? 0).getHours()).toBe(23);
    expect(endOfDay('')).toBeNull();
    expect(dayOf(null)).toBe('');
  });
});
