import { Blend, ClipboardPaste, Copy, Trash2 } from 'lucide-react';
import type { Transition } from '#shared/model/index.ts';
import type { MenuItem } from '../../ui/index.ts';
import { transitionNames, usualTransition } from '../transitions/transition-words.ts';
import { clipboard } from './clipboard.ts';
import type { EditorModel } from './editor-model.ts';
import {
  changeTransitionEdit,
  meantCuts,
  removeTransitionsEdit,
  seamEdit,
  transitionsEdit,
} from './model/transition-edits.ts';
import type { TimelineActions } from './timeline-commands.ts';

/** Lines to put a transition at the cuts that are meant; none where there is no cut. */
export function addTransitionItems(model: EditorModel): MenuItem[] {
  const cuts = meantCuts(model, model.selectedItems, model.transport.getState().frame);
  if (cuts.length === 0) return [];
  const items = transitionNames.map(
    ({ kind, name }, at): MenuItem => ({
      label: name,
      ...(at === 0 ? { shortcut: 'Shift+D' } : {}),
      onSelect: () => {
        const edit = transitionsEdit(cuts, usualTransition(kind, model.base.rate));
        if (model.commit(edit)) model.select(cuts.map(({ key }) => key));
      },
    }),
  );
  return [{ label: cuts.length > 1 ? 'Add transitions' : 'Add transition', icon: <Blend />, items }];
}

/** The context menu of a transition or of a boundary between parts. */
export function transitionItemsMenu(model: EditorModel, actions: Pick<TimelineActions, 'copy' | 'paste'>): MenuItem[] {
  const { selectedTransitions, selectedSeam, base, commit } = model;
  const [item] = selectedTransitions;
  const current = item?.transition.kind ?? selectedSeam?.entrance?.transition.kind ?? null;
  const set = (transition: Transition) => {
    if (item) {
      const { lengthFrames, alignment } = item.transition;
      commit(changeTransitionEdit(item, { ...transition, lengthFrames, alignment }));
    } else if (selectedSeam) commit(seamEdit(selectedSeam, transition));
  };
  return [
    ...transitionNames.map(
      ({ kind, name }): MenuItem => ({
        label: name,
        isChecked: kind === current,
        onSelect: () => set(usualTransition(kind, base.rate)),
      }),
    ),
    { kind: 'separator' },
    {
      label: 'Copy transition',
      icon: <Copy />,
      shortcut: 'Mod+C',
      isDisabled: current === null,
      onSelect: actions.copy,
    },
    {
      label: 'Paste transition',
      icon: <ClipboardPaste />,
      shortcut: 'Mod+V',
      isDisabled: clipboard()?.kind !== 'transition',
      onSelect: actions.paste,
    },
    { kind: 'separator' },
    {
      label: 'Remove transition',
      icon: <Trash2 />,
      shortcut: 'Delete',
      isDangerous: true,
      isDisabled: current === null,
      onSelect: () => void commit(removeTransitionsEdit(selectedTransitions, selectedSeam ? [selectedSeam] : [])),
    },
  ];
}
