import { useAtom } from 'jotai';
import { rememberedAtom } from './remembered.ts';

const isOpenAtom = rememberedAtom('history.isOpen', false);

/** Whether the steps of the open ad are shown beside its page. */
export function useIsHistoryOpen(): [boolean, (isOpen: boolean) => void] {
  return useAtom(isOpenAtom);
}
