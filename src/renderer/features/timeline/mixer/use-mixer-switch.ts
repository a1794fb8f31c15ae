import { rememberedAtom, useAtom } from '../../../state/index.ts';
import { useCommands } from '../../../ui/index.ts';

const isMixingAtom = rememberedAtom('timeline.mixer', false);

/** Whether the mixer is shown. */
export function useIsMixing(): [boolean, () => void] {
  const [isMixing, setMixing] = useAtom(isMixingAtom);
  return [isMixing, () => setMixing((isOn) => !isOn)];
}

/** Whether the mixer is shown, with its command. */
export function useMixerSwitch(): [boolean, () => void] {
  const [isMixing, toggle] = useIsMixing();
  useCommands([
    {
      id: 'timeline.mixer',
      label: isMixing ? 'Hide mixer' : 'Show mixer',
      group: 'Timeline',
      keys: 'Shift+A',
      run: toggle,
    },
  ]);
  return [isMixing, toggle];
}
