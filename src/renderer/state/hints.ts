import { useAtom } from 'jotai';
import { rememberedAtom } from './remembered.ts';

const seenAtom = rememberedAtom<string[]>('hints.seen', [], Array.isArray);
const areOffAtom = rememberedAtom('hints.areOff', false);

/** Hints that were put away, and the ways to put them away and bring them back. */
export function useHints() {
  const [seen, setSeen] = useAtom(seenAtom);
  const [areOff, setOff] = useAtom(areOffAtom);
  return {
    seen,
    areOff,
    putAway: (id: string) => setSeen((old) => [...old, id]),
    /** All of them come again when they are turned on. */
    turn: (isOn: boolean) => {
      setOff(!isOn);
      if (isOn) setSeen([]);
    },
  };
}
