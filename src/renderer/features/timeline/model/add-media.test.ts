import { describe, expect, it } from 'vitest';
import type { Asset, OptionId } from '#shared/model/index.ts';
import { type AddMode, addMediaEdit } from './add-media.ts';
import { applied, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import { selectableBeside, selectableHere } from './select-by-key.ts';

const target = { kind: 'option', optionId: 'hook1' as OptionId } as const;
const start = sampleProject();
const places = (project: typeof start) =>
  timelineView(project, target)
    .items.filter(({ lane }) => lane.isMain)
    .map(({ startFrame, endFrame }) => `${startFrame}-${endFrame}`);
const still = { id: 'picture', kind: 'image', name: 'pack.png', probe: { durationSeconds: null } } as unknown as Asset;
const added = (mode: AddMode, frame: number) => {
  const { edit, clipIds } = addMediaEdit(start, target, [still], { mode, frame, stillSeconds: 1 });
  return { project: applied(start, edit), clipIds };
};

describe('media put onto the timeline by key', () => {
  const before = places(start);
  const length = timelineView(start, target).lengthFrames;

  it('make room at the playhead, dividing what lies there', () => {
    const { project, clipIds } = added('insert', 10);
    expect(places(project)).toHaveLength(before.length + 2);
    expect(places(project).slice(0, 2)).toEqual(['0-10', '10-40']);
    expect(clipIds).toHaveLength(1);
  });

  it('lie over what is there, and nothing moves', () => {
    const { project } = added('overwrite', 10);
    expect(places(project)).toContain('10-40');
    expect(timelineView(project, target).lengthFrames).toBe(Math.max(length, 40));
  });

  it('go behind everything of the part', () => {
    const last = Number(before.at(-1)?.split('-')[1]);
    expect(places(added('append', 3).project)).toEqual([...before, `${last}-${last + 30}`]);
  });
});

describe('selecting by key', () => {
  const view = timelineView(start, target);
  it('takes the topmost at the playhead, then what is below, and round', () => {
    const here = view.items.filter(({ startFrame, endFrame }) => startFrame <= 5 && 5 < endFrame);
    const seen: string[] = [];
    let selection = new Set<string>();
    for (let n = 0; n <= here.length; n += 1) {
      const item = selectableHere(view, [], selection, 5);
      if (!item) break;
      seen.push(item.key);
      selection = new Set([item.key]);
    }
    expect(new Set(seen).size).toBe(here.length);
    expect(seen.at(-1)).toBe(seen[0]);
  });

  it('goes along a track, and begins at the playhead', () => {
    const first = selectableBeside(view, new Set(), 0, 1);
    expect(first).toMatchObject({ startFrame: 0, lane: { isMain: true } });
    const next = selectableBeside(view, new Set([first?.key ?? '']), 0, 1);
    if (next) expect(selectableBeside(view, new Set([next.key]), 0, -1)).toBe(first);
    expect(selectableBeside(view, new Set([first?.key ?? '']), 0, -1)).toBeNull();
  });
});
