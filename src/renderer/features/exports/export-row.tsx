import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  Copy,
  Download,
  Folder,
  Layers,
  Pause,
  Play,
  RotateCw,
  ShieldAlert,
  ShieldCheck,
  X,
} from 'lucide-react';
import { useState } from 'react';
import type { ExportView } from '#shared/contract/index.ts';
import { attempt, desktopBridge, exportUrl, useMediaBase } from '../../engine/index.ts';
import {
  Badge,
  Button,
  cn,
  ErrorNotice,
  formatBytes,
  formatShortLength,
  IconButton,
  Progress,
  Spinner,
  toast,
} from '../../ui/index.ts';
import { CheckDialog } from './check-dialog.tsx';
import { isThere, useExportDeeds } from './use-export-deeds.tsx';

interface ExportRowProps {
  /** Null while it has not been read. */
  export: ExportView | null;
  /** The row above says why it failed, and this one failed for the same reason. */
  isSameFailure: boolean;
  /** Where it stands in the list, and who measures it. */
  place: { ref: (element: HTMLElement | null) => void; index: number; top: number };
  isFirst: boolean;
  isLast: boolean;
  /** The one that Tab reaches. */
  isCurrent: boolean;
  onFocus: () => void;
}

/** One file of a batch: state, facts, and what can be done with it. */
export function ExportRow({ export: one, isSameFailure, place, isFirst, isLast, isCurrent, onFocus }: ExportRowProps) {
  return (
    <li
      ref={place.ref}
      data-index={place.index}
      aria-label={one?.fileName ?? 'Being read'}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      className={cn(
        'ring-inset-focus absolute inset-x-0 min-h-13.25 border-x border-b border-line bg-panel px-3 py-2 outline-none',
        isFirst && 'rounded-t-lg border-t',
        isLast && 'rounded-b-lg',
      )}
      style={{ top: place.top }}
    >
      {one && <Content export={one} isSameFailure={isSameFailure} />}
    </li>
  );
}

function Content({ export: one, isSameFailure }: { export: ExportView; isSameFailure: boolean }) {
  const [isCheckShown, setIsCheckShown] = useState(false);
  const failedCheck = one.check && !one.check.isPassed;
  const showCheck = () => setIsCheckShown(true);
  return (
    <>
      <div className="flex items-center gap-3">
        <StateIcon export={one} />
        <div className="min-w-0 grow">
          <p className="truncate text-base text-ink" title={one.path}>
            {one.fileName}
          </p>
          <p className="tabular flex gap-2 truncate text-sm text-ink-3">
            <span className="truncate">{one.variantName}</span>
            {one.revision > 1 && <span>v{one.revision}</span>}
            {one.version !== 'full' && <span>{one.version}</span>}
            {one.state === 'running' && <span className="text-ink-2">{one.step ?? 'Rendering'}</span>}
            {one.isFileMissing && one.state === 'finished' && <span className="text-warn">The file is gone</span>}
          </p>
        </div>
        <Badge>{one.ratio}</Badge>
        <span className="tabular w-14 text-right text-sm text-ink-2">{formatShortLength(one.durationSeconds)}</span>
        <span className="tabular w-16 text-right text-sm text-ink-2">
          {one.sizeBytes ? formatBytes(one.sizeBytes) : ''}
        </span>
        <Actions export={one} onShowCheck={showCheck} />
      </div>
      {one.state === 'running' && (
        <Progress label={`Progress of ${one.fileName}`} fraction={one.fraction} className="mt-2 ml-7" />
      )}
      {one.state === 'failed' && one.error && isSameFailure && (
        <p className="mt-1 ml-7 truncate text-sm text-bad" title={one.error.userMessage}>
          {one.error.userMessage}
        </p>
      )}
      {one.state === 'failed' && one.error && !isSameFailure && <Failure export={one} onShowCheck={showCheck} />}
      {failedCheck && one.state === 'finished' && (
        <p className="mt-1 ml-7 text-sm text-bad">The check found something wrong with this file.</p>
      )}
      {isCheckShown && one.check && (
        <CheckDialog report={one.check} rate={one.rate} onClose={() => setIsCheckShown(false)} />
      )}
    </>
  );
}

interface WithCheck {
  export: ExportView;
  onShowCheck: () => void;
}

function Failure({ export: one, onShowCheck }: WithCheck) {
  const deeds = useExportDeeds();
  return (
    <ErrorNotice
      error={one.error}
      actions={{ retry: () => deeds.again(one), relink: () => deeds.relink(one) }}
      className="mt-2 ml-7"
    >
      {one.check && (
        <Button size="sm" onClick={onShowCheck}>
          Show the evidence
        </Button>
      )}
    </ErrorNotice>
  );
}

function StateIcon({ export: one }: { export: ExportView }) {
  const icon = {
    queued: <CircleDashed className="text-ink-3" aria-label="Queued" />,
    running: <Spinner className="size-4 text-accent" label="Rendering" />,
    paused: <CirclePause className="text-warn" aria-label="Paused" />,
    finished: <CircleCheck className="text-ok" aria-label="Finished" />,
    failed: <CircleAlert className="text-bad" aria-label="Failed" />,
    cancelled: <CircleSlash className="text-ink-3" aria-label="Cancelled" />,
  }[one.state];
  return <span className="flex w-4 shrink-0 [&>svg]:size-4">{icon}</span>;
}

function Actions({ export: one, onShowCheck }: WithCheck) {
  const deeds = useExportDeeds();
  const isGoingOn = one.state === 'queued' || one.state === 'running';
  return (
    <div className="flex w-49 shrink-0 justify-end gap-0.5">
      {isThere(one) && (
        <IconButton label={`Play ${one.fileName}`} onClick={() => deeds.play(one)}>
          <Play />
        </IconButton>
      )}
      {isThere(one) && <FileActions export={one} />}
      {one.state === 'finished' && (
        <IconButton label="What was made anew" shortcut="W" onClick={() => deeds.why(one)}>
          <Layers />
        </IconButton>
      )}
      {one.check && (
        <IconButton label="Check results" onClick={onShowCheck}>
          {one.check.isPassed ? <ShieldCheck className="text-ok" /> : <ShieldAlert className="text-bad" />}
        </IconButton>
      )}
      {isGoingOn && (
        <IconButton label="Pause" onClick={() => deeds.pause(one)}>
          <Pause />
        </IconButton>
      )}
      {one.state === 'paused' && (
        <IconButton label="Resume" onClick={() => deeds.resume(one)}>
          <Play />
        </IconButton>
      )}
      {isGoingOn || one.state === 'paused' ? (
        <IconButton label="Cancel" onClick={() => deeds.cancel(one)}>
          <X />
        </IconButton>
      ) : (
        <IconButton
          label={one.state === 'finished' ? 'Render again as the next version' : 'Render again'}
          shortcut="R"
          onClick={() => deeds.again(one)}
        >
          <RotateCw />
        </IconButton>
      )}
    </div>
  );
}

function FileActions({ export: one }: { export: ExportView }) {
  const mediaBase = useMediaBase();
  const desktop = desktopBridge();
  if (desktop) {
    return (
      <IconButton label="Show in folder" onClick={() => void attempt(() => desktop.revealFile(one.path))}>
        <Folder />
      </IconButton>
    );
  }
  const copyPath = async () => {
    if (await attempt(() => navigator.clipboard.writeText(one.path).then(() => true))) toast.done('Path copied.');
  };
  const download = () => {
    const link = document.createElement('a');
    link.href = exportUrl(mediaBase, one.id);
    link.download = one.fileName;
    link.click();
  };
  return (
    <>
      <IconButton label={`Download ${one.fileName}`} onClick={download}>
        <Download />
      </IconButton>
      <IconButton label="Copy path" onClick={() => void copyPath()}>
        <Copy />
      </IconButton>
    </>
  );
}
