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

/** How near to an end a drag scrolls. */
const edgePixels = 28;

/** Pixels of one step: faster the farther the pointer is out. */
const scrollStep = (depthPixels: number): number => Math.min(24, Math.max(1, Math.round(depthPixels / 2)));

/** Scrolls when a drag comes near an end of what is visible; true when there was something left to scroll to. */
export function scrollAtEdges(
  event: { clientX: number; clientY: number },
  scroll: ScrollView,
  isVertical = false,
): boolean {
  const element = scroll.scrollRef.current;
  if (!element) return false;
  const box = element.getBoundingClientRect();
  const { scrollLeft, scrollTop } = element;
  const left = box.left + headerWidth + edgePixels;
  const right = box.right - edgePixels;
  if (event.clientX > right) element.scrollLeft += scrollStep(event.clientX - right);
  else if (event.clientX < left) element.scrollLeft -= scrollStep(left - event.clientX);
  // Below the ruler and the names of the sections, which stay in view.
  if (isVertical && event.clientY > box.bottom - edgePixels) element.scrollTop += 8;
  else if (isVertical && event.clientY < box.top + 60) element.scrollTop -= 8;
  return element.scrollLeft !== scrollLeft || element.scrollTop !== scrollTop;
}
