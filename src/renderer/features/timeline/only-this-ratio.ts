import { atom, useAtom } from '../../state/index.ts';

const onlyHereAtom = atom(false);

/** Whether changes of layout are for the ratio shown alone; lasts as long as the page. */
export function useOnlyThisRatio(): [boolean, (isOnlyHere: boolean) => void] {
  return useAtom(onlyHereAtom);
}
