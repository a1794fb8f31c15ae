import { RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import type { HistoryPath } from '#shared/contract/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { useHistoryPath, useUndo } from '../../engine/index.ts';
import { useIsHistoryOpen } from '../../state/index.ts';
import { Button, cn, ErrorNotice, formatCount, IconButton, Panel, Select, Spinner } from '../../ui/index.ts';
import { dayName, stepsByDay, timeOfDay } from './history-days.ts';
import { useCurrentProject } from './use-current-project.ts';

type Entry = HistoryPath['entries'][number];

/** The history of the open ad beside its page, where it is wanted. */
export function HistoryHost() {
  const [isOpen, setOpen] = useIsHistoryOpen();
  const { id } = useCurrentProject();
  if (!isOpen || !id) return null;
  return <HistoryPanel key={id} projectId={id} onClose={() => setOpen(false)} />;
}

const pageLength = 200;

/** Every step on the way to the present one, and those that redo would bring; a click goes there. */
function HistoryPanel({ projectId, onClose }: { projectId: ProjectId; onClose: () => void }) {
  const [fromSeq, setFromSeq] = useState<number | null>(null);
  const [limit, setLimit] = useState(pageLength);
  const { data, error } = useHistoryPath(projectId, fromSeq, limit);
  const { restoreTo, restoreAsStep } = useUndo(projectId);
  const goToDay = (seq: string) => {
    setLimit(pageLength);
    setFromSeq(seq === '' ? null : Number(seq));
  };
  return (
    <Panel
      title="History"
      className="w-72 shrink-0 border-l border-line max-[900px]:absolute max-[900px]:inset-y-0 max-[900px]:right-0 max-[900px]:z-30 max-[900px]:shadow-pop"
      actions={
        <IconButton label="Close history" shortcut="Alt+H" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      }
    >
      {error && <ErrorNotice error={error} className="m-3" />}
      {!data && !error && <Spinner label="Reading the history" className="m-4" />}
      {data && (
        <>
          <div className="border-b border-line p-2">
            <Select
              label="Day"
              value={fromSeq === null ? '' : String(fromSeq)}
              onChange={goToDay}
              options={[
                { value: '', label: 'All, the latest first' },
                ...data.days.map(({ startMs, lastSeq, steps }) => ({
                  ...{ value: String(lastSeq), label: dayName(startMs) },
                  note: formatCount(steps, 'step'),
                })),
              ]}
            />
          </div>
          <Steps
            entries={data.entries}
            onGo={restoreTo}
            onRestore={(entry) => restoreAsStep(entry.seq, stepName(entry))}
          />
          {data.hasEarlier && (
            <Button variant="ghost" className="m-2" onClick={() => setLimit(limit + pageLength)}>
              Earlier steps
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}

/** What undo says of it. */
const stepName = ({ label, atMs }: Entry) => `Restore ${dayName(atMs)}, ${timeOfDay(atMs)} (${label})`.slice(0, 100);

interface StepsProps {
  entries: readonly Entry[];
  onGo: (seq: number) => void;
  onRestore: (entry: Entry) => void;
}

function Steps({ entries, onGo, onRestore }: StepsProps) {
  return (
    <section
      aria-label="Steps"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is scrolled by the arrow keys
      tabIndex={0}
      className="ring-inset-focus min-h-0 grow overflow-y-auto px-1.5 pb-2"
    >
      {stepsByDay(entries).map(({ startMs, steps }) => (
        <section key={startMs} aria-label={dayName(startMs)}>
          <h3 className="sticky top-0 z-1 bg-panel px-2 pt-2.5 pb-1 text-xs font-semibold text-ink-3">
            {dayName(startMs)}
          </h3>
          <ol>
            {steps.map((entry) => (
              <Step key={entry.seq} entry={entry} onGo={onGo} onRestore={onRestore} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

function Step({ entry, onGo, onRestore }: { entry: Entry } & Omit<StepsProps, 'entries'>) {
  const isCurrent = entry.place === 'current';
  return (
    <li className="group relative">
      <button
        type="button"
        aria-current={isCurrent ? 'step' : undefined}
        title={entry.place === 'future' ? 'Undone: click to go forward to this step' : 'Click to go back to this step'}
        onClick={() => !isCurrent && onGo(entry.seq)}
        className={cn(
          'ring-inset-focus flex h-8 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm hover:bg-raise',
          isCurrent && 'bg-accent-soft text-ink',
          entry.place === 'future' && 'text-ink-3 italic',
        )}
      >
        <span
          className={cn('size-1.5 shrink-0 rounded-full', isCurrent ? 'bg-accent' : 'bg-line-strong')}
          aria-hidden
        />
        <span className="grow truncate">{entry.label}</span>
        <span className="tabular text-xs text-ink-2">{timeOfDay(entry.atMs)}</span>
        {entry.place === 'future' && <span className="sr-only">, undone</span>}
      </button>
      {entry.place === 'past' && (
        <span className="absolute top-1 right-1 hidden rounded-md bg-raise group-focus-within:block group-hover:block">
          <IconButton
            label={`Restore “${entry.label}” as a new step`}
            size="sm"
            tooltipSide="left"
            onClick={() => onRestore(entry)}
          >
            <RotateCcw />
          </IconButton>
        </span>
      )}
    </li>
  );
}
