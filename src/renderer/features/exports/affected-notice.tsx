import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ProjectId } from '#shared/model/index.ts';
import { attempt, useEngine, useVariantStates } from '../../engine/index.ts';
import { Button, formatCount, formatEstimate, toast } from '../../ui/index.ts';
import { nextVersionName } from './why.ts';

/** While somebody types, nothing is computed. */
const settleMs = 700;

/** Says which exports no longer show the ad as it is, what it costs to make them again, and does it. */
export function AffectedNotice({ projectId }: { projectId: ProjectId }) {
  const engine = useEngine();
  const navigate = useNavigate();
  const [isStarting, setIsStarting] = useState(false);
  const affected = useAffected(projectId);
  const count = affected?.exportIds.length ?? 0;
  if (!affected || count === 0) return null;
  const start = async () => {
    setIsStarting(true);
    const started = await attempt(() => engine.render.reexport({ exportIds: affected.exportIds }));
    setIsStarting(false);
    if (started) toast.done(`Exporting ${formatCount(started.exports.length, 'file')} again.`);
  };
  const problem = affected.problems.find((one) => one.severity === 'error');
  return (
    <section
      aria-label="Exports affected by your edits"
      className="flex min-h-10 shrink-0 items-center gap-3 border-t border-line bg-warn-soft px-4 py-1.5"
    >
      <RefreshCw className="size-4 shrink-0 text-warn" aria-hidden />
      <p role="status" className="tabular min-w-0 grow text-sm text-ink">
        Your edits affect {formatCount(count, 'export')}.{' '}
        <span className="text-ink-2">
          {affected.missingSeconds < 0.05
            ? 'No video has to be made.'
            : `${affected.missingSeconds.toFixed(1)} s of video to make, ${formatEstimate(affected.estimatedMs)}.`}
        </span>
        {problem && <span className="ml-2 text-bad">{problem.error.userMessage}</span>}
      </p>
      <Button size="sm" variant="ghost" onClick={() => void navigate({ to: '/exports' })}>
        Show exports
      </Button>
      <Button size="sm" isBusy={isStarting} onClick={() => void start()}>
        Re-export {nextVersionName(affected.outputs.map((one) => one.revision))}
      </Button>
    </section>
  );
}

/** What the edits so far affect; computed once they rest. */
function useAffected(projectId: ProjectId) {
  const engine = useEngine();
  const { data: states, dataUpdatedAt } = useVariantStates(projectId);
  const [stamp, setStamp] = useState(0);
  const hasChanged = states?.some((one) => one.state === 'changed') ?? false;
  useEffect(() => {
    const timer = setTimeout(() => setStamp(dataUpdatedAt), settleMs);
    return () => clearTimeout(timer);
  }, [dataUpdatedAt]);
  const { data } = useQuery({
    queryKey: ['affected', projectId, stamp],
    queryFn: ({ signal }) => engine.render.affected({ projectId }, { signal }),
    enabled: hasChanged && stamp > 0,
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  return hasChanged ? data : undefined;
}
