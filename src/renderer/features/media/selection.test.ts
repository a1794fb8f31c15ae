import { describe, expect, it } from 'vitest';
import type { AssetId } from '#shared/model/index.ts';
import { moveFocus, noSelection, selectOne, selectRange, toggleOne } from './selection.ts';

const id = (name: string) => name as AssetId;

describe('selection', () => {
  it('takes one alone, then adds and removes others', () => {
    let selection = selectOne(2, id('c'));
    selection = toggleOne(selection, 4, id('e'));
    expect([...selection.ids]).toEqual(['c', 'e']);
    expect([...toggleOne(selection, 2, id('c')).ids]).toEqual(['e']);
  });
  it('keeps the anchor while a range grows and shrinks', () => {
    const start = selectOne(2, id('c'));
    const longer = selectRange(start, 4, [id('c'), id('d'), id('e')]);
    expect(longer).toMatchObject({ anchor: 2, focus: 4 });
    expect(selectRange(longer, 1, [id('b'), id('c')])).toMatchObject({ anchor: 2, focus: 1 });
    expect(selectRange(noSelection, 3, [id('d')]).anchor).toBe(3);
  });
});

describe('moveFocus', () => {
  it('walks the grid and stops at its edges', () => {
    expect(moveFocus('ArrowDown', 1, 4, 10)).toBe(5);
    expect(moveFocus('ArrowDown', 8, 4, 10)).toBe(9);
    expect(moveFocus('ArrowLeft', 0, 4, 10)).toBe(0);
    expect(moveFocus('End', 0, 4, 10)).toBe(9);
  });
  it('begins at the first item', () => {
    expect(moveFocus('ArrowRight', null, 4, 10)).toBe(0);
    expect(moveFocus('ArrowDown', null, 4, 10)).toBe(0);
  });
  it('has nowhere to go in an empty list, or by other keys', () => {
    expect(moveFocus('ArrowDown', null, 4, 0)).toBeNull();
    expect(moveFocus('a', 1, 4, 10)).toBeNull();
  });
});
