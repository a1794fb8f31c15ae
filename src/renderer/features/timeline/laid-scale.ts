import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { overscanPixels } from './lane-sizes.ts';
import type { TimelineScale } from './model/zoom.ts';
import type { ScrollView } from './use-timeline-view.ts';

/** The zoom and place that clips were last laid out for. */
export interface LaidScale extends TimelineScale {
  /** Pixels beyond both sides of what was visible that were laid out as well. */
  overscan: number;
  /** In the middle of a zoom: pictures and grounds only, without the words and handles that must not be stretched. */
  isBare: boolean;
}

/** How far clips are stretched, either way, before they are laid out anew. */
const mostStretch = 8;
/** The same of clips with their words. */
const mostWordStretch = 1.3;
/** Views to both sides that are laid out in the middle of a zoom: what comes into sight is there. */
const bareViews = 3;

/** What laying out is decided from. */
export interface LayingMoment extends TimelineScale {
  /** The zoom as it last came to rest. */
  restScale: number;
  /** Width of what is visible. */
  width: number;
}

/**
 * What clips are to be laid out for. The first step of a zoom and its rest lay them out; the steps between stretch them as
 * they lie, which costs next to nothing, as long as they are not stretched beyond recognition and none is missing.
 */
export function nextLaid(laid: LaidScale, now: LayingMoment): LaidScale {
  const { pixelsPerFrame, scrollLeft, restScale, width } = now;
  const isGoingOn = restScale !== pixelsPerFrame && restScale !== laid.pixelsPerFrame;
  if (!isGoingOn) return { pixelsPerFrame, scrollLeft, overscan: overscanPixels, isBare: false };
  if (laid.pixelsPerFrame === pixelsPerFrame) return { ...laid, scrollLeft };
  if (isCovered(laid, now)) return laid;
  return { pixelsPerFrame, scrollLeft, overscan: bareViews * width, isBare: true };
}

/** True while what lies there, stretched, fills the view and can still be looked at. */
function isCovered(laid: LaidScale, { pixelsPerFrame, scrollLeft, width }: LayingMoment): boolean {
  const stretch = pixelsPerFrame / laid.pixelsPerFrame;
  const most = laid.isBare ? mostStretch : mostWordStretch;
  if (stretch > most || stretch < 1 / most) return false;
  const from = laid.scrollLeft - laid.overscan;
  const to = laid.scrollLeft + width + laid.overscan;
  return (from <= 0 || scrollLeft / stretch >= from) && (scrollLeft + width) / stretch <= to;
}

/** The view that clips are laid out for: behind that of ruler and playhead while a zoom is under way. */
export interface LaidView extends Pick<ScrollView, 'scrollRef' | 'restScale' | 'width'>, LaidScale {
  /** How wide clips are to be shown as against how they lie; read when they are drawn, changed past React. */
  stretch: RefObject<number>;
}

const stretchable = '[data-stretch]';

/** Stretches lanes, or one just drawn, past React. */
export function stretchLanes(root: Element, stretch: number): void {
  const lanes = root.matches(stretchable) ? [root] : root.querySelectorAll(stretchable);
  for (const lane of lanes)
    if (lane instanceof HTMLElement) lane.style.transform = stretch === 1 ? '' : `scaleX(${stretch})`;
}

/** Keeps the view that clips are laid out for, and stretches them to the one that is seen. */
export function useLaid(scroll: ScrollView): LaidView {
  const { scrollRef, restScale, width } = scroll;
  const laid = useRef<LaidScale>({ ...placeOf(scroll), overscan: overscanPixels, isBare: false });
  laid.current = nextLaid(laid.current, scroll);
  const { pixelsPerFrame, scrollLeft, overscan, isBare } = laid.current;
  const stretch = useRef(1);
  useLayoutEffect(() => {
    const next = scroll.pixelsPerFrame / pixelsPerFrame;
    if (next === stretch.current || !scrollRef.current) return;
    stretch.current = next;
    stretchLanes(scrollRef.current, next);
  });
  return useMemo(
    () => ({ scrollRef, restScale, width, pixelsPerFrame, scrollLeft, overscan, isBare, stretch }),
    [scrollRef, restScale, width, pixelsPerFrame, scrollLeft, overscan, isBare],
  );
}

const placeOf = ({ pixelsPerFrame, scrollLeft }: TimelineScale): TimelineScale => ({ pixelsPerFrame, scrollLeft });
