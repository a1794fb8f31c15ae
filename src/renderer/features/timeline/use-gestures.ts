import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { DragStore } from './drag-store.ts';
import type { GestureScene } from './gesture-view.ts';
import { TimelineGestures } from './gestures.ts';

/**
 * Calls a move again, picture by picture, while it scrolls the timeline: a pointer held at the edge goes on with its drag.
 * Meanwhile a pointer that moves only says from where: each picture has one move.
 */
function scrollingOn(move: (event: PointerEvent<HTMLElement>) => boolean) {
  let request: number | null = null;
  let latest: PointerEvent<HTMLElement>;
  const go = (event: PointerEvent<HTMLElement>): void => {
    latest = event;
    if (request !== null || !move(event)) return;
    request = requestAnimationFrame(() => {
      request = null;
      go(latest);
    });
  };
  return go;
}

/** Gestures of one timeline; what the drag under way shows goes into `drag`. Escape takes a drag back. */
export function useGestures(scene: GestureScene, drag: DragStore) {
  const latest = useRef(scene);
  useEffect(() => {
    latest.current = scene;
  });
  const [gestures] = useState(() => new TimelineGestures(() => latest.current, drag.set));
  const [onMove] = useState(() => scrollingOn(gestures.move));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !gestures.isActive) return;
      event.stopPropagation();
      gestures.cancel();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [gestures]);
  return { gestures, onMove };
}
