/** Words chosen: from where the choice began to where it has come, by their index. */
export interface WordSelection {
  anchor: number;
  focus: number;
}

/** The first and the last word chosen. */
export function rangeOf({ anchor, focus }: WordSelection): { from: number; to: number } {
  return { from: Math.min(anchor, focus), to: Math.max(anchor, focus) };
}

/** How keys move in the script; null for keys that do not. */
export function moveSelection(
  selection: WordSelection | null,
  press: { key: string; shiftKey: boolean },
  count: number,
): WordSelection | null {
  if (count === 0) return null;
  const at = selection?.focus ?? -1;
  const focus = target(press.key, at, count);
  if (focus === null) return null;
  const bounded = Math.min(count - 1, Math.max(0, focus));
  return { anchor: press.shiftKey && selection ? selection.anchor : bounded, focus: bounded };
}

function target(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return at - 1;
    case 'ArrowRight':
      return at + 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
