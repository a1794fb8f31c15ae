import { describe, expect, it } from 'vitest';
import { rational } from '../../units/index.ts';
import type { Clip } from '../clip.ts';
import { type EditInput, editSchema } from '../edit.ts';
import { type Project, projectSchema } from '../project.ts';
import { flattenSequence } from '../timeline.ts';
import { applyEdit } from './index.ts';

const media = { kind: 'media', media: { assetId: 'a' }, sourceInSeconds: rational(1), speed: rational(2) };
const at = (id: string, startFrame: number, lengthFrames: number, rest: object = {}) => ({
  id,
  startFrame,
  lengthFrames,
  content: media,
  ...rest,
});
const marker = (id: string, frame: number) => ({ id, frame });
const s = { sequenceId: 's' } as const;

function project(main: unknown[], sound: unknown[] = [], rest: object = {}): Project {
  return projectSchema.parse({
    id: 'p',
    name: 'P',
    sequences: [
      {
        id: 's',
        tracks: [
          { id: 'v', kind: 'visual', clips: main },
          { id: 'x', kind: 'audio', clips: sound },
        ],
        ...rest,
      },
    ],
  });
}

function run(start: Project, ...edits: EditInput[]): Project {
  return edits.map((edit) => editSchema.parse(edit)).reduce(applyEdit, start);
}

const clipsOf = (state: Project, track = 0): Clip[] => state.sequences[0]?.tracks[track]?.clips ?? [];
const places = (state: Project, track = 0) =>
  clipsOf(state, track)
    .map((clip) => `${clip.id}${clip.startFrame}-${clip.startFrame + clip.lengthFrames}`)
    .join(' ');
/** In 30ths of a second, from where a clip begins as shot. */
const sourceOf = (state: Project, id: string) => {
  const clip = clipsOf(state).find((candidate) => candidate.id === id);
  if (clip?.content.kind !== 'media') throw new Error(`no footage ${id}`);
  return (clip.content.sourceInSeconds.num * 30) / clip.content.sourceInSeconds.den;
};
const markersOf = (state: Project) => state.sequences[0]?.markers.map(({ id, frame }) => `${id}${frame}`).join(' ');
const linksOf = (state: Project) =>
  [...clipsOf(state), ...clipsOf(state, 1)].map(({ id, linkId }) => `${id}:${linkId ?? '-'}`).join(' ');

const three = project([at('a', 0, 30), at('b', 30, 30), at('c', 60, 30), at('d', 100, 10)]);

describe('clip.shift', () => {
  const shift = (moves: { clipId: string; startFrame: number }[]) => run(three, { type: 'clip.shift', ...s, moves });

  it('moves clips at once, past where the others were', () => {
    const moved = [
      { clipId: 'b', startFrame: 60 },
      { clipId: 'c', startFrame: 30 },
      { clipId: 'd', startFrame: 200 },
    ];
    expect(places(shift(moved))).toBe('a0-30 c30-60 b60-90 d200-210');
  });

  it('refuses what would overlap, a clip that is gone, and a locked track', () => {
    expect(() => shift([{ clipId: 'b', startFrame: 10 }])).toThrow('in the way');
    expect(() => shift([{ clipId: 'gone', startFrame: 10 }])).toThrow('no longer there');
    const locked = run(three, { type: 'track.set', ...s, trackId: 'v', patch: { isLocked: true } });
    const move = { type: 'clip.shift' as const, ...s, moves: [{ clipId: 'd', startFrame: 300 }] };
    expect(() => run(locked, move)).toThrow('locked');
  });
});

describe('clip.roll', () => {
  const roll = (clipId: string, deltaFrames: number) => run(three, { type: 'clip.roll', ...s, clipId, deltaFrames });

  it('moves the cut and the source behind it, at its speed, and nothing else', () => {
    expect(places(roll('a', 7))).toBe('a0-37 b37-60 c60-90 d100-110');
    expect(sourceOf(roll('a', 7), 'b')).toBe(44);
    expect(places(roll('a', -7))).toBe('a0-23 b23-60 c60-90 d100-110');
    expect(sourceOf(roll('a', -7), 'b')).toBe(16);
  });

  it('refuses where there is no cut, no footage before, or nothing left', () => {
    expect(() => roll('c', 1)).toThrow('no cut');
    expect(() => roll('a', -16)).toThrow('no more footage');
    expect(() => roll('a', 30)).toThrow('Nothing would be left');
    expect(() => roll('a', -30)).toThrow();
  });
});

describe('clip.slip', () => {
  it('moves the content under ends that stay', () => {
    const next = run(three, { type: 'clip.slip', ...s, clipId: 'b', deltaFrames: -15 });
    expect(places(next)).toBe(places(three));
    expect(sourceOf(next, 'b')).toBe(0);
    expect(() => run(three, { type: 'clip.slip', ...s, clipId: 'b', deltaFrames: -16 })).toThrow('no more footage');
  });

  it('refuses what has no source', () => {
    const words = project([at('t', 0, 10, { content: { kind: 'text', text: 'x' } })]);
    expect(() => run(words, { type: 'clip.slip', ...s, clipId: 't', deltaFrames: 1 })).toThrow('can be slipped');
  });
});

describe('clip.slide', () => {
  const slide = (clipId: string, deltaFrames: number) => run(three, { type: 'clip.slide', ...s, clipId, deltaFrames });

  it('lets the neighbours give and take', () => {
    expect(places(slide('b', 5))).toBe('a0-35 b35-65 c65-90 d100-110');
    expect([sourceOf(slide('b', 5), 'b'), sourceOf(slide('b', 5), 'c')]).toEqual([30, 40]);
    expect(places(slide('b', -5))).toBe('a0-25 b25-55 c55-90 d100-110');
  });

  it('uses a gap beside it, up to the next clip', () => {
    expect(places(slide('c', 10))).toBe('a0-30 b30-70 c70-100 d100-110');
    expect(() => slide('c', 11)).toThrow('in the way');
    expect(() => slide('b', 30)).toThrow('Nothing would be left');
    expect(() => slide('a', -1)).toThrow('before the first frame');
    const short = project([at('a', 0, 30), at('b', 30, 2), at('c', 40, 5)]);
    expect(() => run(short, { type: 'clip.slide', ...s, clipId: 'b', deltaFrames: 20 })).toThrow('in the way');
  });
});

describe('closing gaps', () => {
  const gaps = project([at('a', 10, 10), at('b', 30, 10), at('c', 50, 10)], [at('x', 35, 5)], {
    markers: [marker('m', 5), marker('n', 25), marker('o', 55)],
  });

  it('closes the one a frame lies in, and takes markers along', () => {
    const next = run(gaps, { type: 'gap.remove', ...s, trackId: 'v', atFrame: 29 });
    expect(places(next)).toBe('a10-20 b20-30 c40-50');
    expect(places(next, 1)).toBe('x35-40');
    expect(markersOf(next)).toBe('m5 n20 o45');
    expect(() => run(gaps, { type: 'gap.remove', ...s, trackId: 'v', atFrame: 30 })).toThrow('no gap');
  });

  it('closes all', () => {
    const next = run(gaps, { type: 'track.closeGaps', ...s, trackId: 'v' });
    expect(places(next)).toBe('a0-10 b10-20 c20-30');
    expect(markersOf(next)).toBe('m0 n10 o25');
    expect(() => run(next, { type: 'track.closeGaps', ...s, trackId: 'v' })).toThrow('no gap');
  });
});

describe('range.remove', () => {
  const linked = { linkId: 'l' };
  const pair = project([at('a', 0, 60, linked), at('b', 60, 20)], [at('x', 0, 60, linked)], {
    markers: [marker('m', 10), marker('n', 25), marker('o', 70)],
  });
  const cut = { type: 'range.remove' as const, ...s, startFrame: 20, endFrame: 30 };

  it('ripples all tracks, keeps halves linked by halves, and moves markers', () => {
    const next = run(pair, { ...cut, spareClipIds: ['a2', 'x2'] as never });
    expect(places(next)).toBe('a0-20 a220-50 b50-70');
    expect(places(next, 1)).toBe('x0-20 x220-50');
    expect(sourceOf(next, 'a2')).toBe(90);
    expect(linksOf(next)).toBe('a:l a2:l-1 b:- x:l x2:l-1');
    expect(markersOf(next)).toBe('m10 n20 o60');
  });

  it('leaves a hole when lifting', () => {
    const next = run(pair, { ...cut, isRipple: false, spareClipIds: ['a2', 'x2'] as never });
    expect(places(next)).toBe('a0-20 a230-60 b60-80');
    expect(markersOf(next)).toBe('m10 n25 o70');
  });

  it('leaves locked tracks alone', () => {
    const locked = run(pair, { type: 'track.set', ...s, trackId: 'x' as never, patch: { isLocked: true } });
    expect(places(run(locked, cut), 1)).toBe('x0-60');
  });
});

describe('links', () => {
  const pair = project([at('a', 0, 60, { linkId: 'l' })], [at('x', 0, 60, { linkId: 'l' })]);
  const split = (clipId: string, newClipId: string, newLinkId: string | null) =>
    ({ type: 'clip.split', ...s, clipId, atFrame: 30, newClipId, newLinkId }) as EditInput;

  it('of two that are split together hold halves together', () => {
    const both = { type: 'batch', label: 'Split', edits: [split('a', 'a2', 'k'), split('x', 'x2', 'k')] } as EditInput;
    expect(linksOf(run(pair, both))).toBe('a:l a2:k x:l x2:k');
    expect(linksOf(run(pair, split('a', 'a2', 'k')))).toBe('a:l a2:- x:l');
  });

  it('go with the last partner, and can be taken away', () => {
    expect(linksOf(run(pair, { type: 'clip.remove', ...s, clipIds: ['x'] as never }))).toBe('a:-');
    expect(linksOf(run(pair, { type: 'clip.link', ...s, clipIds: ['a', 'x'] as never, linkId: null }))).toBe('a:- x:-');
  });
});

describe('markers', () => {
  const marked = project([at('a', 0, 30), at('b', 30, 30)], [at('x', 0, 60)], {
    markers: [marker('m', 0), marker('n', 20), marker('o', 40)],
  });

  it('move along when the main track ripples, and only then', () => {
    const ripple = (edit: EditInput) => markersOf(run(marked, edit));
    expect(ripple({ type: 'clip.remove', ...s, clipIds: ['a'] as never, isRipple: true })).toBe('m0 n0 o10');
    expect(ripple({ type: 'clip.remove', ...s, clipIds: ['a'] as never })).toBe('m0 n20 o40');
    expect(ripple({ type: 'clip.remove', ...s, clipIds: ['x'] as never, isRipple: true })).toBe('m0 n20 o40');
    const trim = { type: 'clip.trim' as const, ...s, clipId: 'a', isRipple: true } as const;
    expect(ripple({ ...trim, edge: 'end', deltaFrames: -15 } as never)).toBe('m0 n15 o25');
    expect(ripple({ ...trim, edge: 'start', deltaFrames: 10 } as never)).toBe('m0 n10 o30');
    expect(ripple({ ...trim, edge: 'start', deltaFrames: -10 } as never)).toBe('m0 n30 o50');
    const clip = at('n', 30, 12) as never;
    expect(ripple({ type: 'clip.add', ...s, trackId: 'v' as never, clip, mode: 'insert' })).toBe('m0 n20 o52');
  });

  it('are set by id and kept in order', () => {
    const moved = run(marked, { type: 'marker.set', ...s, marker: { id: 'm', frame: 30, note: 'Here' } as never });
    expect(markersOf(moved)).toBe('n20 m30 o40');
    expect(markersOf(run(moved, { type: 'marker.remove', ...s, markerId: 'n' as never }))).toBe('m30 o40');
  });
});

describe('solo', () => {
  it('silences the tracks of the sequence that are not, and not those that are muted less', () => {
    const heard = (state: Project) => {
      const [sequence] = state.sequences;
      if (!sequence) throw new Error('no sequence');
      return flattenSequence(state, sequence, {}).clips.flatMap((clip) => (clip.hasSound ? [clip.clipId] : []));
    };
    const both = project([at('a', 0, 30)], [at('x', 0, 30)]);
    expect(heard(both)).toEqual(['a', 'x']);
    const solo = run(both, { type: 'track.set', ...s, trackId: 'x' as never, patch: { isSolo: true } });
    expect(heard(solo)).toEqual(['x']);
    expect(heard(run(solo, { type: 'track.set', ...s, trackId: 'x' as never, patch: { isMuted: true } }))).toEqual([]);
  });
});
