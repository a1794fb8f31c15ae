import type { Transition } from '#shared/model/index.ts';
import { toast } from '../../ui/index.ts';
import { putOnClipboard } from './clipboard.ts';
import type { EditorModel } from './editor-model.ts';
import { copyItems } from './model/clip-edits.ts';
import { copiedTransition, placesForTransition, transitionsEdit } from './model/transition-edits.ts';

/** Copies what is selected: clips, else a transition. False when there is nothing to copy. */
export function copySelected(model: EditorModel): boolean {
  const { selectedItems } = model;
  const transition = copiedTransition(model);
  if (selectedItems.length > 0) putOnClipboard({ kind: 'clips', clips: copyItems(selectedItems) });
  else if (transition) putOnClipboard({ kind: 'transition', transition });
  return selectedItems.length > 0 || transition !== null;
}

/** Puts a transition at the cuts that are meant, and selects it there. */
export function pasteTransition(model: EditorModel, transition: Transition): void {
  const cuts = placesForTransition(model, model.transport.getState().frame);
  if (cuts.length === 0) toast.info('There is no cut here for a transition. Put two clips next to each other first.');
  else if (model.commit(transitionsEdit(cuts, transition))) model.select(cuts.map(({ key }) => key));
}
