import { useNavigate } from '@tanstack/react-router';
import { Copy, Link2Off, Pencil, Scissors, Trash2, Type } from 'lucide-react';
import {
  newId,
  type Option,
  type OptionId,
  type Project,
  type SequenceId,
  type TimedSlot,
} from '#shared/model/index.ts';
import { useApplyEdit, useUndo } from '../../engine/index.ts';
import { useTextOption } from '../../state/index.ts';
import { type MenuItem, toast } from '../../ui/index.ts';
import { textPlaces } from './text-places.ts';

interface OptionActions {
  items: MenuItem[];
  edit: () => void;
  rename: (name: string) => void;
  remove: () => void;
  /** Puts another option before or after this one. */
  placeHere: (id: OptionId, isAfter: boolean) => void;
}

interface OptionPlace {
  project: Project;
  slot: TimedSlot;
  option: Option;
  index: number;
  /** Starts renaming on the card. */
  rename: () => void;
}

/** The index to move to so that the option ends up at `target` of the list as it is shown. */
export function landingIndex(from: number | null, target: number): number {
  return from !== null && from < target ? target - 1 : target;
}

function isShared(project: Project, option: Option): boolean {
  const { content } = option;
  if (content.kind !== 'sequence') return false;
  const users = project.slots
    .flatMap((slot) => slot.options)
    .filter((one) => one.content.kind === 'sequence' && one.content.sequenceId === content.sequenceId);
  return users.length > 1;
}

/** What can be done with an option, as functions and as menu. */
export function useOptionActions({ project, slot, option, index, rename }: OptionPlace): OptionActions {
  const apply = useApplyEdit(project.id);
  const { undo } = useUndo(project.id);
  const navigate = useNavigate();
  const [, setTextOption] = useTextOption();
  const edit = () => void navigate({ to: '/edit/$kind/$id', params: { kind: 'option', id: option.id } });
  const duplicate = () => {
    const newOptionId = newId<OptionId>('option');
    if (!apply({ type: 'option.duplicate', optionId: option.id, newOptionId })) return;
    // The usual reason to copy a hook is to say something else with the same pictures.
    if (textPlaces(project, option).length > 0) setTextOption(newOptionId);
  };
  const remove = () => {
    if (apply({ type: 'option.remove', optionId: option.id }))
      toast.done(`“${option.name}” removed.`, { label: 'Undo', onClick: undo });
  };
  const move = (target: number) =>
    apply({ type: 'option.move', optionId: option.id, slotId: slot.id, index: landingIndex(index, target) });
  const hasTimeline = option.content.kind === 'sequence';
  const items: MenuItem[] = [
    ...(hasTimeline
      ? [
          { label: 'Open timeline', icon: <Scissors />, shortcut: 'Enter', onSelect: edit },
          { label: 'Change text…', icon: <Type />, onSelect: () => setTextOption(option.id) },
        ]
      : []),
    { label: 'Rename', icon: <Pencil />, shortcut: 'F2', onSelect: rename },
    { label: 'Duplicate', icon: <Copy />, onSelect: duplicate },
    ...(isShared(project, option)
      ? [
          {
            label: 'Detach from its copies',
            icon: <Link2Off />,
            onSelect: () =>
              void apply({ type: 'option.detach', optionId: option.id, newSequenceId: newId<SequenceId>('sequence') }),
          },
        ]
      : []),
    { kind: 'separator' },
    { label: 'Move earlier', isDisabled: index === 0, onSelect: () => void move(index - 1) },
    { label: 'Move later', isDisabled: index >= slot.options.length - 1, onSelect: () => void move(index + 2) },
    {
      label: 'Move to',
      isDisabled: project.slots.length < 2,
      items: project.slots
        .filter((one) => one.id !== slot.id)
        .map((one) => ({
          label: one.name,
          onSelect: () =>
            void apply({ type: 'option.move', optionId: option.id, slotId: one.id, index: one.options.length }),
        })),
    },
    { kind: 'separator' },
    { label: 'Remove', icon: <Trash2 />, shortcut: 'Delete', isDangerous: true, onSelect: remove },
  ];
  const placeHere = (id: OptionId, isAfter: boolean) => {
    if (id === option.id) return;
    const from = slot.options.findIndex((one) => one.id === id);
    const target = landingIndex(from < 0 ? null : from, index + (isAfter ? 1 : 0));
    apply({ type: 'option.move', optionId: id, slotId: slot.id, index: target });
  };
  return {
    items,
    edit: hasTimeline ? edit : () => undefined,
    rename: (name) => void apply({ type: 'option.rename', optionId: option.id, name }),
    remove,
    placeHere,
  };
}
