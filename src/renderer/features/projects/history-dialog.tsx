import type { ProjectId } from '#shared/model/index.ts';
import { useHistory, useUndo } from '../../engine/index.ts';
import { cn, Dialog, ErrorNotice, formatAge, Spinner } from '../../ui/index.ts';
import { useCurrentProject } from './use-current-project.ts';

/** Every step of the open ad; choosing one goes back (or forward) to it. */
export function HistoryDialog({ onClose }: { onClose: () => void }) {
  const { id, state } = useCurrentProject();
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="History"
      description={
        state
          ? `Every step of “${state.project.name}”. Choosing one goes there; later steps stay reachable by redo.`
          : undefined
      }
      className="h-130 w-110"
      isFlush
    >
      {id && <Steps projectId={id} />}
    </Dialog>
  );
}

function Steps({ projectId }: { projectId: ProjectId }) {
  const { data: entries, error } = useHistory(projectId);
  const { restoreTo } = useUndo(projectId);
  if (error) return <ErrorNotice error={error} className="m-4" />;
  if (!entries) return <Spinner label="Reading the history" className="m-4" />;
  const currentSeq = entries.find((entry) => entry.isCurrent)?.seq ?? 0;
  return (
    <ol className="min-h-0 grow overflow-y-auto px-2 pb-3" aria-label="Steps">
      {entries.map((entry) => (
        <li key={entry.seq}>
          <button
            type="button"
            aria-current={entry.isCurrent ? 'step' : undefined}
            onClick={() => !entry.isCurrent && restoreTo(entry.seq)}
            className={cn(
              'ring-inset-focus flex h-8 w-full items-center gap-3 rounded-md px-2 text-left text-sm hover:bg-raise',
              entry.isCurrent && 'bg-accent-soft text-ink',
              entry.seq > currentSeq && 'text-ink-3',
            )}
          >
            <span
              className={cn('size-1.5 rounded-full', entry.isCurrent ? 'bg-accent' : 'bg-line-strong')}
              aria-hidden
            />
            <span className="grow truncate">{entry.label}</span>
            <span className="tabular text-xs text-ink-2">{formatAge(entry.atMs)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
