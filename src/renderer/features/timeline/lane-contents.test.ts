import { expect, it } from 'vitest';
import type { ClipId, OptionId, Project, SequenceId, TrackId } from '#shared/model/index.ts';
import { laneContents } from './lane-contents.ts';
import { applied, sampleProject } from './model/fixture.ts';
import { timelineView } from './model/lanes.ts';
import { transitionItems } from './model/transition-items.ts';

const hook = { kind: 'option' as const, optionId: 'hook1' as OptionId };
const sequenceId = 's1' as SequenceId;

function contents(project: Project, before?: ReturnType<typeof laneContents>) {
  const view = timelineView(project, hook);
  return laneContents(view, transitionItems(view.lanes), before);
}

it('lanes that an edit does not touch are the very objects of before', () => {
  const project = sampleProject();
  const before = contents(project);
  const patch = { name: 'Other' };
  const named = applied(project, { type: 'clip.set', sequenceId, clipId: 'c' as ClipId, patch });
  const after = contents(named, before);
  expect(after.map((lane, at) => lane === before[at])).toEqual([true, false]);
  expect(after[1]?.items.map(({ clip }) => clip.name)).toEqual(['', '', 'Other']);
});

it('a lane is another when its header changes, or when clips lie elsewhere', () => {
  const project = sampleProject();
  const before = contents(project);
  const locked = applied(project, {
    ...{ type: 'track.set', sequenceId, trackId: 't1' as TrackId },
    patch: { isLocked: true },
  });
  expect(contents(locked, before).map((lane, at) => lane === before[at])).toEqual([false, true]);
  const moved = applied(project, { type: 'clip.remove', sequenceId, clipIds: ['a' as ClipId], isRipple: true });
  expect(contents(moved, before)[1]?.items.map(({ startFrame }) => startFrame)).toEqual([0, 30]);
});
