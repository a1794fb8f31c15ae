import { Ellipsis, Film, Plus } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import type { Project, TimedSlot } from '#shared/model/index.ts';
import { Button, ContextMenu, cn, IconButton, InlineEdit, Menu } from '../../ui/index.ts';
import { hasFiles } from '../import/dropped-files.ts';
import { assetDragType } from '../timeline/asset-drag.ts';
import { OptionCard } from './option-card.tsx';
import { optionDragType } from './option-drag.ts';
import { useSlotActions } from './use-slot-actions.tsx';

const dots: Record<TimedSlot['role'], string> = {
  hook: 'bg-hook',
  body: 'bg-body',
  cta: 'bg-cta',
  custom: 'bg-custom',
};

/** One part of the ad with its options. Footage, files and options can be dropped on it. */
export function SlotColumn({ project, slot, index }: { project: Project; slot: TimedSlot; index: number }) {
  const [isRenaming, setIsRenaming] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const actions = useSlotActions({ project, slot, index, rename: () => setIsRenaming(true) });
  const takes = ({ dataTransfer }: DragEvent) =>
    hasFiles(dataTransfer) || dataTransfer.types.includes(assetDragType) || dataTransfer.types.includes(optionDragType);
  return (
    <section
      aria-label={slot.name}
      tabIndex={-1}
      data-area
      onDragOver={(event) => {
        if (!takes(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = event.dataTransfer.types.includes(optionDragType) ? 'move' : 'copy';
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
      }}
      onDrop={(event) => {
        setIsOver(false);
        if (!takes(event) || event.defaultPrevented) return;
        event.preventDefault();
        actions.drop(event.dataTransfer);
      }}
      className={cn(
        'ring-inset-focus flex min-h-0 min-w-64 grow basis-0 flex-col border-r border-line last:border-r-0',
        isOver && 'bg-accent-soft',
      )}
    >
      <ContextMenu items={actions.items}>
        <header className="flex h-9 shrink-0 items-center gap-2 px-3">
          <span className={cn('size-2 rounded-full', dots[slot.role])} aria-hidden />
          <h3 className="flex min-w-0 text-base font-semibold">
            <InlineEdit
              label={`Name of ${slot.name}`}
              value={slot.name}
              isEditing={isRenaming}
              onEditingChange={setIsRenaming}
              onCommit={actions.rename}
            />
          </h3>
          <span className="tabular text-sm text-ink-3">{slot.options.length}</span>
          <div className="grow" />
          <IconButton label={`Add to ${slot.name}`} size="sm" onClick={actions.addFromLibrary}>
            <Plus />
          </IconButton>
          <Menu items={actions.items} align="end">
            <IconButton label={`More for ${slot.name}`} size="sm">
              <Ellipsis />
            </IconButton>
          </Menu>
        </header>
      </ContextMenu>
      <div className="min-h-0 grow overflow-y-auto px-3 pb-3">
        {slot.options.length === 0 ? (
          <EmptySlot slot={slot} onAdd={actions.addFromLibrary} onChooseFiles={actions.addFiles} />
        ) : (
          <div className="grid grid-cols-[repeat(auto-fill,minmax(84px,1fr))] gap-2.5">
            {slot.options.map((option, place) => (
              <OptionCard key={option.id} project={project} slot={slot} option={option} index={place} />
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

interface EmptySlotProps {
  slot: TimedSlot;
  onAdd: () => void;
  onChooseFiles: () => void;
}

const hints: Record<TimedSlot['role'], string> = {
  hook: 'The first seconds. Try several: each becomes a family of variants.',
  body: 'What it is and why it matters.',
  cta: 'What to do now.',
  custom: 'A part that plays in its turn.',
};

function EmptySlot({ slot, onAdd, onChooseFiles }: EmptySlotProps) {
  return (
    <div className="flex h-full min-h-40 flex-col items-center justify-center gap-1 rounded-lg border border-dashed border-line-strong p-4 text-center">
      <Film className="mb-1 size-6 text-ink-3" aria-hidden />
      <p className="text-sm text-ink-2">Drag footage or files here</p>
      <p className="max-w-52 text-xs text-ink-3">{hints[slot.role]}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        <Button size="sm" onClick={onAdd}>
          From the library…
        </Button>
        <Button size="sm" onClick={onChooseFiles}>
          Files…
        </Button>
      </div>
    </div>
  );
}
