import { Clapperboard, Pause, Play } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ExportBatch } from '#shared/contract/index.ts';
import { attempt, useEngine } from '../../engine/index.ts';
import { useOpenDialog } from '../../state/index.ts';
import {
  Button,
  EmptyState,
  ErrorNotice,
  formatCount,
  IconButton,
  SearchInput,
  Segmented,
  Spinner,
} from '../../ui/index.ts';
import { Page } from '../frame/page.tsx';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { ExportList } from './export-list.tsx';
import { countOf, isActive, type StateFilter, statesOf } from './group-exports.ts';
import { type BatchFilter, useExportBatches } from './use-export-batches.ts';

const filters: readonly { value: StateFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Under way' },
  { value: 'finished', label: 'Finished' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
];

/** Every file made or being made, by batch. */
export function ExportsPage() {
  const [states, setStates] = useState<StateFilter>('all');
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search.trim());
  const filter = useMemo<BatchFilter>(() => {
    const wanted = statesOf(states);
    return { ...(wanted ? { states: wanted } : {}), ...(words ? { search: words } : {}) };
  }, [states, words]);
  const { data: batches, error, refetch } = useExportBatches(filter);
  const isNarrowed = states !== 'all' || words !== '';
  const isEmpty = batches?.length === 0;
  return (
    <Page
      title="Exports"
      note={
        batches
          ? formatCount(
              batches.reduce((sum, batch) => sum + batch.fitting, 0),
              'file',
            )
          : null
      }
      actions={
        <>
          {batches && <AllActions batches={batches} />}
          <Segmented label="Show" value={states} onChange={setStates} options={filters} size="sm" />
          <SearchInput label="Search exports" value={search} onChange={setSearch} className="w-48" />
        </>
      }
    >
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} className="m-4" />}
      {!batches && !error && <Spinner label="Reading the exports" className="m-6 size-5" />}
      {isEmpty && !isNarrowed && <NothingYet />}
      {isEmpty && isNarrowed && (
        <EmptyState
          icon={<Clapperboard />}
          title={words === '' ? 'No export is in this state' : `No export fits “${words}”`}
        />
      )}
      {batches && batches.length > 0 && <ExportList batches={batches} filter={filter} />}
    </Page>
  );
}

function NothingYet() {
  const openDialog = useOpenDialog();
  const { id } = useCurrentProject();
  return (
    <EmptyState
      icon={<Clapperboard />}
      title="Nothing exported yet"
      actions={
        id && (
          <Button variant="primary" onClick={() => openDialog({ kind: 'export', variants: null })}>
            Export this ad…
          </Button>
        )
      }
    >
      Finished files are listed here, checked, ready to play and to hand over.
    </EmptyState>
  );
}

/** Pauses or goes on with everything, when that is about more than one batch. */
function AllActions({ batches }: { batches: readonly ExportBatch[] }) {
  const engine = useEngine();
  const active = batches.filter(isActive).length;
  const paused = batches.filter((batch) => batch.counts.paused > 0 && countOf(batch) > 0).length;
  return (
    <>
      {active > 1 && (
        <IconButton label="Pause all exports" onClick={() => void attempt(() => engine.render.pause({ isAll: true }))}>
          <Pause />
        </IconButton>
      )}
      {paused > 1 && (
        <IconButton
          label="Resume all exports"
          onClick={() => void attempt(() => engine.render.resume({ isAll: true }))}
        >
          <Play />
        </IconButton>
      )}
    </>
  );
}
