import { describe, expect, it } from 'vitest';
import type { Project, Variant } from '#shared/model/index.ts';
import { usualTransition } from '../../transitions/transition-words.ts';
import type { TimelineTarget } from '../target.ts';
import { applied, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import {
  changeTransitionEdit,
  draggedLength,
  hasCuts,
  mainCuts,
  meantCuts,
  ownSeamEdit,
  removeTransitionsEdit,
  transitionsEdit,
  withoutTransition,
} from './transition-edits.ts';
import { seamItems, transitionItems } from './transition-items.ts';

const hook = { kind: 'option', optionId: 'hook1' } as TimelineTarget;
const whole = { kind: 'variant', variant: { hook: 'hook1', body: 'body1' } as unknown as Variant } as TimelineTarget;
const rate = { num: 30, den: 1 };
const crossfade = usualTransition('crossfade', rate);

function shown(project: Project, target: TimelineTarget) {
  const view = timelineView(project, target);
  const seams = target.kind === 'variant' ? seamItems(project, view.sections) : [];
  return { view, seams, transitions: transitionItems(view.lanes) };
}
const keysAt = (project: Project, target: TimelineTarget, selected: readonly string[], frame: number) => {
  const { view, seams } = shown(project, target);
  const items = view.items.filter(({ clip }) => selected.includes(clip.id));
  return meantCuts({ view, seams }, items, frame).map(({ key }) => key);
};

describe('which cuts a transition is meant for', () => {
  it('is the one nearest to the playhead, an end of the selected clip, or all between selected clips', () => {
    const project = sampleProject();
    expect(keysAt(project, hook, [], 0)).toEqual(['transition/hook/b']);
    expect(keysAt(project, hook, [], 80)).toEqual(['transition/hook/c']);
    expect(keysAt(project, hook, ['c'], 0)).toEqual(['transition/hook/c']);
    expect(keysAt(project, hook, ['a', 'b', 'c'], 0)).toEqual(['transition/hook/b', 'transition/hook/c']);
    // Words alone touch nothing.
    expect(keysAt(project, hook, ['t'], 0)).toEqual([]);
    expect(mainCuts(shown(project, hook).view)).toHaveLength(2);
    expect(hasCuts(shown(project, hook).view)).toBe(true);
  });

  it('is the boundary of two parts where that is nearest', () => {
    expect(keysAt(sampleProject(), whole, [], 178)).toEqual(['seam/body']);
  });
});

describe('transitions on the timeline', () => {
  it('are put, changed, dragged and removed', () => {
    const { view, seams } = shown(sampleProject(), hook);
    const cuts = meantCuts({ view, seams }, [], 60);
    const set = applied(sampleProject(), transitionsEdit(cuts, crossfade));
    const [item] = shown(set, hook).transitions;
    if (!item) throw new Error('there is no transition');
    expect([item.startFrame, item.cutFrame, item.endFrame]).toEqual([53, 60, 68]);
    expect(withoutTransition(mainCuts(shown(set, hook).view), shown(set, hook)).map(({ key }) => key)).toEqual([
      'transition/hook/c',
    ]);
    expect(draggedLength(item, 'end', 3)).toBe(21);
    expect(draggedLength(item, 'start', 30)).toBe(1);
    const changed = applied(set, changeTransitionEdit(item, { kind: 'push', alignment: 'start' }));
    const [after] = shown(changed, hook).transitions;
    expect([after?.transition.kind, after?.startFrame, after?.endFrame]).toEqual(['push', 60, 75]);
    expect(shown(applied(set, removeTransitionsEdit([item], [])), hook).transitions).toEqual([]);
  });

  it('between parts hold for all pairs, or for one', () => {
    const { view, seams } = shown(sampleProject(), whole);
    const common = applied(sampleProject(), transitionsEdit(meantCuts({ view, seams }, [], 180), crossfade));
    const [item] = shown(common, whole).seams;
    if (!item) throw new Error('there is no seam');
    expect(item.seam?.pair).toBeNull();
    expect(item.entrance?.span).toEqual({ startFrame: 173, endFrame: 188 });
    const own = applied(common, ownSeamEdit(common, item, true));
    const [pair] = shown(own, whole).seams;
    expect(pair?.seam?.pair).toEqual({ from: 'hook1', to: 'body1' });
    expect(pair?.entrance?.transition.kind).toBe('crossfade');
    if (!pair) throw new Error('there is no seam');
    const cut = applied(own, removeTransitionsEdit([], [pair]));
    expect(shown(cut, whole).seams[0]?.entrance).toBeNull();
    expect(applied(own, ownSeamEdit(own, pair, false)).seams).toHaveLength(1);
  });
});
