import { describe, expect, it } from 'vitest';
import type { Project } from '#shared/model/index.ts';
import { flattenSequence, sourceTimeAt } from '#shared/model/index.ts';
import type { TimelineTarget } from '../target.ts';
import { applied, places, sampleProject } from './fixture.ts';
import { canFreeze, freezeEdit } from './freeze.ts';
import { timelineView } from './lanes.ts';
import { trimLimits } from './trim.ts';

const hook = { kind: 'option', optionId: 'hook1' } as TimelineTarget;
const itemOf = (project: Project, id: string) => {
  const item = timelineView(project, hook).items.find(({ clip }) => clip.id === id);
  if (!item) throw new Error(`${id} is not there`);
  return item;
};

describe('a freeze frame', () => {
  it('stands for two seconds at the frame it was made at; the clip goes on behind it', () => {
    const { edit, clipIds } = freezeEdit(sampleProject(), hook, itemOf(sampleProject(), 'a'), 20, '9:16');
    const project = applied(sampleProject(), edit);
    const [frozen = ''] = clipIds;
    expect(places(project, 'v1')).toMatch(/^a0-20 clip-\w+-80 [\w-]+-120 b120-150 c150-240$/);
    const sequence = project.sequences[0];
    if (!sequence) throw new Error('no sequence');
    const { clips, rate } = flattenSequence(project, sequence, {});
    const [placed] = clips.filter(({ clipId }) => clipId === frozen);
    if (!placed) throw new Error('it is not placed');
    expect(placed.hasSound).toBe(false);
    // A second into its source, and twenty frames.
    for (const frame of [20, 55, 79]) expect(sourceTimeAt(placed, frame, rate)).toEqual({ num: 5, den: 3 });
    const after = clips.find(
      ({ startFrame, hasPicture, content }) => startFrame === 80 && hasPicture && content.kind === 'media',
    );
    expect(after && sourceTimeAt(after, 80, rate)).toEqual({ num: 5, den: 3 });
  });

  it('can be pulled out at both ends as far as there is room, and has no speed', () => {
    const { edit, clipIds } = freezeEdit(sampleProject(), hook, itemOf(sampleProject(), 'a'), 20, '9:16');
    const project = applied(sampleProject(), edit);
    const item = itemOf(project, clipIds[0] ?? '');
    const lengths = () => ({ num: 5, den: 1 });
    expect(trimLimits(item, 'start', true, lengths, { num: 30, den: 1 }).min).toBe(Number.NEGATIVE_INFINITY);
    expect(trimLimits(item, 'end', true, lengths, { num: 30, den: 1 }).max).toBe(Number.POSITIVE_INFINITY);
    expect(canFreeze(item, 30, false)).toBe(false);
    const speed = { type: 'clip.setSpeed', sequenceId: 's1', clipId: item.clip.id, speed: { num: 2, den: 1 } };
    expect(() => applied(project, speed as never)).toThrow('no speed');
  });
});
