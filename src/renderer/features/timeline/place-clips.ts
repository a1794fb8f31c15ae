import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { ClipItem } from './model/lanes.ts';

const placed = new WeakMap<HTMLElement, { left: number; width: number }>();

/**
 * Puts the children of a lane, one for each item and in their order, where they belong. Written past React: a zoom moves
 * hundreds of clips with every frame, and none of them has to be rendered for it.
 */
export function useClipPlaces(
  items: readonly Pick<ClipItem, 'startFrame' | 'clip'>[],
  pixelsPerFrame: number,
): RefObject<HTMLDivElement | null> {
  const lane = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const children = lane.current?.children ?? [];
    for (const [at, item] of items.entries()) {
      const element = children[at];
      if (!(element instanceof HTMLElement)) continue;
      const left = item.startFrame * pixelsPerFrame;
      const width = Math.max(2, item.clip.lengthFrames * pixelsPerFrame - 1);
      const before = placed.get(element);
      if (before?.left !== left) element.style.left = `${left}px`;
      if (before?.width !== width) element.style.width = `${width}px`;
      placed.set(element, { left, width });
    }
  });
  return lane;
}
