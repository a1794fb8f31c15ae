import { useSyncExternalStore } from 'react';
import { type DragView, noDrag } from './gesture-view.ts';
import { ValueStore } from './value-store.ts';

/**
 * What the drag under way shows, outside of React's state: each move of the pointer draws anew only what it changes,
 * never the whole timeline.
 */
export class DragStore extends ValueStore<DragView> {
  constructor() {
    super(noDrag);
  }
}

/** A part of the drag under way; renders anew only when that part changes (compared with `Object.is`). */
export function useDrag<Part>(store: DragStore, select: (view: DragView) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
