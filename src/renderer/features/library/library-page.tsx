import { getRouteApi } from '@tanstack/react-router';
import { PanelRight } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo } from 'react';
import { useAtom, useSetAtom } from '../../state/index.ts';
import { ErrorNotice, formatCount, IconButton, SplitPane } from '../../ui/index.ts';
import { Page } from '../frame/page.tsx';
import { selectOne } from '../media/selection.ts';
import { usePagedAssets, useShownRange } from '../media/use-paged-assets.ts';
import { DetailsPanel } from './details-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { LibraryEmpty } from './library-empty.tsx';
import { detailsAtom, filterAtom, isFiltered, selectionAtom, sortAtom, tidyFilter } from './library-state.ts';
import { MediaGrid } from './media-grid.tsx';
import { MissingBanner } from './missing-banner.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useMissingCheck } from './use-missing-check.ts';

const route = getRouteApi('/library');

/** All media: find it, rate it, group it, see what it is. */
export function LibraryPage() {
  useAddress();
  useMissingCheck(route.useSearch().missing === true);
  const [filter] = useAtom(filterAtom);
  const [sort] = useAtom(sortAtom);
  const [areDetailsShown, setDetailsShown] = useAtom(detailsAtom);
  const tidy = useDeferredValue(useMemo(() => tidyFilter(filter), [filter]));
  const [range, setRange] = useShownRange();
  const paged = usePagedAssets(tidy, sort, range.first, range.last);
  const grid = <MediaGrid paged={paged} onRange={setRange} listKey={JSON.stringify([tidy, sort])} />;
  const isEmpty = paged.total === 0;
  return (
    <Page
      title="Library"
      note={
        paged.total === null
          ? null
          : isFiltered(tidy)
            ? `${paged.total.toLocaleString('en-US')} found`
            : formatCount(paged.total, 'item')
      }
      actions={
        <>
          <FilterBar />
          <IconButton label="Details" isActive={areDetailsShown} onClick={() => setDetailsShown(!areDetailsShown)}>
            <PanelRight />
          </IconButton>
        </>
      }
    >
      <MissingBanner />
      {paged.error ? <ErrorNotice error={paged.error} className="m-4" /> : null}
      {isEmpty ? (
        <LibraryEmpty />
      ) : areDetailsShown ? (
        <SplitPane
          id="library-details"
          label="Resize details"
          direction="row"
          sized="second"
          initial={300}
          min={240}
          max={520}
        >
          {grid}
          <DetailsPanel />
        </SplitPane>
      ) : (
        grid
      )}
      <SelectionBar paged={paged} />
    </Page>
  );
}

/** Takes over what the address asks for: one asset, or the missing ones. */
function useAddress(): void {
  const { asset, missing } = route.useSearch();
  const setFilter = useSetAtom(filterAtom);
  const setSelection = useSetAtom(selectionAtom);
  const setDetails = useSetAtom(detailsAtom);
  useEffect(() => {
    if (missing) setFilter({ isMissing: true });
  }, [missing, setFilter]);
  useEffect(() => {
    if (!asset) return;
    setSelection({ ...selectOne(0, asset), anchor: null, focus: null });
    setDetails(true);
  }, [asset, setSelection, setDetails]);
}
