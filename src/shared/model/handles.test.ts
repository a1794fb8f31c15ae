import { expect, test } from 'vitest';
import { frozenFrames } from './handles.ts';
import { type Project, projectSchema } from './project.ts';
import { flattenVariant } from './timeline.ts';
import type { Variant } from './variant.ts';

/** Two clips of a source of five seconds at a cut with a transition of 20 frames. */
function frozen(firstIn: number, secondIn: number): number[] {
  const clip = (id: string, startFrame: number, seconds: number) => ({
    ...{ id, startFrame, lengthFrames: 30 },
    content: { kind: 'media', media: { assetId: 'five' }, sourceInSeconds: { num: seconds * 10, den: 10 } },
  });
  const transitions = [{ fromClipId: 'a', toClipId: 'b', kind: 'crossfade', lengthFrames: 20 }];
  const clips = [clip('a', 0, firstIn), clip('b', 30, secondIn)];
  const project: Project = projectSchema.parse({
    ...{ id: 'p', name: 'P' },
    sequences: [{ id: 's', tracks: [{ id: 't', kind: 'visual', clips, transitions }] }],
    slots: [
      { id: 'ad', name: 'Ad', options: [{ id: 'o', name: 'O', content: { kind: 'sequence', sequenceId: 's' } }] },
    ],
  });
  const lengths = () => ({ num: 5, den: 1 });
  const { clips: placed, rate } = flattenVariant(project, { ad: 'o' } as unknown as Variant, lengths);
  return placed.filter(({ overrun }) => overrun).map((one) => frozenFrames(one, lengths, rate));
}

test('a handle stands still where its source has nothing more', () => {
  expect(frozen(1, 1)).toEqual([0, 0]);
  expect(frozen(4, 0)).toEqual([10, 10]);
  expect(frozen(3.8, 0.2)).toEqual([4, 4]);
});
