import { LayoutGrid, Plus } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { newId, type Project, type SlotId } from '#shared/model/index.ts';
import { useApplyEdit, useSystemInfo } from '../../engine/index.ts';
import { useMatrixIsLarge, useOpenDialog } from '../../state/index.ts';
import {
  Button,
  type Command,
  EmptyState,
  ErrorNotice,
  IconButton,
  Spinner,
  SplitPane,
  useCommands,
} from '../../ui/index.ts';
import { AffectedNotice } from '../exports/affected-notice.tsx';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { Tray } from '../tray/tray.tsx';
import { GlobalStrip } from './global-strip.tsx';
import { SeamButton } from './seam-button.tsx';
import { SlotColumn } from './slot-column.tsx';
import { VariantGrid } from './variant-grid.tsx';

/** The ad as a whole: footage, parts with their options, what accompanies them, and every variant. */
export function BoardPage() {
  const { state, isNone, error } = useCurrentProject();
  return (
    <SplitPane id="board-tray" label="Resize footage" direction="row" sized="first" initial={264} min={200} max={520}>
      <Tray />
      {error && !state ? (
        <ErrorNotice error={error} className="m-4" />
      ) : state ? (
        <Board project={state.project} />
      ) : isNone ? (
        <NoProject />
      ) : (
        <Spinner label="Opening the board" className="m-auto size-6" />
      )}
    </SplitPane>
  );
}

function NoProject() {
  const openDialog = useOpenDialog();
  const { data: system } = useSystemInfo();
  if (!system) return null;
  if (system.isPreparingSample) {
    return (
      <div role="status" className="m-auto flex flex-col items-center gap-3 text-center">
        <Spinner className="size-6" />
        <p className="text-base text-ink-2">Preparing the sample ad…</p>
        <p className="text-sm text-ink-3">A finished ad to look at, play and take apart. This takes a few seconds.</p>
      </div>
    );
  }
  return (
    <EmptyState
      icon={<LayoutGrid />}
      title="Start an ad"
      actions={
        <Button
          variant="primary"
          icon={<Plus className="size-4" />}
          onClick={() => openDialog({ kind: 'new-project' })}
        >
          New ad
        </Button>
      }
    >
      Cut it out of interchangeable hooks, bodies and calls to action, and ship every variant in every format.
    </EmptyState>
  );
}

const nothing = () => undefined;
/** What a focused cell of the matrix and a focused card answer to, for the overview. */
const cellKeys: readonly Command[] = [
  { id: 'cell.play', label: 'Play or stop', group: 'In the matrix', keys: 'Enter', isLocal: true, run: nothing },
  { id: 'cell.open', label: 'Play large', group: 'In the matrix', keys: 'Shift+Enter', isLocal: true, run: nothing },
  { id: 'cell.tick', label: 'Tick or untick', group: 'In the matrix', keys: 'Space', isLocal: true, run: nothing },
  { id: 'cell.all', label: 'Select all', group: 'In the matrix', keys: 'Mod+A', isLocal: true, run: nothing },
];
const cardKeys: readonly Command[] = [
  { id: 'card.play', label: 'Play or stop', group: 'On a card', keys: 'Space', isLocal: true, run: nothing },
  { id: 'card.open', label: 'Open timeline', group: 'On a card', keys: 'Enter', isLocal: true, run: nothing },
  { id: 'card.rename', label: 'Rename', group: 'On a card', keys: 'F2', isLocal: true, run: nothing },
  { id: 'card.remove', label: 'Remove', group: 'On a card', keys: 'Delete', isLocal: true, run: nothing },
];

function Board({ project }: { project: Project }) {
  const apply = useApplyEdit(project.id);
  const addSlot = () => {
    const taken = new Set(project.slots.map((slot) => slot.name));
    let name = 'Part';
    for (let number = 2; taken.has(name); number += 1) name = `Part ${number}`;
    apply({ type: 'slot.add', slot: { id: newId<SlotId>('slot'), name } });
  };
  const [isMatrixLarge] = useMatrixIsLarge();
  useCommands([{ id: 'board.addPart', label: 'Add a part', group: 'Board', run: addSlot }, ...cellKeys, ...cardKeys]);
  if (isMatrixLarge) {
    return (
      <div className="flex min-h-0 min-w-0 grow flex-col">
        <VariantGrid project={project} />
        <AffectedNotice projectId={project.id} />
      </div>
    );
  }
  return (
    <LowScroll>
      <SplitPane
        id="board-variants"
        label="Resize variants"
        direction="column"
        sized="second"
        initial={308}
        min={120}
        max={900}
      >
        <div className="flex min-h-0 grow flex-col">
          <div className="flex min-h-0 grow">
            <div className="flex min-h-0 min-w-0 grow overflow-x-auto">
              {project.slots.map((slot, index) => {
                const before = project.slots[index - 1];
                return (
                  <Fragment key={slot.id}>
                    {before && <SeamButton project={project} boundary={{ before, after: slot }} />}
                    <SlotColumn project={project} slot={slot} index={index} />
                  </Fragment>
                );
              })}
            </div>
            <div className="flex w-9 shrink-0 justify-center border-l border-line pt-1">
              <IconButton label="Add a part" tooltipSide="left" onClick={addSlot}>
                <Plus />
              </IconButton>
            </div>
          </div>
          <GlobalStrip project={project} />
          <AffectedNotice projectId={project.id} />
        </div>
        <VariantGrid project={project} />
      </SplitPane>
    </LowScroll>
  );
}

/** In a low window (or at a high zoom) the board keeps the height it needs, and scrolls. */
function LowScroll({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 grow flex-col overflow-y-auto">
      <div className="flex min-h-130 grow flex-col">{children}</div>
    </div>
  );
}
