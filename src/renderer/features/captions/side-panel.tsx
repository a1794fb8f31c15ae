import { Captions } from 'lucide-react';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { IconButton, useCommands } from '../../ui/index.ts';
import { Inspector } from '../timeline/inspector/inspector.tsx';
import { CaptionsPanel } from './captions-panel.tsx';

const hasCaptionsAtom = rememberedAtom('timeline.captions', false);

/** Beside the player: the inspector, or the captions of the timeline in its place. */
export function SidePanel() {
  const [isCaptions, setCaptions] = useAtom(hasCaptionsAtom);
  const toggle = () => setCaptions((isOn) => !isOn);
  useCommands([
    {
      id: 'captions.show',
      label: isCaptions ? 'Hide captions' : 'Show captions',
      group: 'Captions',
      keys: 'Shift+C',
      run: toggle,
    },
  ]);
  if (isCaptions) return <CaptionsPanel onClose={toggle} />;
  return (
    <Inspector
      actions={
        <IconButton label="Show captions" shortcut="Shift+C" size="sm" onClick={toggle}>
          <Captions />
        </IconButton>
      }
    />
  );
}
