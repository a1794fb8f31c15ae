import { AudioLines, Captions } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { IconButton, useCommands } from '../../ui/index.ts';
import { Inspector } from '../timeline/inspector/inspector.tsx';
import { TranscriptPanel } from '../transcript/transcript-panel.tsx';
import { CaptionsPanel } from './captions-panel.tsx';

const sides = ['inspector', 'captions', 'transcript'] as const;
type Side = (typeof sides)[number];
const sideAtom = rememberedAtom<Side>('timeline.side', 'inspector', (value) => sides.some((side) => side === value));

const regions: Partial<Record<Side, string>> = { captions: 'Captions', transcript: 'Transcript' };

/** A panel opened by its key has the focus; closed by it, the focus goes back to where it was. */
function useFocusOfPanel(side: Side, toggle: (wanted: Side) => () => void) {
  const cameFrom = useRef<Element | null>(null);
  const isWanted = useRef(false);
  useEffect(() => {
    const region = regions[side];
    if (!isWanted.current) return;
    isWanted.current = false;
    if (region) document.querySelector<HTMLElement>(`section[aria-label="${region}"][data-area]`)?.focus();
    else if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  }, [side]);
  return (wanted: Side) => () => {
    if (side === 'inspector') cameFrom.current = document.activeElement;
    isWanted.current = true;
    toggle(wanted)();
  };
}

/** Beside the player: the inspector, or in its place the captions or the transcript of the timeline. */
export function SidePanel() {
  const [side, setSide] = useAtom(sideAtom);
  const toggle = (wanted: Side) => () => setSide((shown) => (shown === wanted ? 'inspector' : wanted));
  const byKey = useFocusOfPanel(side, toggle);
  useCommands([
    {
      id: 'captions.show',
      label: side === 'captions' ? 'Hide captions' : 'Show captions',
      group: 'Captions',
      keys: 'Shift+C',
      run: byKey('captions'),
    },
    {
      id: 'transcript.show',
      label: side === 'transcript' ? 'Hide the transcript' : 'Show the transcript',
      group: 'Transcript',
      keys: 'Alt+T',
      run: byKey('transcript'),
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
