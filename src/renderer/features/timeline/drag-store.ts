import { useSyncExternalStore } from 'react';
import { type DragView, noDrag } from './gesture-view.ts';

/**
 * What the drag under way shows, outside of React's state: each move of the pointer draws anew only what it changes,
 * never the whole timeline.
 */
export class DragStore {
  #view: DragView = noDrag;
  readonly #listeners = new Set<() => void>();

  readonly get = (): DragView => this.#view;

  readonly set = (view: DragView): void => {
    if (view === this.#view) return;
    this.#view = view;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** A part of the drag under way; renders anew only when that part changes (compared with `Object.is`). */
export function useDrag<Part>(store: DragStore, select: (view: DragView) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
