import { expect, test } from 'vitest';
import { frozenFrames, silentFrames } from './handles.ts';
import type { SlotId } from './ids.ts';
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

/** Two parts of two seconds of a source of five, with the sound changing so many frames after the cut between them. */
function silent(firstIn: number, secondIn: number, audioOverhangFrames: number): number {
  const part = (id: string, seconds: number) => ({
    id,
    tracks: [
      {
        ...{ id: `t-${id}`, kind: 'visual' },
        clips: [
          {
            ...{ id: `c-${id}`, startFrame: 0, lengthFrames: 60 },
            content: { kind: 'media', media: { assetId: 'five' }, sourceInSeconds: { num: seconds * 10, den: 10 } },
          },
        ],
      },
    ],
  });
  const option = (id: string) => ({ id: `o-${id}`, name: id, content: { kind: 'sequence', sequenceId: id } });
  const project = projectSchema.parse({
    ...{ id: 'p', name: 'P' },
    slots: [
      { id: 'hook', name: 'Hook', options: [option('one')] },
      { id: 'body', name: 'Body', options: [option('two')] },
    ],
    sequences: [part('one', firstIn), part('two', secondIn)],
    seams: [{ id: 's', afterSlotId: 'hook', transition: { kind: 'cut' }, audioOverhangFrames }],
  });
  const lengths = () => ({ num: 5, den: 1 });
  const { clips, rate } = flattenVariant(project, { hook: 'o-one', body: 'o-two' } as unknown as Variant, lengths);
  const ids = { beforeSlotId: 'hook' as SlotId, afterSlotId: 'body' as SlotId };
  return silentFrames(clips, { ...ids, cutFrame: 60, overhangFrames: audioOverhangFrames }, lengths, rate);
}

test('an overhang of sound is silent where its source has nothing more', () => {
  expect([silent(1, 1, 0), silent(1, 1, 12), silent(1, 1, -12)]).toEqual([0, 0, 0]);
  // The first part ends with its source; the second begins six frames in.
  expect([silent(3, 1, 12), silent(2.8, 1, 12)]).toEqual([12, 6]);
  expect([silent(1, 0, -12), silent(1, 0.2, -12)]).toEqual([12, 6]);
});
