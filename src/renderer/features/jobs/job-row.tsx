import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, Clock, RotateCw, X } from 'lucide-react';
import type { JobState, JobView } from '#shared/contract/index.ts';
import { attempt, useEngine } from '../../engine/index.ts';
import { ErrorDetails, formatAge, formatEstimate, IconButton, Progress, Spinner } from '../../ui/index.ts';

const icons: Record<JobState, React.ReactNode> = {
  waiting: <Clock className="text-ink-3" />,
  queued: <CircleDashed className="text-ink-3" />,
  running: <Spinner className="size-4 text-accent" />,
  retrying: <RotateCw className="text-warn" />,
  succeeded: <CircleCheck className="text-ok" />,
  failed: <CircleAlert className="text-bad" />,
  cancelled: <CircleSlash className="text-ink-3" />,
};

/** A job's state in words. */
export function jobStateText(job: JobView, nowMs = Date.now()): string {
  switch (job.state) {
    case 'waiting':
      return 'Waits for other work';
    case 'queued':
      return 'Queued';
    case 'running': {
      const eta = job.progress?.etaMs;
      const step = job.progress?.step ?? 'Working';
      return eta ? `${step} · ${formatEstimate(eta)} left` : step;
    }
    case 'retrying':
      return `Failed, tries again in ${Math.max(1, Math.ceil(((job.retryAtMs ?? nowMs) - nowMs) / 1000))} s (attempt ${job.attempt} of ${job.maxAttempts})`;
    case 'succeeded':
      return `Done ${formatAge(job.finishedAtMs ?? nowMs, nowMs)}`;
    case 'failed':
      return job.error?.userMessage ?? 'Failed';
    case 'cancelled':
      return 'Cancelled';
  }
}

/** One job: what it is, how far, and what can be done about it. */
export function JobRow({ job, isCompact = false }: { job: JobView; isCompact?: boolean }) {
  const engine = useEngine();
  const canCancel = ['waiting', 'queued', 'running', 'retrying'].includes(job.state);
  const canRetry = ['failed', 'cancelled'].includes(job.state);
  return (
    <li aria-label={job.title} className="flex items-start gap-2.5 px-3 py-2">
      <span className="mt-0.5 [&>svg]:size-4" aria-hidden>
        {icons[job.state]}
      </span>
      <div className="min-w-0 grow">
        <p className="truncate text-sm text-ink" title={job.title}>
          {job.title}
        </p>
        <p className={isCompact ? 'truncate text-xs text-ink-3' : 'text-xs text-ink-3'}>{jobStateText(job)}</p>
        {job.state === 'running' && (
          <Progress label={`Progress of ${job.title}`} fraction={job.progress?.fraction ?? null} className="mt-1.5" />
        )}
        {!isCompact && job.error && <ErrorDetails data={job.error} />}
      </div>
      {canRetry && (
        <IconButton label="Try again" size="sm" onClick={() => void attempt(() => engine.jobs.retry({ id: job.id }))}>
          <RotateCw />
        </IconButton>
      )}
      {canCancel && (
        <IconButton label="Cancel" size="sm" onClick={() => void attempt(() => engine.jobs.cancel({ id: job.id }))}>
          <X />
        </IconButton>
      )}
    </li>
  );
}
