import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameToSample, rational } from '../units/index.ts';
import type { PlacedClip } from './placed.ts';
import { type Project, projectSchema } from './project.ts';
import { gainAt, soundEnvelope } from './sound.ts';
import { flattenVariant, sourceTimeAt, type Timeline } from './timeline.ts';
import { transitionAlignments } from './transition.ts';
import type { Variant } from './variant.ts';

interface Shape {
  /** Lengths of the clips of both parts, two each. */
  lengths: readonly [number, number, number, number];
  /** Where every source begins, frames. */
  inFrames: number;
  cut?: object;
  seam?: object;
  overhang?: number;
  audio?: object;
}

const fade = { kind: 'crossfade', lengthFrames: 10, sound: 'crossfade' } as const;

function projectOf({ lengths, inFrames, cut, seam, overhang = 0, audio = {} }: Shape): Project {
  const clip = (id: string, startFrame: number, lengthFrames: number) => ({
    ...{ id, startFrame, lengthFrames, audio },
    content: { kind: 'media', media: { assetId: id }, sourceInSeconds: { num: inFrames, den: 30 } },
  });
  const [a, b, c, d] = lengths;
  const transitions = cut ? [{ fromClipId: 'a', toClipId: 'b', ...cut }] : [];
  const track = (id: string, clips: object[], between: object[]) => ({
    id,
    kind: 'visual',
    clips,
    transitions: between,
  });
  const option = (id: string, sequenceId: string) => ({ id, name: id, content: { kind: 'sequence', sequenceId } });
  return projectSchema.parse({
    ...{ id: 'p', name: 'P' },
    sequences: [
      { id: 'one', tracks: [track('v1', [clip('a', 0, a), clip('b', a, b)], transitions)] },
      { id: 'two', tracks: [track('v2', [clip('c', 0, c), clip('d', c, d)], [])] },
    ],
    slots: [
      { id: 'hook', name: 'Hook', options: [option('hook-1', 'one')] },
      { id: 'body', name: 'Body', options: [option('body-1', 'two')] },
    ],
    seams: seam ? [{ id: 'seam', afterSlotId: 'hook', transition: seam, audioOverhangFrames: overhang }] : [],
  });
}

const variant = { hook: 'hook-1', body: 'body-1' } as unknown as Variant;
const flat = (shape: Shape): Timeline => flattenVariant(projectOf(shape), variant, () => null);
const rate = rational(30);
const seen = ({ clips }: Timeline) => clips.filter(({ hasPicture }) => hasPicture);

/** Gains of all that is heard at the middle of a frame, by clip. */
function heardAt({ clips }: Timeline, frame: number): Record<string, number> {
  const on = (clip: PlacedClip) =>
    clip.hasSound && frame >= clip.startFrame && frame < clip.startFrame + clip.lengthFrames;
  const sample = frameToSample(frame, rate) + 800;
  return Object.fromEntries(
    clips.filter(on).map((clip) => [clip.clipId as string, gainAt(soundEnvelope(clip, rate), sample)]),
  );
}

describe('sound over a transition', () => {
  const shape = { lengths: [30, 30, 30, 30], inFrames: 60 } as const;

  it('crosses with equal power, each side going on in its source; without, it is cut', () => {
    const timeline = flat({ ...shape, cut: fade });
    expect(Object.keys(heardAt(timeline, 24))).toEqual(['a']);
    const { a = 0, b = 0 } = heardAt(timeline, 27);
    expect([a, b]).toEqual([expect.closeTo(Math.cos(Math.PI / 8), 6), expect.closeTo(Math.sin(Math.PI / 8), 6)]);
    expect(Object.keys(heardAt(timeline, 35))).toEqual(['b']);
    const sound = timeline.clips.find(({ clipId, hasSound }) => clipId === 'b' && hasSound);
    const head = timeline.clips.find(({ overrun }) => overrun === 'before');
    expect(sound && sourceTimeAt(sound, 25, rate)).toEqual(head && sourceTimeAt(head, 25, rate));
    expect(heardAt(flat({ ...shape, cut: { ...fade, sound: 'cut' } }), 27)).toEqual({ a: 1 });
  });

  it('takes the place of fades at that cut, and of no others', () => {
    const audio = { fadeInFrames: 8, fadeOutFrames: 8 };
    const timeline = flat({ ...shape, cut: fade, audio });
    const { a = 0, b = 0 } = heardAt(timeline, 30);
    expect(a ** 2 + b ** 2).toBeCloseTo(1, 6);
    expect(heardAt(timeline, 0).a).toBeLessThan(0.1);
    expect(heardAt(timeline, 59).b).toBeLessThan(0.1);
  });

  it('goes along with the sound of a seam that changes before or after the cut', () => {
    const timeline = flat({ ...shape, seam: fade, overhang: 6 });
    expect(Object.keys(heardAt(timeline, 60))).toEqual(['b']);
    expect(Object.keys(heardAt(timeline, 66))).toEqual(['b', 'c']);
    expect(Object.keys(heardAt(timeline, 71))).toEqual(['c']);
  });

  it('comes from what a nested sequence plays beside its part, too', () => {
    const outer = projectOf({ ...shape });
    const nested = (id: string, startFrame: number, sequenceId: string, inFrame: number) => ({
      ...{ id, startFrame, lengthFrames: 20 },
      content: { kind: 'sequence', sequenceId, inFrame },
    });
    const transitions = [{ fromClipId: 'x', toClipId: 'y', ...fade, lengthFrames: 20 }];
    const clips = [nested('x', 0, 'one', 0), nested('y', 20, 'two', 34)];
    const project = projectSchema.parse({
      ...outer,
      sequences: [...outer.sequences, { id: 'out', tracks: [{ id: 'v', kind: 'visual', clips, transitions }] }],
      slots: [
        { id: 'ad', name: 'Ad', options: [{ id: 'o', name: 'O', content: { kind: 'sequence', sequenceId: 'out' } }] },
      ],
    });
    const timeline = flattenVariant(project, { ad: 'o' } as unknown as Variant, () => null);
    // Of the second one, what lies before its beginning: four frames of d, then the end of c.
    expect(Object.keys(heardAt(timeline, 14))).toEqual(['a', 'c']);
    expect(Object.keys(heardAt(timeline, 18))).toEqual(['a', 'd']);
    const { a = 0, d = 0 } = heardAt(timeline, 25);
    expect(a ** 2 + d ** 2).toBeCloseTo(1, 6);
  });

  const aTransition = fc.record({
    kind: fc.constantFrom('crossfade', 'push', 'dip'),
    lengthFrames: fc.integer({ min: 1, max: 50 }),
    alignment: fc.constantFrom(...transitionAlignments),
  });
  const aShape = fc.record({
    lengths: fc.tuple(...([1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 40 })) as [never, never, never, never])),
    inFrames: fc.constant(200),
    cut: aTransition,
    seam: aTransition,
  }) as fc.Arbitrary<Shape>;

  it('never changes a picture; keeps the power of two at each moment; sounds what the source has there', () => {
    fc.assert(
      fc.property(aShape, (one) => {
        const crossing = { ...one, cut: { ...one.cut, sound: 'crossfade' }, seam: { ...one.seam, sound: 'crossfade' } };
        const [plain, crossed] = [flat(one), flat(crossing)];
        const picture = (timeline: Timeline) => seen(timeline).map(({ hasSound: _, crossings: __, ...rest }) => rest);
        expect(picture(crossed)).toEqual(picture(plain));
        const ins = new Map(plain.clips.filter(({ hasSound }) => hasSound).map((clip) => [clip.clipId, clip]));
        for (const clip of crossed.clips.filter(({ hasSound }) => hasSound)) {
          const known = ins.get(clip.clipId);
          expect(sourceTimeAt(clip, clip.startFrame, rate)).toEqual(
            known && sourceTimeAt(known, clip.startFrame, rate),
          );
        }
        for (let frame = 0; frame < crossed.lengthFrames; frame += 1) {
          const gains = Object.values(heardAt(crossed, frame));
          // Where transitions at both ends of a short clip act at once there may be three.
          const power = gains.reduce((sum, gain) => sum + gain ** 2, 0);
          if (gains.length <= 2) expect(power).toBeCloseTo(1, 6);
        }
      }),
      { numRuns: 60 },
    );
  });
});
