import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit, checkProject } from './apply/index.ts';
import { blendingAt } from './blend.ts';
import { type Edit, editSchema } from './edit.ts';
import type { PlacedClip } from './placed.ts';
import { type Project, projectSchema } from './project.ts';
import { flattenVariant, sourceTimeAt } from './timeline.ts';
import { type Transition, transitionAlignments, transitionDirections, transitionKinds } from './transition.ts';
import type { Variant } from './variant.ts';

const second = (num: number, den = 1) => ({ num, den });
const clip = (id: string, startFrame: number, lengthFrames: number, inSeconds = 2) => ({
  ...{ id, startFrame, lengthFrames },
  content: { kind: 'media', media: { assetId: id }, sourceInSeconds: second(inSeconds) },
});
const crossfade = { kind: 'crossfade', lengthFrames: 10 } as const;

function projectOf(transition: object = crossfade, seam: object | null = null): Project {
  const video = {
    ...{ id: 'video', kind: 'visual' },
    clips: [clip('a', 0, 30), clip('b', 30, 30), clip('c', 60, 30)],
    transitions: [{ fromClipId: 'a', toClipId: 'b', ...transition }],
  };
  const words = { kind: 'text', text: 'Words' };
  const second = {
    ...{ id: 'second', kind: 'visual' },
    clips: [clip('d', 0, 40, 0), { id: 't', startFrame: 40, lengthFrames: 20, content: words }],
  };
  const option = (id: string, sequenceId: string) => ({ id, name: id, content: { kind: 'sequence', sequenceId } });
  return projectSchema.parse({
    ...{ id: 'p', name: 'P' },
    sequences: [
      { id: 'one', tracks: [video] },
      { id: 'two', tracks: [second] },
    ],
    slots: [
      { id: 'hook', name: 'Hook', options: [option('hook-1', 'one'), option('hook-2', 'two')] },
      { id: 'body', name: 'Body', options: [option('body-1', 'two')] },
    ],
    seams: seam ? [{ id: 'seam', afterSlotId: 'hook', transition: seam }] : [],
  });
}

const variant = { hook: 'hook-1', body: 'body-1' } as unknown as Variant;
const flat = (project: Project) => flattenVariant(project, variant, () => null);
const of = (clips: readonly PlacedClip[], id: string) => clips.filter(({ clipId }) => clipId === id);
const apply = (project: Project, ...edits: unknown[]) =>
  edits.map((edit) => editSchema.parse(edit)).reduce((state: Project, edit: Edit) => applyEdit(state, edit), project);
const transitionsOf = (project: Project) => project.sequences[0]?.tracks[0]?.transitions ?? [];
const size = { width: 100, height: 200 };

describe('a transition at a cut', () => {
  it('shows both clips in its frames, each with its source going on, and changes no length and no sound', () => {
    const { clips, lengthFrames } = flat(projectOf());
    expect(lengthFrames).toBe(150);
    const [main, tail] = of(clips, 'a');
    const [head, next] = of(clips, 'b');
    expect([main?.startFrame, main?.lengthFrames, tail?.startFrame, tail?.lengthFrames]).toEqual([0, 30, 30, 5]);
    expect([head?.startFrame, head?.lengthFrames, next?.startFrame, next?.lengthFrames]).toEqual([25, 5, 30, 30]);
    expect([tail?.hasSound, head?.hasSound, main?.hasSound, next?.hasSound]).toEqual([false, false, true, true]);
    const rate = second(30);
    expect(tail && sourceTimeAt(tail, 34, rate)).toEqual({ num: 47, den: 15 });
    expect(head && sourceTimeAt(head, 25, rate)).toEqual({ num: 11, den: 6 });
    // What comes lies over what leaves.
    expect(clips.findIndex(({ instance }) => instance === tail?.instance)).toBeLessThan(
      clips.findIndex(({ instance }) => instance === head?.instance),
    );
  });

  it('lies where its alignment says, and takes no more than the clips have', () => {
    const span = (more: object) => {
      const blend = of(flat(projectOf({ ...crossfade, ...more })).clips, 'b').find(({ blends }) => blends)?.blends?.[0];
      return blend && [blend.startFrame, blend.startFrame + blend.lengthFrames];
    };
    expect(span({})).toEqual([25, 35]);
    expect(span({ alignment: 'end' })).toEqual([20, 30]);
    expect(span({ alignment: 'start' })).toEqual([30, 40]);
    expect(span({ lengthFrames: 200 })).toEqual([0, 60]);
  });

  it('goes with the second half of a split clip, and goes when its clips part', () => {
    const project = projectOf();
    const on = { sequenceId: 'one' };
    const split = apply(project, { type: 'clip.split', ...on, clipId: 'a', atFrame: 12, newClipId: 'a2' });
    expect(transitionsOf(split)).toMatchObject([{ fromClipId: 'a2', toClipId: 'b' }]);
    const rolled = apply(project, { type: 'clip.roll', ...on, clipId: 'a', deltaFrames: -7 });
    expect(transitionsOf(rolled)).toMatchObject([{ fromClipId: 'a', toClipId: 'b' }]);
    const gone = (...edits: unknown[]) => expect(transitionsOf(apply(project, ...edits))).toEqual([]);
    gone({ type: 'clip.remove', ...on, clipIds: ['a'], isRipple: true });
    gone({ type: 'clip.trim', ...on, clipId: 'a', edge: 'end', deltaFrames: -3 });
    gone({ type: 'clip.reorder', ...on, clipId: 'c', index: 1 });
    gone({ type: 'transition.remove', ...on, toClipId: 'b' });
    const move = (clipId: string, startFrame: number) => ({
      type: 'clip.move',
      ...on,
      clipId,
      trackId: 'video',
      startFrame,
    });
    // Both moved by the same in one edit: they still touch.
    const edits = [move('c', 160), move('b', 130), move('a', 100)];
    expect(transitionsOf(apply(project, { type: 'batch', label: 'Move', edits }))).toHaveLength(1);
  });

  it('is refused where there is no cut', () => {
    const set = (fromClipId: string, toClipId: string) => ({
      ...{ type: 'transition.set', sequenceId: 'one' },
      transition: { ...crossfade, fromClipId, toClipId },
    });
    expect(() => apply(projectOf(), set('a', 'c'))).toThrow('between two clips that touch');
    expect(transitionsOf(apply(projectOf(), set('b', 'c')))).toHaveLength(2);
  });

  it('follows a detached copy of its sequence', () => {
    const shared = apply(
      projectOf(),
      { type: 'option.duplicate', optionId: 'hook-1', newOptionId: 'hook-3' },
      { type: 'option.detach', optionId: 'hook-3', newSequenceId: 'copy' },
    );
    expect(checkProject(shared)).toEqual([]);
    const { clips } = flattenVariant(shared, { ...variant, hook: 'hook-3' } as unknown as Variant, () => null);
    expect(clips.filter(({ overrun }) => overrun)).toHaveLength(2);
  });
});

describe('a seam', () => {
  const seam = { kind: 'crossfade', lengthFrames: 12 };

  it('shows the end of one option over the start of the next, text included, and keeps the length', () => {
    const { clips, sections, lengthFrames } = flat(projectOf(crossfade, seam));
    expect(lengthFrames).toBe(150);
    expect(sections.map(({ entrance }) => entrance)).toEqual([undefined, { startFrame: 84, endFrame: 96 }]);
    const beyond = clips.filter(({ overrun, slotId }) => overrun && (slotId === 'body' || overrun === 'after'));
    expect(beyond.map(({ clipId, startFrame, lengthFrames: frames }) => [clipId, startFrame, frames])).toEqual([
      ['a', 30, 5],
      ['c', 90, 6],
      ['d', 84, 6],
    ]);
    const before = of(clips, 'd')[0];
    // Its source has nothing before: the moment lies before its beginning, where the first frame stands.
    expect(before && sourceTimeAt(before, 84, second(30))).toEqual({ num: -1, den: 5 });
  });

  it('can differ for a pair', () => {
    const project = apply(projectOf(crossfade, seam), {
      type: 'seam.set',
      seam: { id: 'own', afterSlotId: 'hook', pair: { from: 'hook-2', to: 'body-1' }, transition: { kind: 'cut' } },
    });
    const entranceOf = (hook: string) =>
      flattenVariant(project, { ...variant, hook } as unknown as Variant, () => null).sections[1]?.entrance;
    expect(entranceOf('hook-1')).toBeDefined();
    expect(entranceOf('hook-2')).toBeUndefined();
  });
});

describe('what a transition does to a layer', () => {
  const anyTransition = fc.record({
    kind: fc.constantFrom(...transitionKinds),
    lengthFrames: fc.integer({ min: 1, max: 60 }),
    alignment: fc.constantFrom(...transitionAlignments),
    direction: fc.constantFrom(...transitionDirections),
    curve: fc.constantFrom('linear' as const, 'ease-in' as const, 'ease-in-out' as const),
  });

  it('is nothing outside of it, stays within the output, and lands on even pixels', () => {
    fc.assert(
      fc.property(anyTransition, fc.nat(89), (transition: Partial<Transition>, frame) => {
        for (const { blends = [], startFrame, lengthFrames } of flat(projectOf(transition)).clips) {
          for (const blend of blends) {
            const blending = blendingAt([blend], frame, size);
            const isIn = frame >= blend.startFrame && frame < blend.startFrame + blend.lengthFrames;
            if (!isIn) expect(blending).toEqual({ opacity: 1, shift: { x: 0, y: 0 }, scale: 1, window: null });
            expect(blending.opacity).toBeGreaterThanOrEqual(0);
            expect(blending.opacity).toBeLessThanOrEqual(1);
            const { x = 0, y = 0, width = 0, height = 0 } = blending.window ?? {};
            for (const value of [x, y, width, height, blending.shift.x, blending.shift.y])
              expect(Math.abs(value % 2)).toBe(0);
            expect(x + width <= size.width && y + height <= size.height && width >= 0 && height >= 0).toBe(true);
          }
          expect(startFrame >= 0 && startFrame + lengthFrames <= 150).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('pushes edge to edge', () => {
    fc.assert(
      fc.property(fc.constantFrom(...transitionDirections), fc.nat(9), (direction, at) => {
        const blend = { kind: 'push', direction, curve: 'linear', startFrame: 0, lengthFrames: 10 } as const;
        const out = blendingAt([{ ...blend, role: 'from' }], at, size);
        const incoming = blendingAt([{ ...blend, role: 'to' }], at, size);
        expect(Math.abs(incoming.shift.x - out.shift.x) + Math.abs(incoming.shift.y - out.shift.y)).toBe(
          direction === 'left' || direction === 'right' ? size.width : size.height,
        );
      }),
    );
  });
});
