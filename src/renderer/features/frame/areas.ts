/** Parts of the page that F6 goes to, in the order of the page: those that are marked and can be seen. */
function areas(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-area]')].filter(
    (one) => one.checkVisibility() && one.getClientRects().length > 0,
  );
}

/** Moves the focus to the next (1) or previous (−1) part of the page; Tab goes on from there. */
export function goToArea(direction: 1 | -1): void {
  const all = areas();
  const { activeElement } = document;
  // The innermost part around the focus.
  const at = all.findLastIndex((one) => one.contains(activeElement));
  const next = at < 0 ? (direction > 0 ? 0 : all.length - 1) : (at + direction + all.length) % all.length;
  all[next]?.focus();
}
