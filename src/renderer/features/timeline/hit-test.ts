import { headerWidth, type ScrollView } from './use-timeline-view.ts';

/** The lane under a point of the window, whatever lies over it; "below" where there is none. */
export function laneUnder(x: number, y: number): string {
  for (const element of document.elementsFromPoint(x, y)) {
    const lane = element.closest<HTMLElement>('[data-lane]')?.dataset.lane;
    if (lane) return lane;
  }
  return 'below';
}

/** Clips on screen that a box (pixels of the scrolled content, without the header column) touches. */
export function clipKeysInBox(
  element: HTMLElement | null,
  box: { left: number; top: number; width: number; height: number },
): string[] {
  if (!element) return [];
  const base = element.getBoundingClientRect();
  const left = box.left + base.left + headerWidth - element.scrollLeft;
  const top = box.top + base.top - element.scrollTop;
  return [...element.querySelectorAll<HTMLElement>('[data-clip]')].flatMap((clip) => {
    const at = clip.getBoundingClientRect();
    const touches = at.left < left + box.width && at.right > left && at.top < top + box.height && at.bottom > top;
    return touches && clip.dataset.clip ? [clip.dataset.clip] : [];
  });
}

/** Scrolls when a drag comes near the left or right end of what is visible. */
export function scrollAtEdges(event: { clientX: number }, scroll: ScrollView): void {
  const element = scroll.scrollRef.current;
  if (!element) return;
  const box = element.getBoundingClientRect();
  if (event.clientX > box.right - 28) element.scrollLeft += 14;
  else if (event.clientX < box.left + headerWidth + 28) element.scrollLeft -= 14;
}
