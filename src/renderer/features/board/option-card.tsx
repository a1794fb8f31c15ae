import { Ellipsis } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, useMemo, useState } from 'react';
import { flattenSequence, type Option, type Project, type TimedSlot } from '#shared/model/index.ts';
import { frameToSeconds, toNumber } from '#shared/units/index.ts';
import { usePlayingCard, useTextOption } from '../../state/index.ts';
import {
  Badge,
  ContextMenu,
  cn,
  formatShortLength,
  IconButton,
  InlineEdit,
  Menu,
  type MenuItem,
} from '../../ui/index.ts';
import { optionDragType, readOptionDrag, writeOptionDrag } from './option-drag.ts';
import { PlayablePicture } from './playable-picture.tsx';
import { TextEditor } from './text-editor.tsx';
import { sequenceOf, textPlaces } from './text-places.ts';
import { useOptionActions } from './use-option-actions.tsx';

interface OptionCardProps {
  project: Project;
  slot: TimedSlot;
  option: Option;
  index: number;
}

/** One alternative of a part: plays in place, is renamed, changed, copied, moved. */
export function OptionCard({ project, slot, option, index }: OptionCardProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const [textOption, setTextOption] = useTextOption();
  const [playing, setPlaying] = usePlayingCard();
  const actions = useOptionActions({ project, slot, option, index, rename: () => setIsRenaming(true) });
  const sequence = sequenceOf(project, option);
  const timeline = useMemo(
    () =>
      sequence && option.content.kind === 'sequence' ? flattenSequence(project, sequence, option.content.values) : null,
    [project, sequence, option.content],
  );
  const words = useMemo(
    () =>
      textPlaces(project, option)
        .map((place) => place.value)
        .find((text) => text.trim() !== ''),
    [project, option],
  );
  const seconds = timeline ? toNumber(frameToSeconds(timeline.lengthFrames, project.rate)) : 0;
  const drag = useCardDrop((id, isAfter) => actions.placeHere(id, isAfter));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const run = {
      F2: () => setIsRenaming(true),
      Enter: actions.edit,
      Delete: actions.remove,
      Backspace: actions.remove,
      ' ': () => setPlaying(playing?.id === option.id ? null : { id: option.id, isMuted: false }),
    }[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return (
    <ContextMenu items={actions.items}>
      <article
        aria-label={option.name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: cards take the focus for their keys (Space, Enter, F2, Delete)
        tabIndex={0}
        draggable={!isRenaming}
        onDragStart={(event) => writeOptionDrag(event.dataTransfer, option.id)}
        {...drag.handlers}
        onKeyDown={onKeyDown}
        onDoubleClick={(event) => {
          // Popovers and menus of the card are its children too, though they stand elsewhere on the page.
          if (event.currentTarget.contains(event.target as Node)) actions.edit();
        }}
        className={cn(
          'group relative flex flex-col rounded-md border border-line bg-raise hover:border-line-strong',
          drag.side === 'before' && 'shadow-[-3px_0_0_0_var(--color-accent)]',
          drag.side === 'after' && 'shadow-[3px_0_0_0_var(--color-accent)]',
        )}
      >
        {sequence ? (
          <PlayablePicture id={option.id} name={option.name} timeline={timeline} className="rounded-t-md" />
        ) : (
          <div className="flex min-h-24 grow items-center justify-center rounded-t-md bg-app text-sm text-ink-3">
            Plays nothing
          </div>
        )}
        <TextEditor
          project={project}
          option={option}
          isOpen={textOption === option.id}
          onClose={() => setTextOption(null)}
        />
        <CardOverlay name={option.name} length={sequence ? formatShortLength(seconds) : null} items={actions.items} />
        <div className="flex min-h-12.5 flex-col px-2 py-1">
          <InlineEdit
            label={`Name of ${option.name}`}
            value={option.name}
            isEditing={isRenaming}
            onEditingChange={setIsRenaming}
            onCommit={actions.rename}
            className="line-clamp-2 text-sm leading-4 font-semibold"
          />
          {words && (
            <span className="truncate text-xs text-ink-3" title={words}>
              “{words}”
            </span>
          )}
        </div>
      </article>
    </ContextMenu>
  );
}

interface CardOverlayProps {
  name: string;
  length: string | null;
  items: readonly MenuItem[];
}

/** Over the picture: length on the left, menu on the right. */
function CardOverlay({ name, length, items }: CardOverlayProps) {
  return (
    <div className="pointer-events-none absolute inset-x-1 top-1 flex items-start justify-between">
      {length ? <Badge tone="dark">{length}</Badge> : <span />}
      <Menu items={items} align="end">
        <IconButton
          label={`More for ${name}`}
          size="sm"
          className="pointer-events-auto bg-black/65 text-white not-group-focus-within:not-group-hover:opacity-0 data-[state=open]:opacity-100"
        >
          <Ellipsis />
        </IconButton>
      </Menu>
    </div>
  );
}

/** Another option dragged over this card lands before or after it. */
function useCardDrop(onPlace: (id: Option['id'], isAfter: boolean) => void) {
  const [side, setSide] = useState<'before' | 'after' | null>(null);
  const sideOf = (event: DragEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientX > box.left + box.width / 2 ? 'after' : 'before';
  };
  return {
    side,
    handlers: {
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (!event.dataTransfer.types.includes(optionDragType)) return;
        event.preventDefault();
        event.stopPropagation();
        setSide(sideOf(event));
      },
      onDragLeave: () => setSide(null),
      onDrop: (event: DragEvent<HTMLElement>) => {
        setSide(null);
        const id = readOptionDrag(event.dataTransfer);
        if (!id) return;
        event.preventDefault();
        event.stopPropagation();
        onPlace(id, sideOf(event) === 'after');
      },
    },
  };
}
