import { describe, expect, it } from 'vitest';
import type { OptionId, SlotId } from '#shared/model/index.ts';
import { sampleProject } from './fixture.ts';
import { itemAt, sectionAt, sharersOf, snapPoints, timelineView } from './lanes.ts';
import { nearestPoint, snapDelta } from './snap.ts';
import { peakBetween, waveformColumns } from './waveform.ts';
import { fitZoom, rulerSteps, scrollToShow, zoomAround } from './zoom.ts';

const rate = { num: 30, den: 1 };

describe('lanes', () => {
  const project = sampleProject();
  const view = timelineView(project, {
    kind: 'variant',
    variant: { ['hook' as SlotId]: 'hook1' as OptionId, ['body' as SlotId]: 'body1' as OptionId },
  });

  it('lines the tracks of all sections up, upper pictures first', () => {
    expect(view.lanes.map((lane) => [lane.key, lane.name, lane.parts.length])).toEqual([
      ['visual-1', 'Text', 1],
      ['visual-0', 'Video', 2],
    ]);
    expect(view.lengthFrames).toBe(300);
    expect(view.items.find((item) => item.clip.id === 'd')).toMatchObject({ startFrame: 180, endFrame: 300 });
  });

  it('finds what is at a frame', () => {
    expect(sectionAt(view, 200)?.slotId).toBe('body');
    expect(sectionAt(view, 9999)?.slotId).toBe('body');
    expect(itemAt(view, 'visual-0', 60)?.clip.id).toBe('b');
    expect(itemAt(view, 'visual-1', 10)).toBeNull();
  });

  it('shows an option without a timeline as empty, with a lane to drop on', () => {
    const none = timelineView(project, { kind: 'option', optionId: 'hook2' as OptionId });
    expect(none).toMatchObject({ lengthFrames: 0, items: [] });
    expect(none.lanes.map((lane) => lane.key)).toEqual(['visual-0']);
  });

  it('names who shares a sequence', () => {
    expect(sharersOf(project, 's1' as never).map((option) => option.name)).toEqual(['Hook 1']);
  });

  it('snaps to cuts, sections and the playhead, not to what is moved', () => {
    const b = view.items.find((item) => item.clip.id === 'b');
    const points = snapPoints(view, 77, new Set([b?.key ?? '']));
    expect(points).toEqual(expect.arrayContaining([0, 30, 60, 70, 77, 90, 180, 300]));
  });
});

describe('snapping', () => {
  it('takes the nearest point in reach', () => {
    expect(nearestPoint(58, [0, 50, 60], 4)).toBe(60);
    expect(nearestPoint(55, [50, 60], 4)).toBeNull();
  });

  it('lands either edge, whichever is nearer', () => {
    expect(snapDelta([10, 40], 17, [30, 60], 5)).toEqual({ delta: 20, at: 30 });
    expect(snapDelta([10, 40], 19, [31, 60], 5)).toEqual({ delta: 20, at: 60 });
    expect(snapDelta([10], 100, [0], 5)).toEqual({ delta: 100, at: null });
  });
});

describe('zoom', () => {
  it('keeps what is under the pointer in place', () => {
    const before = { pixelsPerFrame: 4, scrollLeft: 100 };
    const after = zoomAround(before, 2, 60);
    const frameBefore = (before.scrollLeft + 60) / before.pixelsPerFrame;
    expect((after.scrollLeft + 60) / after.pixelsPerFrame).toBeCloseTo(frameBefore);
  });

  it('fits a length into a width', () => {
    expect(fitZoom(900, 948)).toBeCloseTo(1);
    expect(fitZoom(0, 900)).toBeGreaterThan(0);
  });

  it('keeps ruler labels apart at every zoom', () => {
    for (const pixelsPerFrame of [0.01, 0.1, 0.5, 1, 3, 10, 40]) {
      const { majorFrames, minorFrames } = rulerSteps(pixelsPerFrame, rate);
      expect(majorFrames * pixelsPerFrame).toBeGreaterThanOrEqual(90);
      expect(majorFrames % minorFrames).toBe(0);
    }
  });

  it('turns the page when the playhead leaves', () => {
    const scale = { pixelsPerFrame: 2, scrollLeft: 0 };
    expect(scrollToShow(100, scale, 500)).toBe(0);
    expect(scrollToShow(400, scale, 500)).toBe(750);
  });
});

describe('waveform', () => {
  const peaks = new Int8Array([-10, 20, -127, 90, 0, 0, -5, 5]);
  it('takes the highest peak of a stretch and is silent beyond the end', () => {
    expect(peakBetween(peaks, 2, 0, 1)).toBeCloseTo(1);
    expect(peakBetween(peaks, 2, 1, 1.5)).toBe(0);
    expect(peakBetween(peaks, 2, 5, 6)).toBe(0);
    expect(waveformColumns(peaks, 2, 0, 0.5, 4).map((value) => value > 0)).toEqual([true, true, false, true]);
  });
});
