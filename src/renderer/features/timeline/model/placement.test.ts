import { describe, expect, it } from 'vitest';
import type { OptionId, SlotId, Variant } from '#shared/model/index.ts';
import { applied, places, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import { type DropWish, moveItems, placeClips, planDrop } from './placement.ts';

const project = sampleProject();
const view = timelineView(project, { kind: 'option', optionId: 'hook1' as OptionId });
const variant: Variant = { ['hook' as SlotId]: 'hook1' as OptionId, ['body' as SlotId]: 'body1' as OptionId };
const whole = timelineView(project, { kind: 'variant', variant });
const item = (id: string, of = view) => {
  const found = of.items.find((candidate) => candidate.clip.id === id);
  if (!found) throw new Error(`no clip ${id}`);
  return found;
};
const wish = (change: Partial<DropWish>): DropWish => ({
  over: 'visual-0',
  pointerFrame: 0,
  startFrame: 0,
  kind: 'visual',
  isOverwriting: false,
  moved: new Set(),
  ...change,
});
const move = (ids: string[], change: Partial<DropWish>, of = view) => {
  const items = ids.map((id) => item(id, of));
  const plan = planDrop(of, wish({ ...change, moved: new Set(items.map((one) => one.key)) }));
  if (!plan) throw new Error('nowhere to land');
  return moveItems(items, plan);
};

describe('moving on the main lane', () => {
  it('puts a clip before the one whose first half is under the pointer', () => {
    expect(places(applied(project, move(['c'], { pointerFrame: 10 })), 'v1')).toBe('c0-90 a90-150 b150-180');
  });

  it('puts a clip after the one whose second half is under the pointer', () => {
    expect(places(applied(project, move(['a'], { pointerFrame: 85 })), 'v1')).toBe('b0-30 a30-90 c90-180');
  });

  it('moves several together in their order', () => {
    expect(places(applied(project, move(['b', 'a'], { pointerFrame: 179 })), 'v1')).toBe('c0-90 a90-150 b150-180');
  });

  it('changes nothing when dropped where it was', () => {
    expect(move(['b'], { pointerFrame: 70 })).toBeNull();
  });

  it('covers what is there with Alt', () => {
    const after = applied(project, move(['b'], { pointerFrame: 20, startFrame: 10, isOverwriting: true }));
    expect(places(after, 'v1')).toMatch(/^a0-10 b10-40 \S+40-60 c90-180$/);
  });
});

describe('moving between lanes and sections', () => {
  it('closes the gap on the main lane when a clip leaves it', () => {
    const after = applied(project, move(['b'], { over: 'visual-1', pointerFrame: 100, startFrame: 100 }));
    expect(places(after, 'v1')).toBe('a0-60 c60-150');
    expect(places(after, 't1')).toBe('t30-70 b100-130');
  });

  it('shifts a clip along its own lane', () => {
    const after = applied(project, move(['t'], { over: 'visual-1', pointerFrame: 60, startFrame: 55 }));
    expect(places(after, 't1')).toBe('t55-95');
  });

  it('makes a new layer when dropped above all lanes', () => {
    const after = applied(project, move(['c'], { over: 'above', pointerFrame: 12, startFrame: 12 }));
    expect(after.sequences[0]?.tracks.map((track) => track.kind)).toEqual(['visual', 'visual', 'visual']);
    expect(after.sequences[0]?.tracks[2]?.clips[0]).toMatchObject({ id: 'c', startFrame: 12 });
  });

  it('carries a clip from one option into another in a variant', () => {
    const after = applied(project, move(['b'], { pointerFrame: 290 }, whole));
    expect(places(after, 'v1')).toBe('a0-60 c60-150');
    expect(places(after, 'v2')).toBe('d0-120 b120-150');
  });
});

describe('dropping media', () => {
  const clip = { ...item('a').clip, id: 'new' as never, startFrame: 0, lengthFrames: 20 };

  it('is inserted at the nearest cut of the main lane', () => {
    const plan = planDrop(view, wish({ pointerFrame: 55, startFrame: 55 }));
    const after = applied(project, plan && placeClips(plan, [clip]));
    expect(places(after, 'v1')).toBe('a0-60 new60-80 b80-110 c110-200');
  });

  it('is appended beyond the end', () => {
    const plan = planDrop(view, wish({ pointerFrame: 9000, startFrame: 9000 }));
    expect(plan).toMatchObject({ kind: 'insert', indicatorFrame: 180 });
  });

  it('lands in the section under the pointer', () => {
    const plan = planDrop(whole, wish({ pointerFrame: 185, startFrame: 185 }));
    expect(plan).toMatchObject({ kind: 'insert', atFrame: 0, indicatorFrame: 180 });
    expect(plan?.section.slotId).toBe('body');
  });

  it('makes a sound track for sound when there is none', () => {
    const plan = planDrop(view, wish({ kind: 'audio', pointerFrame: 10, startFrame: 10 }));
    expect(plan).toMatchObject({ kind: 'new-track', trackKind: 'audio', atFrame: 10 });
    const after = applied(project, plan && placeClips(plan, [clip]));
    expect(after.sequences[0]?.tracks.at(-1)).toMatchObject({ kind: 'audio', clips: [{ id: 'new', startFrame: 10 }] });
  });

  it('refuses a locked track and an option that plays nothing', () => {
    const locked = applied(project, { type: 'track.set', sequenceId: 's1', trackId: 'v1', patch: { isLocked: true } });
    const lockedView = timelineView(locked, { kind: 'option', optionId: 'hook1' as OptionId });
    expect(planDrop(lockedView, wish({ pointerFrame: 10 }))).toBeNull();
    expect(planDrop(timelineView(project, { kind: 'option', optionId: 'hook2' as OptionId }), wish({}))).toBeNull();
  });
});
