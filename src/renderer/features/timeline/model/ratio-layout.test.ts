import { describe, expect, it } from 'vitest';
import { layoutIn, type OptionId, type Project } from '#shared/model/index.ts';
import { applied, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import { appliedToAll, asKept, changedIn, layoutChange, ownParts, resetIn } from './ratio-layout.ts';

const itemOf = (project: Project) => {
  const view = timelineView(project, { kind: 'option', optionId: 'hook1' as OptionId });
  const found = view.items.find(({ clip }) => clip.id === 't');
  if (!found) throw new Error('no text');
  return found;
};
const clipOf = (project: Project) => itemOf(project).clip;
const start = sampleProject();
const change = (project: Project, ratio: '1:1' | '9:16', patch: object, isOnlyHere: boolean) =>
  applied(
    project,
    layoutChange([itemOf(project)], 'Change layout', (shape) => changedIn(shape, ratio, patch, isOnlyHere, 0)),
  );

describe('layout per ratio', () => {
  it('changes every ratio, or only the one shown, value by value', () => {
    const everywhere = change(start, '1:1', { x: 0.2 }, false);
    expect(clipOf(everywhere)).toMatchObject({ layout: { x: 0.2 }, overrides: {} });
    const own = change(everywhere, '1:1', { y: 0.1 }, true);
    expect(clipOf(own)).toMatchObject({ layout: { x: 0.2, y: 0 }, overrides: { '1:1': { y: 0.1 } } });
    // What the ratio has of its own stays its own; the rest is everybody's.
    const both = change(own, '1:1', { x: 0.3, y: 0.4 }, false);
    expect(clipOf(both)).toMatchObject({ layout: { x: 0.3, y: 0 }, overrides: { '1:1': { y: 0.4 } } });
    expect(ownParts(clipOf(both), '1:1')).toEqual(['y']);
  });

  it('goes back to what all ratios have, for one value or for all', () => {
    const own = change(start, '1:1', { x: 0.1, y: 0.2 }, true);
    const oneBack = applied(
      own,
      layoutChange([itemOf(own)], 'Reset', (shape) => resetIn(shape, '1:1', ['x'])),
    );
    expect(clipOf(oneBack).overrides).toEqual({ '1:1': { y: 0.2 } });
    const allBack = applied(
      own,
      layoutChange([itemOf(own)], 'Reset', (shape) => resetIn(shape, '1:1', null)),
    );
    expect(clipOf(allBack)).toEqual(clipOf(start));
  });

  it('gives one ratio’s values to all, and takes theirs away', () => {
    const two = change(change(start, '1:1', { x: 0.1, scale: 2 }, true), '9:16', { x: 0.5 }, true);
    const after = applied(
      two,
      layoutChange([itemOf(two)], 'Apply', (shape) => appliedToAll(shape, '1:1', ['x'])),
    );
    expect(clipOf(after)).toMatchObject({ layout: { x: 0.1, scale: 1 }, overrides: { '1:1': { scale: 2 } } });
    expect(layoutIn(clipOf(after), '9:16').x).toBe(0.1);
    expect(ownParts(clipOf(after), '9:16')).toEqual([]);
  });

  it('is an edit of what is kept when a dragged value is let go, though it is already shown', () => {
    const shown = change(start, '1:1', { scale: 1.5 }, false);
    const letGo = (item: ReturnType<typeof itemOf>) =>
      layoutChange([asKept(item, start)], 'Change layout', (shape) =>
        changedIn(shape, '1:1', { scale: 1.5 }, false, 0),
      );
    expect(letGo(itemOf(shown))).not.toBeNull();
    expect(clipOf(applied(start, letGo(itemOf(shown)))).layout.scale).toBe(1.5);
    expect(asKept(itemOf(shown), shown).clip).toBe(clipOf(shown));
  });

  it('is no edit when nothing changes', () => {
    expect(layoutChange([itemOf(start)], 'Reset', (shape) => resetIn(shape, '1:1', null))).toBeNull();
  });
});
