import type { Transport } from '../../preview/transport.ts';
import type { Command } from '../../ui/index.ts';
import { type Marks, markIn, markOut, noMarks } from './marks.ts';

interface SourceCommandScene {
  transport: Transport;
  marks: Marks;
  setMarks: (marks: Marks) => void;
  actions: { rate: (rating: number) => void; toggleReject: () => void; addSubclip: () => void };
  /** Stills have no in and out. */
  isTimed: boolean;
}

/** Keys of the source viewer beside those of the player. */
export function sourceCommands({ transport, marks, setMarks, actions, isTimed }: SourceCommandScene): Command[] {
  const group = 'Source viewer';
  const frame = () => transport.getState().frame;
  const timed = { group, isEnabled: isTimed };
  return [
    { id: 'source.in', label: 'Mark in', keys: 'I', ...timed, run: () => setMarks(markIn(marks, frame())) },
    { id: 'source.out', label: 'Mark out', keys: 'O', ...timed, run: () => setMarks(markOut(marks, frame())) },
    { id: 'source.toIn', label: 'Go to in', keys: 'Shift+I', ...timed, run: () => transport.seek(marks.inFrame ?? 0) },
    {
      id: 'source.toOut',
      label: 'Go to out',
      keys: 'Shift+O',
      ...timed,
      run: () => transport.seek((marks.outFrame ?? transport.getState().lengthFrames) - 1),
    },
    { id: 'source.clear', label: 'Clear in and out', keys: 'Alt+X', ...timed, run: () => setMarks(noMarks) },
    { id: 'source.subclip', label: 'Keep as subclip', keys: 'S', ...timed, run: actions.addSubclip },
    { id: 'source.reject', label: 'Reject or take back', group, keys: 'X', run: actions.toggleReject },
    ...[0, 1, 2, 3, 4, 5].map(
      (stars): Command => ({
        id: `source.rate.${stars}`,
        label: stars === 0 ? 'No rating' : `Rate ${stars} ${stars === 1 ? 'star' : 'stars'}`,
        group,
        keys: `Shift+${stars}`,
        run: () => actions.rate(stars),
      }),
    ),
  ];
}
