import { useAtom } from 'jotai';
import { rememberedAtom } from './remembered.ts';

const sizesAtom = rememberedAtom<Record<string, number>>(
  'panes',
  {},
  (value) => typeof value === 'object' && value !== null,
);

/** Size in pixels of a pane, remembered under its id. */
export function usePaneSize(id: string, initial: number): [number, (size: number) => void] {
  const [sizes, setSizes] = useAtom(sizesAtom);
  const stored = sizes[id];
  const size = typeof stored === 'number' && Number.isFinite(stored) ? stored : initial;
  return [size, (next) => setSizes((previous) => ({ ...previous, [id]: next }))];
}
