import { describe, expect, it } from 'vitest';
import { type Clip, type EditInput, type OptionId, type Project, valueAt } from '#shared/model/index.ts';
import { applied, sampleProject } from './fixture.ts';
import {
  clearKeyframesEdit,
  curveEdit,
  keyframeFrames,
  moveKeyframesEdit,
  panEdit,
  toggleKeyframeEdit,
} from './keyframe-edits.ts';
import { timelineView } from './lanes.ts';
import { changedIn, frameIn, layoutChange, putBack } from './ratio-layout.ts';

const itemOf = (project: Project) => {
  const view = timelineView(project, { kind: 'option', optionId: 'hook1' as OptionId });
  const found = view.items.find(({ clip }) => clip.id === 't');
  if (!found) throw new Error('no text');
  return found;
};
const clipOf = (project: Project): Clip => itemOf(project).clip;
const make = (project: Project, edit: EditInput | null) => (edit ? applied(project, edit) : project);
const start = sampleProject();
const { startFrame } = itemOf(start);
const toggle = (project: Project, frame: number) =>
  make(project, toggleKeyframeEdit([itemOf(project)], 'scale', '9:16', startFrame + frame));
const setScale = (project: Project, frame: number, scale: number, isOnlyHere = false) =>
  make(
    project,
    layoutChange([itemOf(project)], 'Change layout', (shape, holder) =>
      changedIn(shape, '9:16', { scale }, isOnlyHere, frameIn(holder, startFrame + frame)),
    ),
  );

describe('keyframes in the editor', () => {
  it('are added and taken away at the playhead; a value that moves is changed there by keyframes', () => {
    const one = toggle(start, 2);
    expect(clipOf(one).animation.scale).toEqual([{ frame: 2, value: 1, curve: 'linear' }]);
    const two = setScale(one, 6, 2);
    expect(clipOf(two).layout.scale).toBe(1);
    expect(valueAt(clipOf(two).animation.scale ?? [], 4)).toBe(1.5);
    const again = setScale(two, 6, 3);
    expect(clipOf(again).animation.scale?.map(({ value }) => value)).toEqual([1, 3]);
    expect(clipOf(toggle(toggle(again, 2), 6))).toMatchObject({ animation: {}, layout: { scale: 3 } });
  });

  it('give way to a value of one ratio’s own, and back', () => {
    const two = setScale(toggle(start, 0), 5, 2);
    const own = setScale(two, 3, 0.5, true);
    expect(clipOf(own)).toMatchObject({ overrides: { '9:16': { scale: 0.5 } }, animation: { scale: [{}, {}] } });
    expect(keyframeFrames(itemOf(own), '9:16')).toEqual([]);
    expect(keyframeFrames(itemOf(own), '1:1')).toEqual([0, 5]);
    expect(clipOf(toggle(own, 3)).overrides).toEqual({});
  });

  it('are moved within the clip, get curves, and leave the value they had', () => {
    const two = setScale(toggle(start, 0), 5, 2);
    const moved = make(two, moveKeyframesEdit(itemOf(two), '9:16', 5, 10_000));
    const last = itemOf(moved).endFrame - itemOf(moved).startFrame - 1;
    expect(keyframeFrames(itemOf(moved), '9:16')).toEqual([0, last]);
    const curved = make(two, curveEdit([itemOf(two)], 'scale', '9:16', startFrame + 3, 'hold'));
    expect(clipOf(curved).animation.scale?.map(({ curve }) => curve)).toEqual(['hold', 'linear']);
    const none = make(curved, clearKeyframesEdit([itemOf(curved)], 'scale', '9:16', startFrame + 5));
    expect(clipOf(none)).toMatchObject({ animation: {}, layout: { scale: 2 } });
  });

  it('go with what is put back to usual, and leave others alone', () => {
    const moving = make(
      toggle(start, 0),
      toggleKeyframeEdit([itemOf(toggle(start, 0))], 'exposure', '9:16', startFrame + 1),
    );
    const put = (isOnlyHere: boolean) =>
      make(
        moving,
        layoutChange([itemOf(moving)], 'Reset look', (shape) => putBack(shape, '9:16', { exposure: 0 }, isOnlyHere)),
      );
    expect(Object.keys(clipOf(put(false)).animation)).toEqual(['scale']);
    expect(clipOf(put(true))).toMatchObject({ overrides: { '9:16': { exposure: 0 } }, animation: { exposure: [{}] } });
  });

  it('make a slow move over the whole length', () => {
    const panned = make(start, panEdit([itemOf(start)], '9:16', 'in'));
    const keys = clipOf(panned).animation.scale ?? [];
    expect(keys.map(({ frame }) => frame)).toEqual([0, clipOf(panned).lengthFrames - 1]);
    expect(keys[1]?.value).toBeGreaterThan(keys[0]?.value ?? 9);
  });
});
