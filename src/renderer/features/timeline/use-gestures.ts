import { useEffect, useRef, useState } from 'react';
import type { EditorModel } from './editor-model.ts';
import { type DragView, type GestureScene, noDrag } from './gesture-view.ts';
import { TimelineGestures } from './gestures.ts';
import type { ScrollView } from './use-timeline-view.ts';

/** Gestures of one timeline, and what the drag under way shows. Escape takes a drag back. */
export function useGestures(model: EditorModel, scroll: ScrollView, isSnapping: boolean) {
  const [drag, setDrag] = useState<DragView>(noDrag);
  const latest = useRef<GestureScene>({ model, scroll, isSnapping });
  useEffect(() => {
    latest.current = { model, scroll, isSnapping };
  });
  const [gestures] = useState(() => new TimelineGestures(() => latest.current, setDrag));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !gestures.isActive) return;
      event.stopPropagation();
      gestures.cancel();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [gestures]);
  return { drag, gestures };
}
