import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import type { JobState } from '#shared/contract/index.ts';
import { attempt, useEngine, useJobs } from '../../engine/index.ts';
import { Button, EmptyState, ErrorNotice, Segmented } from '../../ui/index.ts';
import { Page } from '../frame/page.tsx';
import { JobRow } from './job-row.tsx';
import { activeCount, activeStates } from './jobs-button.tsx';

type Filter = 'active' | 'failed' | 'done' | 'all';
const states: Record<Filter, readonly JobState[] | null> = {
  active: activeStates,
  failed: ['failed'],
  done: ['succeeded', 'cancelled'],
  all: null,
};
const emptyTexts: Record<Filter, string> = {
  active: 'Thumbnails, waveforms, proxies and exports appear here while they are being made.',
  failed: 'Nothing has failed.',
  done: 'Finished jobs are listed here until they are cleared.',
  all: 'Import media or start an export, and the work shows up here.',
};

/** Everything the engine does in the background. */
export function JobsPage() {
  const engine = useEngine();
  const [filter, setFilter] = useState<Filter>('all');
  const { data, error, isPending, refetch } = useJobs(states[filter], 300);
  const counts = data?.counts ?? null;
  const finished = (counts?.succeeded ?? 0) + (counts?.cancelled ?? 0) + (counts?.failed ?? 0);
  const label = (name: string, count: number | undefined) =>
    count ? `${name} ${count.toLocaleString('en-US')}` : name;
  return (
    <Page
      title="Jobs"
      actions={
        <>
          <Segmented
            label="Show"
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'all', label: 'All' },
              { value: 'active', label: label('Active', activeCount(counts)) },
              { value: 'failed', label: label('Failed', counts?.failed) },
              { value: 'done', label: label('Done', (counts?.succeeded ?? 0) + (counts?.cancelled ?? 0)) },
            ]}
          />
          <Button disabled={finished === 0} onClick={() => void attempt(() => engine.jobs.clearFinished())}>
            Clear finished
          </Button>
        </>
      }
    >
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} className="m-4" />}
      {data && data.jobs.length === 0 && (
        <EmptyState icon={<ListChecks />} title={filter === 'failed' ? 'All well' : 'No jobs'}>
          {emptyTexts[filter]}
        </EmptyState>
      )}
      {!isPending && data && data.jobs.length > 0 && (
        <div className="min-h-0 grow overflow-y-auto">
          <ul
            aria-label="Jobs"
            className="mx-auto my-4 max-w-240 divide-y divide-line rounded-lg border border-line bg-panel"
          >
            {data.jobs.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
          {data.total > data.jobs.length && (
            <p className="pb-4 text-center text-sm text-ink-3">
              The newest {data.jobs.length} of {data.total.toLocaleString('en-US')}.
            </p>
          )}
        </div>
      )}
    </Page>
  );
}
