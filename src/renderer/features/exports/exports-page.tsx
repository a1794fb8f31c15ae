import { Clapperboard } from 'lucide-react';
import { useMemo, useState } from 'react';
import { attempt, useEngine, useExports } from '../../engine/index.ts';
import { useOpenDialog } from '../../state/index.ts';
import {
  Badge,
  Button,
  EmptyState,
  ErrorNotice,
  formatAge,
  formatCount,
  Progress,
  SearchInput,
} from '../../ui/index.ts';
import { Page } from '../frame/page.tsx';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { ExportRow } from './export-row.tsx';
import { type ExportBatch, groupExports } from './group-exports.ts';

/** Every file made or being made, by batch. */
export function ExportsPage() {
  const { data, error, refetch } = useExports(undefined, 500);
  const openDialog = useOpenDialog();
  const { id } = useCurrentProject();
  const [search, setSearch] = useState('');
  const batches = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const fits = (data?.exports ?? []).filter((one) =>
      `${one.projectName} ${one.variantName} ${one.fileName} ${one.ratio}`.toLowerCase().includes(wanted),
    );
    return groupExports(fits);
  }, [data, search]);
  return (
    <Page
      title="Exports"
      note={data ? formatCount(data.total, 'file') : null}
      actions={<SearchInput label="Search exports" value={search} onChange={setSearch} className="w-56" />}
    >
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} className="m-4" />}
      {data?.total === 0 && (
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
      )}
      {data && data.total > 0 && batches.length === 0 && (
        <EmptyState icon={<Clapperboard />} title={`No export fits “${search}”`} />
      )}
      {batches.length > 0 && (
        <div className="min-h-0 grow overflow-y-auto">
          <div className="mx-auto flex max-w-280 flex-col gap-6 p-4">
            {batches.map((batch) => (
              <Batch key={batch.id} batch={batch} />
            ))}
          </div>
        </div>
      )}
    </Page>
  );
}

function Batch({ batch }: { batch: ExportBatch }) {
  const engine = useEngine();
  const { exports } = batch;
  const forget = () => void attempt(() => engine.render.forget({ ids: exports.map((one) => one.id) }));
  return (
    <section aria-label={`Batch of ${batch.projectName}`}>
      <header className="mb-1.5 flex h-7 items-center gap-3">
        <h3 className="truncate text-base font-semibold">{batch.projectName}</h3>
        <span className="tabular text-sm text-ink-3">
          {formatAge(batch.createdAtMs)} · {batch.finished} of {formatCount(exports.length, 'file')} done
        </span>
        {batch.failed > 0 && <Badge tone="bad">{batch.failed} failed</Badge>}
        <div className="grow" />
        {batch.isActive ? (
          <>
            <Progress label="Progress of the batch" fraction={batch.fraction} className="w-40" />
            <Button size="sm" onClick={() => void attempt(() => engine.render.cancel({ batchId: batch.id }))}>
              Cancel all
            </Button>
          </>
        ) : (
          <Button size="sm" variant="ghost" onClick={forget} title="The files stay where they are">
            Take off the list
          </Button>
        )}
      </header>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel">
        {exports.map((one) => (
          <ExportRow key={one.id} export={one} />
        ))}
      </ul>
    </section>
  );
}
