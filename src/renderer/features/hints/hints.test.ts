import { describe, expect, it } from 'vitest';
import { isShortcut } from '../../ui/commands/keys.ts';
import { hintFor, hints, partsOf } from './hints.ts';

describe('hints', () => {
  it('are given one after another on their pages, and end', () => {
    expect(hintFor('/edit/option/x', [])?.id).toBe('edit.keys');
    expect(hintFor('/edit/option/x', ['edit.keys'])?.id).toBe('edit.range');
    expect(hintFor('/', [])?.page).toBe('/');
    expect(
      hintFor(
        '/',
        hints.map(({ id }) => id),
      ),
    ).toBeNull();
    expect(hintFor('/jobs', [])).toBeNull();
  });

  it.each(hints)('$id names keys that are keys', ({ text }) => {
    const keys = partsOf(text).filter((_, at) => at % 2 === 1);
    expect(keys.filter((key) => !isShortcut(key))).toEqual([]);
    expect(partsOf(text).length % 2).toBe(1);
  });
});
