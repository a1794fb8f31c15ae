import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClipId } from '#shared/model/index.ts';
import type { GlobalLane } from './model/globals.ts';
import type { TimelineView } from './model/lanes.ts';

/** What is selected, by key; without what is no longer there, and with what has arrived since it was asked for. */
export function useSelection(view: TimelineView, globals: readonly GlobalLane[], markKeys: readonly string[]) {
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const awaited = useRef(new Set<string>());
  useEffect(() => {
    const known = new Set([
      ...view.items.map((item) => item.key),
      ...globals.flatMap((lane) => lane.items.map((item) => item.key)),
      ...markKeys,
    ]);
    const arrived = view.items.filter((item) => awaited.current.has(item.clip.id)).map((item) => item.key);
    if (arrived.length > 0) {
      awaited.current.clear();
      setSelection(new Set(arrived));
    } else
      setSelection((old) =>
        [...old].every((key) => known.has(key)) ? old : new Set([...old].filter((key) => known.has(key))),
      );
  }, [view, globals, markKeys]);
  const select = useCallback((keys: Iterable<string>) => setSelection(new Set(keys)), []);
  const selectClips = useCallback((clipIds: Iterable<ClipId>) => {
    awaited.current = new Set(clipIds);
  }, []);
  return { selection, select, selectClips };
}
