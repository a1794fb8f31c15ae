import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toNumber } from '../../units/index.ts';
import { type Keyframe, valueAt } from '../animation.ts';
import type { Clip } from '../clip.ts';
import { editSchema } from '../edit.ts';
import { type Project, projectSchema } from '../project.ts';
import { applyEdit } from './index.ts';

const rate = 25;
const sequenceId = 's';

/** Two pieces of the same footage, one right behind the other; the first with keyframes of scale. */
function projectWith(keys: readonly Keyframe[]): Project {
  const media = (inFrame: number) => ({
    ...{ kind: 'media', media: { assetId: 'film' } },
    sourceInSeconds: { num: inFrame, den: rate },
  });
  return projectSchema.parse({
    ...{ id: 'p', name: 'P', rate: { num: rate, den: 1 } },
    sequences: [
      {
        id: sequenceId,
        tracks: [
          {
            ...{ id: 't', kind: 'visual' },
            clips: [
              { id: 'a', startFrame: 10, lengthFrames: 40, content: media(60), animation: { scale: keys } },
              { id: 'b', startFrame: 50, lengthFrames: 40, content: media(200) },
            ],
          },
        ],
      },
    ],
  });
}

const clipsOf = (project: Project): Clip[] => project.sequences[0]?.tracks[0]?.clips ?? [];

/** Scale by frame of the source, of all clips with keyframes. */
function scales(project: Project): Map<number, number> {
  return new Map(
    clipsOf(project).flatMap((clip) => {
      const keys = clip.animation.scale;
      if (!keys || clip.content.kind !== 'media') return [];
      const from = Math.round(toNumber(clip.content.sourceInSeconds) * rate);
      return Array.from({ length: clip.lengthFrames }, (_, k) => [from + k, valueAt(keys, k)] as const);
    }),
  );
}

const someKeys = fc
  .uniqueArray(
    fc.record({
      frame: fc.integer({ min: -10, max: 50 }),
      value: fc.integer({ min: 1, max: 9 }),
      curve: fc.constantFrom<Keyframe['curve']>('linear', 'hold', 'ease-in-out', [0.2, 1.3, 0.4, 1]),
    }),
    { selector: ({ frame }) => frame, minLength: 1, maxLength: 5 },
  )
  .map((keys) => keys.toSorted((one, other) => one.frame - other.frame));

const steps = fc.oneof(
  fc.integer({ min: 1, max: 39 }).map((at) => ({ type: 'clip.split', atFrame: 10 + at, newClipId: 'a2' })),
  fc.record({
    ...{ type: fc.constant('clip.trim'), edge: fc.constantFrom('start', 'end'), isRipple: fc.boolean() },
    deltaFrames: fc.integer({ min: -8, max: 20 }),
  }),
  fc.integer({ min: -30, max: 30 }).map((deltaFrames) => ({ type: 'clip.slip', deltaFrames })),
  fc.integer({ min: -20, max: 20 }).map((deltaFrames) => ({ type: 'clip.roll', deltaFrames })),
);

describe('keyframes', () => {
  test('stay with the moments of the source that they were set for, whatever is cut', () => {
    fc.assert(
      fc.property(someKeys, fc.array(steps, { minLength: 1, maxLength: 4 }), (keys, edits) => {
        const project = projectWith(keys);
        const value = (frame: number) => valueAt(keys, frame - 60);
        let now = project;
        for (const edit of edits) {
          try {
            now = applyEdit(now, editSchema.parse({ ...edit, sequenceId, clipId: 'a' }));
          } catch {
            // Refused: there is no room or no footage for it.
          }
        }
        for (const [frame, scale] of scales(now)) expect(scale, `source frame ${frame}`).toBe(value(frame));
      }),
    );
  });

  test('are spread over a clip that lasts longer, and stay at their time at another rate', () => {
    const keys: Keyframe[] = [
      { frame: 0, value: 1, curve: 'linear' },
      { frame: 20, value: 2, curve: 'linear' },
    ];
    const change = (edit: object) => clipsOf(applyEdit(projectWith(keys), editSchema.parse(edit)))[0]?.animation.scale;
    const slow = { type: 'clip.setSpeed', sequenceId, clipId: 'a', speed: { num: 1, den: 2 } };
    expect(change(slow)?.map(({ frame }) => frame)).toEqual([0, 40]);
    expect(change({ type: 'project.setRate', rate: { num: 50, den: 1 } })?.map(({ frame }) => frame)).toEqual([0, 40]);
  });

  test('are set and taken away property by property', () => {
    const keys: Keyframe[] = [{ frame: 3, value: 1, curve: 'hold' }];
    const animate = (changes: object) => {
      const edit = { type: 'clip.animate', sequenceId, clipId: 'a', changes };
      return clipsOf(applyEdit(projectWith(keys), editSchema.parse(edit)))[0]?.animation;
    };
    expect(animate({ opacity: [{ frame: 0, value: 0.5 }] })).toEqual({
      scale: keys,
      opacity: [{ frame: 0, value: 0.5, curve: 'linear' }],
    });
    expect(animate({ scale: null })).toEqual({});
    expect(() => animate({ scale: [] })).toThrow();
  });
});
