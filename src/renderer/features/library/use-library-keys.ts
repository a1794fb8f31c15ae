import { useAtom, useOpenSource } from '../../state/index.ts';
import { type Command, toast, useCommands } from '../../ui/index.ts';
import { noSelection, selectOne } from '../media/selection.ts';
import { useMediaActions } from '../media/use-media-actions.ts';
import { mostSelected, type PagedAssets } from '../media/use-paged-assets.ts';
import { filterAtom, selectionAtom } from './library-state.ts';
import { useSelectedAssets } from './use-selected-assets.ts';

/** Keys of the library page: rate, reject, open, remove, select. */
export function useLibraryKeys(paged: PagedAssets): void {
  const [selection, setSelection] = useAtom(selectionAtom);
  const assets = useSelectedAssets();
  const actions = useMediaActions();
  const openSource = useOpenSource();
  const [filter] = useAtom(filterAtom);
  const ids = [...selection.ids];
  const hasSome = ids.length > 0;
  const [first] = ids;
  // What is gone must not stay selected unseen; the one after it slides into its place, ready for the next judgement.
  const advance = () => {
    const { focus } = selection;
    const next = ids.length === 1 && focus !== null ? paged.at(focus + 1) : null;
    setSelection(next && focus !== null ? selectOne(focus, next.id) : noSelection);
  };
  const selectAll = async () => {
    const all = await paged.idsBetween(0, Math.max(0, (paged.total ?? 0) - 1));
    setSelection((old) => ({ ...old, ids: new Set(all) }));
    if ((paged.total ?? 0) > mostSelected) {
      toast.info(`The first ${mostSelected.toLocaleString('en-US')} are selected: as many as one action takes.`);
    }
  };
  useCommands([
    ...[1, 2, 3, 4, 5, 0].map(
      (rating): Command => ({
        id: `media.rate.${rating}`,
        label: rating === 0 ? 'No rating' : `Rate ${rating}`,
        group: 'Library',
        keys: String(rating),
        isEnabled: hasSome,
        isHidden: true,
        run: () => actions.update(ids, { rating }),
      }),
    ),
    {
      id: 'media.reject',
      label: 'Reject',
      group: 'Library',
      keys: 'X',
      isEnabled: hasSome,
      run: () => {
        const isRejected = !assets.every((asset) => asset.isRejected);
        actions.update(ids, { isRejected });
        if (isRejected && (filter.rejected ?? 'hide') === 'hide') advance();
      },
    },
    {
      id: 'media.open',
      label: 'Open',
      group: 'Library',
      keys: 'Enter',
      isEnabled: ids.length === 1,
      run: () => first && openSource(first),
    },
    {
      id: 'media.remove',
      label: 'Remove from the library',
      group: 'Library',
      keys: ['Delete', 'Backspace'],
      isEnabled: hasSome,
      run: () => actions.remove(ids, advance),
    },
    { id: 'media.all', label: 'Select all', group: 'Library', keys: 'Mod+A', run: () => void selectAll() },
    {
      id: 'media.none',
      label: 'Select nothing',
      group: 'Library',
      keys: 'Escape',
      isEnabled: hasSome,
      isHidden: true,
      run: () => setSelection(noSelection),
    },
  ]);
}
