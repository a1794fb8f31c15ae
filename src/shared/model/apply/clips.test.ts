import { describe, expect, it } from 'vitest';
import { rational } from '../../units/index.ts';
import type { Clip } from '../clip.ts';
import { type EditInput, editSchema } from '../edit.ts';
import type { ClipId } from '../ids.ts';
import { type Project, projectSchema } from '../project.ts';
import { flattenSequence, sourceTimeAt } from '../timeline.ts';
import { applyEdit } from './index.ts';

const media = { kind: 'media', media: { assetId: 'a' }, sourceInSeconds: rational(1), speed: rational(2) };
const at = (id: string, startFrame: number, lengthFrames: number, content: unknown = media) => ({
  id,
  startFrame,
  lengthFrames,
  content,
  audio: { fadeInFrames: 5, fadeOutFrames: 7 },
});

function project(clips: unknown[], other: unknown[] = [], isLocked = false): Project {
  return projectSchema.parse({
    id: 'p',
    name: 'P',
    sequences: [
      {
        id: 's',
        tracks: [
          { id: 'v', kind: 'visual', clips, isLocked },
          { id: 'w', kind: 'visual', clips: other },
          { id: 'x', kind: 'audio' },
        ],
      },
    ],
  });
}

function run(start: Project, ...edits: EditInput[]): Project {
  return edits.map((edit) => editSchema.parse(edit)).reduce(applyEdit, start);
}

const clipsOf = (state: Project, track = 0): Clip[] => state.sequences[0]?.tracks[track]?.clips ?? [];
const places = (state: Project, track = 0) =>
  clipsOf(state, track).map((clip) => [clip.id, clip.startFrame, clip.lengthFrames]);
const inSeconds = (clip: Clip | undefined) => clip?.content.kind === 'media' && clip.content.sourceInSeconds;
const s = { sequenceId: 's' } as const;

describe('clip.add', () => {
  const three = project([at('a', 0, 30), at('b', 30, 30), at('c', 70, 10)]);

  it('refuses to overlap when placed, and fits exactly between neighbours', () => {
    const add = (startFrame: number, lengthFrames: number) =>
      run(three, { type: 'clip.add', ...s, trackId: 'v', clip: at('n', startFrame, lengthFrames) as never });
    expect(() => add(59, 5)).toThrow('in the way');
    expect(places(add(60, 10)).map(([id]) => id)).toEqual(['a', 'b', 'n', 'c']);
  });

  it('pushes what follows when inserted, splitting the clip it lands in with exact continuity', () => {
    const next = run(three, {
      type: 'clip.add',
      ...s,
      trackId: 'v',
      clip: at('n', 40, 20) as never,
      mode: 'insert',
      spareClipIds: ['b2'],
    });
    expect(places(next)).toEqual([
      ['a', 0, 30],
      ['b', 30, 10],
      ['n', 40, 20],
      ['b2', 60, 20],
      ['c', 90, 10],
    ]);
    expect(inSeconds(clipsOf(next)[3])).toEqual(rational(5, 3));
  });

  it('cuts away what it covers when overwriting, both parts of one clip and whole clips', () => {
    const next = run(three, {
      type: 'clip.add',
      ...s,
      trackId: 'v',
      clip: at('n', 10, 62) as never,
      mode: 'overwrite',
    });
    expect(places(next)).toEqual([
      ['a', 0, 10],
      ['n', 10, 62],
      ['c', 72, 8],
    ]);
    const inner = run(three, {
      type: 'clip.add',
      ...s,
      trackId: 'v',
      clip: at('n', 10, 5) as never,
      mode: 'overwrite',
    });
    expect(places(inner).slice(0, 3)).toEqual([
      ['a', 0, 10],
      ['n', 10, 5],
      ['n-1', 15, 15],
    ]);
  });

  it('refuses text on a track for sound, an id twice, and a locked track', () => {
    const text = at('n', 0, 5, { kind: 'text', text: 'x' }) as never;
    expect(() => run(three, { type: 'clip.add', ...s, trackId: 'x', clip: text })).toThrow('can be heard');
    expect(() => run(three, { type: 'clip.add', ...s, trackId: 'w', clip: at('a', 0, 5) as never })).toThrow(
      'two clips',
    );
    const locked = project([], [], true);
    expect(() => run(locked, { type: 'clip.add', ...s, trackId: 'v', clip: text })).toThrow('locked');
  });
});

describe('clip.trim', () => {
  const two = project([at('a', 10, 30), at('b', 50, 30)]);
  const trim = (edge: 'start' | 'end', deltaFrames: number, isRipple = false, clipId = 'b') =>
    run(two, { type: 'clip.trim', ...s, clipId, edge, deltaFrames, isRipple });

  it('moves the source with the start, exactly, at the speed of the clip', () => {
    const next = trim('start', 7);
    expect(places(next)[1]).toEqual(['b', 57, 23]);
    expect(inSeconds(clipsOf(next)[1])).toEqual(rational(1 * 30 + 14, 30));
  });

  it('does not go before the beginning of the source, nor onto the clip before', () => {
    expect(inSeconds(clipsOf(trim('start', -10))[1])).toEqual(rational(1, 3));
    expect(() => trim('start', -11)).toThrow('in the way');
    const alone = project([at('b', 50, 30)]);
    const far = { type: 'clip.trim', ...s, clipId: 'b', edge: 'start', deltaFrames: -16 } as const;
    expect(() => run(alone, far)).toThrow('no more footage');
    expect(() => trim('start', -11, false, 'a')).toThrow('before the first frame');
  });

  it('with ripple keeps the place of the start and moves what follows', () => {
    const shorter = trim('start', 10, true, 'a');
    expect(places(shorter)).toEqual([
      ['a', 10, 20],
      ['b', 40, 30],
    ]);
    expect(places(trim('end', 25, true, 'a'))).toEqual([
      ['a', 10, 55],
      ['b', 75, 30],
    ]);
    expect(() => trim('end', 11, false, 'a')).toThrow('in the way');
    expect(() => trim('end', -30, false, 'a')).toThrow('Nothing would be left');
  });

  it('does not begin before the first frame of a nested sequence', () => {
    const nested = projectSchema.parse({
      ...two,
      sequences: [
        { id: 'inner', tracks: [] },
        {
          id: 's',
          tracks: [
            {
              id: 'v',
              kind: 'visual',
              clips: [at('n', 20, 10, { kind: 'sequence', sequenceId: 'inner', inFrame: 4 })],
            },
          ],
        },
      ],
    });
    const pull = (deltaFrames: number) =>
      run(nested, { type: 'clip.trim', ...s, clipId: 'n', edge: 'start', deltaFrames }).sequences[1]?.tracks[0]
        ?.clips[0];
    expect(pull(-4)).toMatchObject({ startFrame: 16, lengthFrames: 14, content: { inFrame: 0 } });
    expect(() => pull(-5)).toThrow('nothing before');
  });
});

describe('clip.split', () => {
  it('shows the same source frame at every frame of the timeline as before, fades at the outer ends', () => {
    const whole = project([at('a', 10, 30)]);
    const parts = run(whole, { type: 'clip.split', ...s, clipId: 'a', atFrame: 23, newClipId: 'a2' });
    const sourceAt = (state: Project, frame: number) => {
      const sequence = state.sequences[0];
      if (!sequence) throw new Error('no sequence');
      const timeline = flattenSequence(state, sequence, {});
      const clip = timeline.clips.find((one) => frame >= one.startFrame && frame < one.startFrame + one.lengthFrames);
      return clip && sourceTimeAt(clip, frame, timeline.rate);
    };
    for (let frame = 10; frame < 40; frame += 1) expect(sourceAt(parts, frame)).toEqual(sourceAt(whole, frame));
    expect(clipsOf(parts).map((clip) => [clip.audio.fadeInFrames, clip.audio.fadeOutFrames])).toEqual([
      [5, 0],
      [0, 7],
    ]);
  });

  it('refuses the ends of the clip', () => {
    const whole = project([at('a', 10, 30)]);
    for (const atFrame of [5, 10, 40])
      expect(() => run(whole, { type: 'clip.split', ...s, clipId: 'a', atFrame, newClipId: 'a2' })).toThrow('inside');
  });
});

describe('moving clips', () => {
  const two = project([at('a', 0, 30), at('b', 30, 30)], [at('c', 0, 20)]);

  it('goes to another track, and back into its own place', () => {
    const moved = run(two, { type: 'clip.move', ...s, clipId: 'a', trackId: 'w', startFrame: 20 });
    expect(places(moved, 1)).toEqual([
      ['c', 0, 20],
      ['a', 20, 30],
    ]);
    expect(places(run(two, { type: 'clip.move', ...s, clipId: 'a', trackId: 'v', startFrame: 0 }))).toEqual(
      places(two),
    );
    expect(() => run(two, { type: 'clip.move', ...s, clipId: 'a', trackId: 'w', startFrame: 19 })).toThrow(
      'in the way',
    );
  });

  it('changes the order and closes the gaps from there on', () => {
    const gaps = project([at('a', 0, 10), at('b', 20, 10), at('c', 40, 10)]);
    expect(places(run(gaps, { type: 'clip.reorder', ...s, clipId: 'c', index: 1 }))).toEqual([
      ['a', 0, 10],
      ['c', 10, 10],
      ['b', 20, 10],
    ]);
  });

  it('removes with and without closing the gap', () => {
    const three = project([at('a', 0, 10), at('b', 10, 10), at('c', 25, 10)]);
    const remove = (isRipple: boolean) => run(three, { type: 'clip.remove', ...s, clipIds: ['a', 'b'], isRipple });
    expect(places(remove(false))).toEqual([['c', 25, 10]]);
    expect(places(remove(true))).toEqual([['c', 5, 10]]);
    expect(() => run(three, { type: 'clip.remove', ...s, clipIds: ['zz' as ClipId] })).toThrow('no longer there');
  });
});

describe('clip.set and the rest', () => {
  const start = project([at('a', 0, 30), at('b', 40, 30)]);

  it('keeps the range of the source when the speed changes', () => {
    const speed = (num: number, isRipple: boolean) =>
      places(run(start, { type: 'clip.setSpeed', ...s, clipId: 'a', speed: rational(num), isRipple }));
    expect(speed(4, true)).toEqual([
      ['a', 0, 15],
      ['b', 25, 30],
    ]);
    expect(() => speed(1, false)).toThrow('in the way');
    expect(() => speed(0, true)).toThrow('speed');
    expect(() => speed(101, true)).toThrow('speed');
  });

  it('merges what is given and leaves the rest', () => {
    const next = run(
      start,
      { type: 'clip.set', ...s, clipId: 'a', patch: { layout: { x: 0.2 }, audio: { gainDb: -6 } } },
      { type: 'clip.set', ...s, clipId: 'a', patch: { layout: { scale: 2 } } },
      { type: 'clip.setOverride', ...s, clipId: 'a', ratio: '1:1', patch: { x: 0.1 } },
      { type: 'clip.setOverride', ...s, clipId: 'a', ratio: '1:1', patch: { y: 0.1 } },
    );
    const [clip] = clipsOf(next);
    expect(clip).toMatchObject({
      layout: { x: 0.2, scale: 2 },
      audio: { gainDb: -6, fadeInFrames: 5 },
      overrides: { '1:1': { x: 0.1, y: 0.1 } },
    });
    const without = run(next, { type: 'clip.setOverride', ...s, clipId: 'a', ratio: '1:1', patch: null });
    expect(clipsOf(without)[0]?.overrides).toEqual({});
    expect(() => run(start, { type: 'clip.set', ...s, clipId: 'a', patch: { text: 'x' } })).toThrow('Only a text');
    expect(() => run(start, { type: 'clip.set', ...s, clipId: 'a', patch: { sourceInSeconds: rational(-1) } })).toThrow(
      'beginning',
    );
  });

  it('keeps everything at its time when the rate changes, short clips included', () => {
    const slow = run(project([at('a', 0, 1), at('b', 1, 1), at('c', 30, 30)]), {
      type: 'project.setRate',
      rate: rational(10),
    });
    expect(places(slow)).toEqual([
      ['a', 0, 1],
      ['b', 1, 1],
      ['c', 10, 10],
    ]);
    expect(() => run(start, { type: 'project.setRate', rate: rational(500) })).toThrow('rate');
  });

  it('shares what it does not touch', () => {
    const next = run(start, { type: 'clip.set', ...s, clipId: 'a', patch: { name: 'Named' } });
    expect(clipsOf(next)[1]).toBe(clipsOf(start)[1]);
    expect(next.slots).toBe(start.slots);
    expect(next.sequences[0]?.tracks[1]).toBe(start.sequences[0]?.tracks[1]);
  });
});
