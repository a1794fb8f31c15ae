import { Link } from '@tanstack/react-router';
import { CircleAlert, ListChecks } from 'lucide-react';
import { useState } from 'react';
import type { JobCounts } from '#shared/contract/index.ts';
import { useJobCounts, useJobs } from '../../engine/index.ts';
import { EmptyState, Popover, Spinner } from '../../ui/index.ts';
import { JobRow } from './job-row.tsx';

/** States of jobs that are not over. */
export const activeStates = ['running', 'retrying', 'queued', 'waiting'] as const;

/** How many jobs are not over. */
export function activeCount(counts: JobCounts | null): number {
  return counts ? activeStates.reduce((sum, state) => sum + (counts[state] ?? 0), 0) : 0;
}

/** Jobs at a glance, in the status bar; opens the list. */
export function JobsButton() {
  const counts = useJobCounts();
  const [isOpen, setIsOpen] = useState(false);
  const active = activeCount(counts);
  const failed = counts?.failed ?? 0;
  const text = active > 0 ? `${active} ${active === 1 ? 'job' : 'jobs'}` : failed > 0 ? `${failed} failed` : 'No jobs';
  return (
    <Popover
      label="Jobs"
      side="top"
      align="end"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="w-96"
      trigger={
        <button
          type="button"
          aria-label={`Jobs: ${text}`}
          className="tabular ring-inset-focus flex h-5 shrink-0 items-center gap-1.5 rounded-sm whitespace-nowrap px-1.5 hover:bg-lift hover:text-ink"
        >
          {active > 0 ? (
            <Spinner className="text-accent" />
          ) : failed > 0 ? (
            <CircleAlert className="size-3.5 text-bad" aria-hidden />
          ) : (
            <ListChecks className="size-3.5" aria-hidden />
          )}
          {text}
        </button>
      }
    >
      {isOpen && <JobsPopover onClose={() => setIsOpen(false)} />}
    </Popover>
  );
}

function JobsPopover({ onClose }: { onClose: () => void }) {
  const { data } = useJobs([...activeStates, 'failed'], 30);
  const jobs = data?.jobs ?? [];
  return (
    <>
      <header className="flex h-9 items-center justify-between border-b border-line px-3">
        <h2 className="text-sm font-semibold">Jobs</h2>
        <Link to="/jobs" onClick={onClose} className="rounded-sm text-sm text-accent hover:text-accent-hover">
          Show all
        </Link>
      </header>
      {jobs.length === 0 ? (
        <EmptyState size="sm" icon={<ListChecks />} title="Nothing to do">
          Thumbnails, proxies and exports appear here while they are being made.
        </EmptyState>
      ) : (
        <ul className="max-h-80 divide-y divide-line overflow-y-auto">
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} isCompact />
          ))}
        </ul>
      )}
    </>
  );
}
