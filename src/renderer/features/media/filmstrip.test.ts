import { describe, expect, it } from 'vitest';
import { tileAt, tileStyle } from './filmstrip.ts';
import { columnPeaks } from './waveform.tsx';

const strip = { columns: 4, rows: 3, tileWidth: 90, tileHeight: 160, count: 10, intervalSeconds: 2 };

describe('filmstrip', () => {
  it('finds the tile of a moment and never leaves the sheet', () => {
    expect(tileAt(strip, 0, 20)).toBe(0);
    expect(tileAt(strip, 0.5, 20)).toBe(5);
    expect(tileAt(strip, 1, 20)).toBe(9);
  });
  it('places the tile by column and row', () => {
    expect(tileStyle(strip, 5)).toEqual({
      backgroundSize: '400% 300%',
      backgroundPosition: `${(1 / 3) * 100}% 50%`,
    });
    expect(tileStyle({ ...strip, columns: 1, rows: 1, count: 1 }, 3).backgroundPosition).toBe('0% 0%');
  });
});

describe('columnPeaks', () => {
  it('takes the loudest of each column, whichever side it is on', () => {
    const pairs = new Int8Array([-10, 20, -128, 5, 0, 0, -1, 64]);
    expect(columnPeaks(pairs, 2)).toEqual([1, 0.5]);
  });
  it('draws silence for an empty waveform', () => {
    expect(columnPeaks(new Int8Array(), 3)).toEqual([0, 0, 0]);
  });
});
