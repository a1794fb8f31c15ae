import { useEffect, useMemo, useState } from 'react';
import { type Command, useCommands } from '../../ui/index.ts';
import { useTransportState } from '../player/index.ts';
import type { EditorModel } from './editor-model.ts';
import { type MarkedRange, noRange, rangeOf, removeRangeEdit, withIn, withOut } from './model/range.ts';

/** The marked stretch, and what can be done with it. */
export interface RangeActions {
  range: MarkedRange | null;
  /** Takes the stretch out of all tracks that are not locked; `isRipple` closes it. */
  remove: (isRipple: boolean) => void;
  clear: () => void;
}

/** In and out on the timeline, with their commands. While the player loops, it loops between them. */
export function useRange(model: EditorModel, current: () => EditorModel): RangeActions {
  const { transport, view } = model;
  const [marks, setMarks] = useState(noRange);
  const range = useMemo(() => rangeOf(marks, view.lengthFrames), [marks, view.lengthFrames]);
  const isLooping = useTransportState(transport, (state) => state.isLooping);
  useEffect(() => {
    transport.setRange(isLooping ? range : null);
    return () => transport.setRange(null);
  }, [transport, range, isLooping]);

  const frame = () => transport.getState().frame;
  const clear = () => setMarks(noRange);
  const remove = (isRipple: boolean) => {
    if (!range || !current().commit(removeRangeEdit(current().view, range, isRipple))) return;
    transport.pause();
    transport.seek(range.startFrame);
    clear();
  };
  useCommands(
    rangeCommands(range, {
      setIn: () => setMarks(withIn(marks, frame())),
      setOut: () => setMarks(withOut(marks, frame())),
      remove,
      clear,
    }),
  );
  return { range, remove, clear };
}

interface RangeDeeds {
  setIn: () => void;
  setOut: () => void;
  remove: (isRipple: boolean) => void;
  clear: () => void;
}

function rangeCommands(range: MarkedRange | null, deeds: RangeDeeds): Command[] {
  const group = 'Timeline';
  const isEnabled = range !== null;
  return [
    { id: 'timeline.in', label: 'Mark in', group, keys: 'I', run: deeds.setIn },
    { id: 'timeline.out', label: 'Mark out', group, keys: 'O', run: deeds.setOut },
    { id: 'timeline.clearRange', label: 'Clear in and out', group, keys: 'Alt+X', isEnabled, run: deeds.clear },
    {
      ...{ id: 'timeline.removeRange', label: 'Cut out from in to out', group, keys: "'", isEnabled },
      run: () => deeds.remove(true),
    },
    {
      ...{ id: 'timeline.liftRange', label: 'Empty from in to out', group, keys: ';', isEnabled },
      run: () => deeds.remove(false),
    },
  ];
}
