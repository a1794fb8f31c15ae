import type { AssetId } from '#shared/model/index.ts';

/** Which items of a listing are selected. Places are indices of the listing. */
export interface Selection {
  ids: ReadonlySet<AssetId>;
  /** Where a range with Shift begins. */
  anchor: number | null;
  /** The item the keyboard is on. */
  focus: number | null;
}

/** Nothing selected. */
export const noSelection: Selection = { ids: new Set(), anchor: null, focus: null };

/** A click without modifiers: this one alone. */
export function selectOne(index: number, id: AssetId): Selection {
  return { ids: new Set([id]), anchor: index, focus: index };
}

/** Ctrl/Cmd click: in or out, the rest stays. */
export function toggleOne(selection: Selection, index: number, id: AssetId): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: index, focus: index };
}

/** Shift click or Shift+arrow: from the anchor to here; `ids` are those in between, both ends included. */
export function selectRange(selection: Selection, index: number, ids: readonly AssetId[]): Selection {
  return { ids: new Set(ids), anchor: selection.anchor ?? index, focus: index };
}

/** Where an arrow key leads in a grid; null when the key is none. */
export function moveFocus(
  key: string,
  focus: number | null,
  columns: number,
  count: number,
  rowsPerPage = 3,
): number | null {
  if (count === 0) return null;
  const at = focus ?? -1;
  const steps: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: focus === null ? 0 : at + columns,
    ArrowUp: at - columns,
    PageDown: at + columns * rowsPerPage,
    PageUp: at - columns * rowsPerPage,
    Home: 0,
    End: count - 1,
  };
  const next = steps[key];
  return next === undefined ? null : Math.min(count - 1, Math.max(0, next));
}
