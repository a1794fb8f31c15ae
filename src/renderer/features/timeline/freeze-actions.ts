import type { Frames } from '#shared/units/index.ts';
import type { EditorModel } from './editor-model.ts';
import { itemsAtPlayhead } from './model/clip-edits.ts';
import { canFreeze, freezeEdit } from './model/freeze.ts';
import type { ClipItem } from './model/lanes.ts';
import { assetOf } from './model/trim.ts';

/** The clip that a freeze frame at a frame would be of: a selected one, else the main track's. */
function freezable({ view, selection, isStill }: EditorModel, frame: Frames): ClipItem | null {
  const isFitting = (item: ClipItem) => {
    const assetId = assetOf(item);
    return canFreeze(item, frame, assetId !== null && isStill(assetId));
  };
  return itemsAtPlayhead(view, selection, frame).find(isFitting) ?? null;
}

/** Stopping the picture at the playhead, on the model as it is when it is done. */
export function freezeActions(current: () => EditorModel) {
  return {
    freeze: () => {
      const model = current();
      const { frame } = model.transport.getState();
      const item = freezable(model, frame);
      if (!item) return;
      const { edit, clipIds } = freezeEdit(model.base, model.target, item, frame, model.ratio);
      model.selectClips(clipIds);
      model.commit(edit);
    },
  };
}
