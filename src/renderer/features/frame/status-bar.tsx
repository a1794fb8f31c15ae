import { Link } from '@tanstack/react-router';
import { HardDrive, TriangleAlert } from 'lucide-react';
import type { SystemInfo } from '#shared/contract/index.ts';
import { useConnectionStatus, useSystemInfo } from '../../engine/index.ts';
import { cn, formatBytes, Tooltip } from '../../ui/index.ts';
import { HintLine } from '../hints/hint-line.tsx';
import { ImportStatus } from '../import/import-status.tsx';
import { JobsButton } from '../jobs/jobs-button.tsx';

const words = { starting: 'Starting', connected: 'Connected', lost: 'Reconnecting', refused: 'Not connected' } as const;

/** Under this much free disk the status bar warns. */
const lowDiskBytes = 5_000_000_000;

/** Along the bottom: connection, imports, jobs, ffmpeg, disk. */
export function StatusBar() {
  const status = useConnectionStatus();
  const { data: info } = useSystemInfo();
  return (
    <footer className="flex h-6.5 shrink-0 items-center gap-3 border-t border-line bg-panel px-3 text-xs text-ink-3">
      <span className="flex items-center gap-1.5" role="status">
        <span
          className={cn('size-1.5 rounded-full', status === 'connected' ? 'bg-ok' : 'animate-pulse bg-warn')}
          aria-hidden
        />
        {words[status]}
      </span>
      <ImportStatus />
      <HintLine />
      {info && <FfmpegWarning info={info} />}
      {info && <Disk info={info} />}
      <JobsButton />
    </footer>
  );
}

function FfmpegWarning({ info }: { info: SystemInfo }) {
  const { state, limits } = info.ffmpeg;
  if (state === 'ready') return null;
  if (state === 'searching') return <span>Looking for ffmpeg</span>;
  const label = state === 'missing' ? 'ffmpeg is missing: nothing can be exported' : limits.join(' · ');
  return (
    <Tooltip label={label} side="top">
      <Link to="/settings" className={cn('flex items-center gap-1', state === 'missing' ? 'text-bad' : 'text-warn')}>
        <TriangleAlert className="size-3.5" aria-hidden />
        {state === 'missing' ? 'ffmpeg is missing' : 'ffmpeg is limited'}
      </Link>
    </Tooltip>
  );
}

function Disk({ info }: { info: SystemInfo }) {
  const isLow = info.freeBytes < lowDiskBytes;
  return (
    <Tooltip label={`Free on the disk of the library (${info.libraryFolder})`} side="top">
      <span className={cn('tabular flex items-center gap-1', isLow && 'text-warn')}>
        <HardDrive className="size-3.5" aria-hidden />
        {formatBytes(info.freeBytes)} free
      </span>
    </Tooltip>
  );
}
