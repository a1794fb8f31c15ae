import { expect, test } from 'vitest';
import { type Asset, flattenVariant, listVariants, setMusicEdit } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { beatAssets, beatFrames, cutAtBeatsEdit, trimToBeatsEdit } from './beats.ts';
import { applied, places, sampleProject } from './fixture.ts';
import { snapPoints, timelineView } from './lanes.ts';

const song = { id: 'song', kind: 'audio', name: 'song.mp3', probe: { durationSeconds: rational(4) } };
const project = applied(sampleProject(), setMusicEdit({ project: sampleProject(), asset: song as unknown as Asset }));
const [variant] = listVariants(project);
if (!variant) throw new Error('no variant');
const timeline = flattenVariant(project, variant, () => rational(4));
const view = timelineView(project, { kind: 'variant', variant });
const clipsOf = (...ids: string[]) => view.items.filter(({ clip }) => ids.includes(clip.id));

test('beats are those of every turn of the music, on the nearest frame, and edges snap to them', () => {
  expect(beatAssets(timeline)).toEqual(['song']);
  const beats = beatFrames(timeline, () => [0.51, 2.5, 9]);
  // 10 s of a loop of 4 s at 30 frames per second.
  expect(beats).toEqual([15, 75, 135, 195, 255]);
  expect(snapPoints({ ...view, beats }, null, new Set())).toEqual(expect.arrayContaining([15, 255]));
});

test('clips are cut at every beat inside them', () => {
  const edit = cutAtBeatsEdit(clipsOf('a'), [0, 20, 45, 60, 90]);
  const cut = applied(project, edit);
  expect(places(cut, 'v1').replaceAll(/clip-?[\w-]*?(?=\d+-\d+)/g, 'x')).toMatch(/^a0-20 /);
  const track = cut.sequences[0]?.tracks[0]?.clips.map(({ startFrame, lengthFrames }) => [startFrame, lengthFrames]);
  expect(track?.slice(0, 3)).toEqual([[0, 20], [20, 25], [45, 15]]); // biome-ignore format: three clips
});

test('cuts move to the beat before them, and what follows closes up', () => {
  const edit = trimToBeatsEdit(clipsOf('a', 'b', 'c'), [0, 25, 50, 75, 100, 125, 150, 175]);
  // a ends at 50 (not 60), b at 75 (not 80), c at 150 (not 165).
  expect(places(applied(project, edit), 'v1')).toBe('a0-50 b50-75 c75-150');
  expect(trimToBeatsEdit(clipsOf('b'), [90])).toBeNull();
  expect(trimToBeatsEdit(clipsOf('b'), [])).toBeNull();
});
