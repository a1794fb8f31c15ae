import { describe, expect, it } from 'vitest';
import type { OptionId, Project } from '#shared/model/index.ts';
import { applied, places, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import { closeLaneGapsEdit, noRange, rangeOf, removeRangeEdit, withIn, withOut } from './range.ts';

const target = { kind: 'option', optionId: 'hook1' as OptionId } as const;
const viewOf = (project: Project) => timelineView(project, target);
const plain = sampleProject();

describe('in and out', () => {
  it('mark a stretch that includes both frames; one that is missing is the end of the timeline', () => {
    expect(rangeOf(noRange, 100)).toBeNull();
    expect(rangeOf(withIn(noRange, 20), 100)).toEqual({ startFrame: 20, endFrame: 100 });
    expect(rangeOf(withOut(withIn(noRange, 20), 29), 100)).toEqual({ startFrame: 20, endFrame: 30 });
    expect(rangeOf(withOut(noRange, 29), 100)).toEqual({ startFrame: 0, endFrame: 30 });
  });
  it('push one another away', () => {
    expect(withOut(withIn(noRange, 20), 10)).toEqual({ inFrame: null, outFrame: 10 });
    expect(withIn(withOut(noRange, 10), 20)).toEqual({ inFrame: 20, outFrame: null });
  });
});

describe('cutting a stretch out', () => {
  const range = { startFrame: 30, endFrame: 70 };
  it('closes it on every track', () => {
    const before = places(plain, 'v1');
    const cut = applied(plain, removeRangeEdit(viewOf(plain), range, true));
    expect(viewOf(cut).lengthFrames).toBe(viewOf(plain).lengthFrames - 40);
    expect(places(cut, 'v1')).not.toBe(before);
  });
  it('or leaves it empty', () => {
    const cut = applied(plain, removeRangeEdit(viewOf(plain), range, false));
    expect(viewOf(cut).lengthFrames).toBe(viewOf(plain).lengthFrames);
    expect(viewOf(cut).items.some((item) => item.startFrame < 70 && item.endFrame > 30)).toBe(false);
  });
  it('is nothing where there is nothing', () => {
    expect(removeRangeEdit(viewOf(plain), { startFrame: 9000, endFrame: 9010 }, true)).toBeNull();
  });
});

describe('closing the gaps of one lane', () => {
  it('leaves the others as they are', () => {
    const gappy = applied(plain, {
      ...{ type: 'clip.move', sequenceId: 's1' as never, clipId: 't' as never, trackId: 't1' as never },
      startFrame: 100,
    });
    const lane = viewOf(gappy).lanes.find((one) => one.parts.some(({ track }) => track.id === 't1'));
    const edit = lane ? closeLaneGapsEdit(lane) : null;
    const closed = applied(gappy, edit);
    expect(places(closed, 't1')).toBe('t0-40');
    expect(places(closed, 'v1')).toBe(places(plain, 'v1'));
    const closedLane = viewOf(closed).lanes.find((one) => one.key === lane?.key);
    expect(closedLane && closeLaneGapsEdit(closedLane)).toBeNull();
  });
});
