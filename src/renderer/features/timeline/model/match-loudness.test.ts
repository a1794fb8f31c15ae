import { expect, test } from 'vitest';
import { applied, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import { matchLoudnessEdit, stretchOf } from './match-loudness.ts';
import { bandOfClip, gainEdit } from './volume-band.ts';

const variant = { hook: 'hook1', body: 'body1' } as never;
const itemsOf = (project = sampleProject()) =>
  timelineView(project, { kind: 'variant', variant }).items.filter(({ clip }) => clip.content.kind === 'media');

test('clips come to the mean of what they are now, in one step; what is silent stays', () => {
  const [first] = itemsOf();
  if (!first) throw new Error('no clip');
  const project = applied(sampleProject(), gainEdit(bandOfClip(first), -6));
  // −26, −20, −14 and silence.
  const edit = matchLoudnessEdit(itemsOf(project), [-20, -20, -14, null]);
  expect(edit).toMatchObject({ type: 'batch', label: 'Match loudness' });
  expect(itemsOf(applied(project, edit)).map(({ clip }) => clip.audio.gainDb)).toEqual([0, 0, -6, 0]);
});

test('fewer than two sounds have nothing to match', () => {
  expect(matchLoudnessEdit(itemsOf(), [-20, null, null, null])).toBeNull();
  expect(matchLoudnessEdit(itemsOf(), [-20, -20, -20, -20])).toBeNull();
});

test('a clip is measured where it plays', () => {
  expect(itemsOf().map(stretchOf)[1]).toMatchObject({ assetId: 'asset-b', startFrame: 60, lengthFrames: 30 });
});
