import { AudioLines, Captions } from 'lucide-react';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { IconButton, useCommands } from '../../ui/index.ts';
import { Inspector } from '../timeline/inspector/inspector.tsx';
import { TranscriptPanel } from '../transcript/transcript-panel.tsx';
import { CaptionsPanel } from './captions-panel.tsx';

const sides = ['inspector', 'captions', 'transcript'] as const;
type Side = (typeof sides)[number];
const sideAtom = rememberedAtom<Side>('timeline.side', 'inspector', (value) => sides.some((side) => side === value));

/** Beside the player: the inspector, or in its place the captions or the transcript of the timeline. */
export function SidePanel() {
  const [side, setSide] = useAtom(sideAtom);
  const toggle = (wanted: Side) => () => setSide((shown) => (shown === wanted ? 'inspector' : wanted));
  useCommands([
    {
      id: 'captions.show',
      label: side === 'captions' ? 'Hide captions' : 'Show captions',
      group: 'Captions',
      keys: 'Shift+C',
      run: toggle('captions'),
    },
    {
      id: 'transcript.show',
      label: side === 'transcript' ? 'Hide the transcript' : 'Show the transcript',
      group: 'Transcript',
      keys: 'Alt+T',
      run: toggle('transcript'),
    },
  ]);
  if (side === 'captions') return <CaptionsPanel onClose={toggle('captions')} />;
  if (side === 'transcript') return <TranscriptPanel onClose={toggle('transcript')} />;
  return (
    <Inspector
      actions={
        <>
          <IconButton label="Show the transcript" shortcut="Alt+T" size="sm" onClick={toggle('transcript')}>
            <AudioLines />
          </IconButton>
          <IconButton label="Show captions" shortcut="Shift+C" size="sm" onClick={toggle('captions')}>
            <Captions />
          </IconButton>
        </>
      }
    />
  );
}
