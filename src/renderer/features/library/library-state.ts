import type { AssetFilterInput } from '#shared/contract/index.ts';
import { atom, rememberedAtom } from '../../state/index.ts';
import { noSelection } from '../media/selection.ts';
import type { AssetSort } from '../media/use-paged-assets.ts';

/** What the library page shows; lasts as long as the page. */
export const filterAtom = atom<AssetFilterInput>({});
/** Order of the library page. */
export const sortAtom = rememberedAtom<AssetSort>('library.sort', 'newest');
/** What is selected there. */
export const selectionAtom = atom(noSelection);
/** Whether the details panel is shown. */
export const detailsAtom = rememberedAtom('library.details', true);

/** A filter without what is empty: so that equal filters are one query. */
export function tidyFilter(filter: AssetFilterInput): AssetFilterInput {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([key, value]) =>
        value !== undefined &&
        value !== '' &&
        !(Array.isArray(value) && value.length === 0) &&
        !(key === 'minRating' && value === 0) &&
        !(key === 'rejected' && value === 'hide'),
    ),
  );
}

/** Does anything narrow the listing? */
export function isFiltered(filter: AssetFilterInput): boolean {
  return Object.keys(tidyFilter(filter)).length > 0;
}
