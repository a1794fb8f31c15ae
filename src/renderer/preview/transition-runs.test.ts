import { expect, test } from 'vitest';
import { type AssetId, flattenVariant, projectSchema, type Variant } from '#shared/model/index.ts';
import { mediaRuns, wantedRuns } from './schedule.ts';
import { clipSides } from './sound/clip-sides.ts';
import type { PreviewSource } from './source.ts';

const source = (id: string) =>
  ({
    assetId: id,
    name: id,
    mode: 'moving',
    size: { width: 16, height: 9 },
    hasSound: true,
  }) as unknown as PreviewSource;

function adWith(sound: string, sourceIn: readonly number[] = [3, 3], ids: readonly string[] = ['a', 'b']) {
  const clip = (id: string, startFrame: number, n: number) => ({
    ...{ id, startFrame, lengthFrames: 60 },
    content: { kind: 'media', media: { assetId: ids[n] }, sourceInSeconds: { num: sourceIn[n], den: 1 } },
  });
  const transitions = [{ fromClipId: 'a', toClipId: 'b', kind: 'crossfade', lengthFrames: 20, sound }];
  const clips = [clip('a', 0, 0), clip('b', 60, 1)];
  const project = projectSchema.parse({
    ...{ id: 'p', name: 'P' },
    sequences: [{ id: 's', tracks: [{ id: 't', kind: 'visual', clips, transitions }] }],
    slots: [
      { id: 'ad', name: 'Ad', options: [{ id: 'o', name: 'O', content: { kind: 'sequence', sequenceId: 's' } }] },
    ],
  });
  const timeline = flattenVariant(project, { ad: 'o' } as unknown as Variant, () => null);
  const sources = new Map([source('a'), source('b')].map((one) => [one.assetId as AssetId, one]));
  return { timeline, runs: mediaRuns(timeline, sources) };
}

test('a transition plays two elements at once, each of them through its clip and its handle; sound changes at the cut', () => {
  const { timeline, runs } = adWith('cut');
  expect(runs.map(({ assetId, startFrame, endFrame }) => [assetId, startFrame, endFrame])).toEqual([
    ['a', 0, 70],
    ['b', 50, 120],
  ]);
  const playing = (frame: number) =>
    wantedRuns(runs, frame, 0, 1, 8)
      .filter(({ startsInFrames }) => startsInFrames <= 0)
      .map(({ run }) => run.assetId);
  expect([playing(49), playing(50), playing(69), playing(70)]).toEqual([['a'], ['a', 'b'], ['a', 'b'], ['b']]);
  const loudest = (assetId: string, frame: number) =>
    Math.max(
      ...timeline.clips
        .filter(({ content }) => content.kind === 'media' && content.assetId === assetId)
        .map((one) => clipSides(one, frame, timeline.rate).left),
    );
  expect([loudest('a', 59), loudest('a', 60), loudest('b', 59), loudest('b', 60)]).toEqual([1, 0, 0, 1]);
});

test('sound that crosses over is played by the element of its picture, even where both are the same shot', () => {
  const spans = ({ runs }: ReturnType<typeof adWith>) =>
    runs.map(({ assetId, startFrame, endFrame }) => [assetId, startFrame, endFrame]);
  expect(spans(adWith('crossfade'))).toEqual([
    ['a', 0, 70],
    ['b', 50, 120],
  ]);
  const shot = adWith('crossfade', [3, 5], ['a', 'a']);
  expect(spans(shot)).toEqual([['a', 0, 120]]);
  const heard = shot.runs[0]?.clips.map((clip) => clipSides(clip, 60, shot.timeline.rate).left) ?? [];
  expect(heard.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(Math.SQRT2, 6);
});
