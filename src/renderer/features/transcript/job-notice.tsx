import type { JobView } from '#shared/contract/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import type { Transcript } from '#shared/transcript/index.ts';
import { attempt, useEngine } from '../../engine/index.ts';
import { Button, ErrorNotice, Progress } from '../../ui/index.ts';
import { useTranscribeJobs } from './use-transcripts.ts';

interface JobNoticeProps {
  heard: readonly AssetId[];
  transcripts: ReadonlyMap<AssetId, Transcript>;
}

/** Transcripts that are being made again, and those where that failed since. */
export function JobNotice({ heard, transcripts }: JobNoticeProps) {
  const jobs = useTranscribeJobs(heard);
  const shown = [...jobs].filter(([id, job]) => {
    const transcript = transcripts.get(id);
    return transcript && (job.state !== 'failed' || (job.finishedAtMs ?? 0) > transcript.updatedAtMs);
  });
  return shown.map(([id, job]) => <JobLine key={id} job={job} />);
}

function JobLine({ job }: { job: JobView }) {
  const engine = useEngine();
  const retry = () => void attempt(() => engine.jobs.retry({ id: job.id }));
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-1.5 text-xs text-ink-3">
      {job.state === 'failed' ? (
        <ErrorNotice error={job.error} isInline actions={{ retry }} />
      ) : (
        <>
          <div className="min-w-0 grow">
            <span className="block truncate">{job.title}</span>
            <Progress label={job.title} fraction={job.progress?.fraction ?? null} className="mt-1" />
          </div>
          <Button size="sm" variant="ghost" onClick={() => void attempt(() => engine.jobs.cancel({ id: job.id }))}>
            Cancel
          </Button>
        </>
      )}
    </div>
  );
}
