import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Frames } from '#shared/units/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { fitZoom, rangeScale, scrollToShow, zoomAround } from './model/zoom.ts';

/** Width of the column with the names of the lanes. */
export const headerWidth = 156;

/** Zoom and scroll of the timeline, and the ways to change them. */
export interface ScrollView {
  scrollRef: RefObject<HTMLDivElement | null>;
  pixelsPerFrame: number;
  /** The zoom as it last came to rest: what takes long to paint is painted for it, and stretched meanwhile. */
  restScale: number;
  scrollLeft: number;
  /** Width of what is visible of the lanes. */
  width: number;
  zoomBy: (steps: number, anchorPixel?: number) => void;
  showAll: () => void;
  /** Fills the view with a stretch. */
  showRange: (startFrame: Frames, endFrame: Frames) => void;
  scrollTo: (scrollLeft: number) => void;
}

/** What keys and buttons do with zoom and scroll. */
export type ScrollDeeds = Pick<ScrollView, 'zoomBy' | 'showAll' | 'showRange'>;

/** A zoom has come to rest when it has stayed for this long. */
const restMs = 250;

function useRest(value: number): number {
  const [rest, setRest] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRest(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rest;
}

/** Keeps zoom and scroll; fits the content once when it first has a length. */
export function useScrollView(lengthFrames: Frames, transport: Transport, identity: string): ScrollView {
  const scrollRef = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState({ pixelsPerFrame: 4, scrollLeft: 0 });
  const [width, setWidth] = useState(0);
  const fitted = useRef('');
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    const element = scrollRef.current;
    if (!element) return;
    const measure = () => setWidth(Math.max(0, element.clientWidth - headerWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const showAll = useCallback(() => {
    wanted.current = 0;
    setScale({ pixelsPerFrame: fitZoom(lengthFrames, width), scrollLeft: 0 });
  }, [lengthFrames, width]);

  const showRange = useCallback(
    (startFrame: Frames, endFrame: Frames) => {
      const next = rangeScale(startFrame, endFrame, width);
      wanted.current = next.scrollLeft;
      setScale(next);
    },
    [width],
  );

  useEffect(() => {
    if (fitted.current === identity || lengthFrames === 0 || width === 0) return;
    fitted.current = identity;
    showAll();
  }, [identity, lengthFrames, width, showAll]);

  // A new zoom first makes the content wider or narrower, then it can be scrolled.
  useLayoutEffect(() => {
    const element = scrollRef.current;
    if (!element || wanted.current === null) return;
    element.scrollLeft = wanted.current;
    wanted.current = null;
  });

  const zoomBy = useCallback(
    (steps: number, anchorPixel?: number) => {
      setScale((old) => {
        const playhead = transport.getState().frame * old.pixelsPerFrame - old.scrollLeft;
        const anchor = anchorPixel ?? (playhead >= 0 && playhead <= width ? playhead : width / 2);
        const next = zoomAround(old, steps, anchor);
        // The browser scrolls by whole pixels: what it says afterwards is then no other place.
        const scrollLeft = Math.round(next.scrollLeft);
        wanted.current = scrollLeft;
        return { ...next, scrollLeft };
      });
    },
    [transport, width],
  );

  useEffect(() => {
    const element = scrollRef.current;
    if (!element) return;
    const onScroll = () => {
      // Read here: within the update it would make the browser lay the page out in the middle of drawing it.
      const { scrollLeft } = element;
      setScale((old) => (old.scrollLeft === scrollLeft ? old : { ...old, scrollLeft }));
    };
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const anchor = event.clientX - element.getBoundingClientRect().left - headerWidth;
      zoomBy(-Math.sign(event.deltaY) * Math.min(2, Math.max(0.4, Math.abs(event.deltaY) / 60)), Math.max(0, anchor));
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [zoomBy]);

  const scrollTo = useCallback((scrollLeft: number) => {
    if (scrollRef.current) scrollRef.current.scrollLeft = scrollLeft;
  }, []);

  // During playback the page turns with the playhead; a seek brings it into view.
  useEffect(() => {
    let last = transport.getState().frame;
    return transport.subscribe(() => {
      const { frame, isScrubbing } = transport.getState();
      const element = scrollRef.current;
      if (frame === last || isScrubbing || !element) return;
      last = frame;
      const left = scrollToShow(frame, { pixelsPerFrame: scale.pixelsPerFrame, scrollLeft: element.scrollLeft }, width);
      if (left !== element.scrollLeft) element.scrollLeft = left;
    });
  }, [transport, scale.pixelsPerFrame, width]);

  const restScale = useRest(scale.pixelsPerFrame);
  return useMemo(
    () => ({ scrollRef, ...scale, restScale, width, zoomBy, showAll, showRange, scrollTo }),
    [scale, restScale, width, zoomBy, showAll, showRange, scrollTo],
  );
}
