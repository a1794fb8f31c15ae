import type { ClipItem } from './model/lanes.ts';
import { headerWidth, type ScrollView } from './use-timeline-view.ts';

/** The lane under a point of the window, whatever lies over it; "below" where there is none. */
export function laneUnder(x: number, y: number): string {
  const timeline = document.querySelector('[data-testid="timeline-scroll"]');
  if (!timeline || !contains(timeline.getBoundingClientRect(), x, y)) return 'below';
  // By geometry: the browser's own search goes through every clip.
  for (const lane of timeline.querySelectorAll<HTMLElement>('[data-lane]:not([data-lane="below"])'))
    if (lane.dataset.lane && contains(lane.getBoundingClientRect(), x, y)) return lane.dataset.lane;
  return 'below';
}

const contains = (box: DOMRect, x: number, y: number) =>
  x >= box.left && x < box.right && y >= box.top && y < box.bottom;

/** Items that a box (pixels of the scrolled content, without the header column) touches, in view or not. */
export function itemsInBox(
  element: HTMLElement | null,
  box: { left: number; top: number; width: number; height: number },
  { items, pixelsPerFrame }: { items: readonly ClipItem[]; pixelsPerFrame: number },
): ClipItem[] {
  if (!element) return [];
  const base = element.getBoundingClientRect().top - element.scrollTop;
  const lanes = new Set<string>();
  for (const lane of element.querySelectorAll<HTMLElement>('[data-lane]')) {
    const { top, bottom } = lane.getBoundingClientRect();
    if (lane.dataset.lane && top - base < box.top + box.height && bottom - base > box.top) lanes.add(lane.dataset.lane);
  }
  const from = box.left / pixelsPerFrame;
  const to = (box.left + box.width) / pixelsPerFrame;
  return items.filter((item) => lanes.has(item.lane.key) && item.startFrame < to && item.endFrame > from);
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
