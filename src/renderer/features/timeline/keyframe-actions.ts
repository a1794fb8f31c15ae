import type { EditorModel } from './editor-model.ts';
import { keyframeFrames, toggleAllEdit } from './model/keyframe-edits.ts';

/** Adds keyframes of what is selected at the playhead, or takes those there away. */
export function toggleKeyframes({ selectedItems, selectedGlobal, ratio, commit, transport }: EditorModel): void {
  const seen = selectedItems.filter((item) => item.lane.kind === 'visual' && item.clip.content.kind !== 'colour');
  const logo = selectedGlobal?.slot.kind === 'logo' ? [selectedGlobal] : [];
  commit(toggleAllEdit(seen.length > 0 ? seen : logo, ratio, transport.getState().frame));
}

/** Goes to the next (1) or previous (-1) keyframe of what is selected, or of anything where nothing is. */
export function toKeyframe({ view, selectedItems, ratio, transport }: EditorModel, direction: 1 | -1): void {
  const { frame } = transport.getState();
  const items = selectedItems.length > 0 ? selectedItems : view.items;
  const frames = items
    .flatMap((item) => keyframeFrames(item, ratio).map((one) => item.startFrame + one))
    .toSorted((a, b) => a - b);
  const next = direction > 0 ? frames.find((one) => one > frame) : frames.findLast((one) => one < frame);
  if (next !== undefined) transport.seek(next);
}
