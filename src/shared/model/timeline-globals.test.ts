import { describe, expect, it } from 'vitest';
import { rational } from '../units/index.ts';
import type { Project } from './project.ts';
import { gainAt, soundEnvelope } from './sound.ts';
import { flattenSequence, playableFrames, resolveAnchor } from './timeline.ts';
import { body, clip, flat, hook, media, project, spans, track } from './timeline-fixture.ts';

describe('global slots', () => {
  const music = (more: object, content: object = media('song')) =>
    project(
      [hook, body],
      [
        {
          id: 'music',
          name: 'M',
          kind: 'music',
          options: [
            {
              id: 'm',
              name: 'm',
              content: { kind: 'clips', clips: [{ id: 'c', start: { to: 'ad', edge: 'start' }, content, ...more }] },
            },
          ],
        },
      ],
    );
  const turns = (of: Project, lengths: Record<string, number>) =>
    spans(flat(of, lengths))
      .filter(([id]) => id === 'c')
      .map(([, start, length]) => [start, length]);

  it('loop to the end of the ad, fading as one', () => {
    const end = { to: 'ad', edge: 'end' };
    const looped = music({ end, isLooping: true, audio: { fadeInFrames: 30, fadeOutFrames: 60 } });
    expect(turns(looped, { song: 2 })).toEqual([
      [0, 60],
      [60, 60],
      [120, 30],
    ]);
    const timeline = flat(looped, { song: 2 });
    const gain = (frame: number) => {
      const one = timeline.clips.find(
        (c) => c.clipId === 'c' && frame >= c.startFrame && frame < c.startFrame + c.lengthFrames,
      );
      return one ? gainAt(soundEnvelope(one, timeline.rate), frame * 1600) : Number.NaN;
    };
    expect([gain(15), gain(40), gain(75), gain(105), gain(135)].map((value) => Math.round(value * 100))).toEqual([
      50, 100, 100, 75, 25,
    ]);
  });

  it('end with their source, their length or the ad, whichever comes first', () => {
    expect(turns(music({}), { song: 2 })).toEqual([[0, 60]]);
    expect(turns(music({}), { song: 100 })).toEqual([[0, 150]]);
    expect(turns(music({ lengthFrames: 45 }), { song: 100 })).toEqual([[0, 45]]);
    expect(turns(music({ end: { to: 'ad', edge: 'end' } }), { song: 2 })).toEqual([[0, 60]]);
    expect(turns(music({}), {})).toEqual([[0, 150]]);
  });

  it('hold on to the slot they are anchored to, also one without length', () => {
    expect(turns(music({ start: { to: 'body', edge: 'start', offsetFrames: 5 } }), { song: 1 })).toEqual([[95, 30]]);
    expect(turns(music({ start: { to: 'cta', edge: 'start', offsetFrames: -20 } }), { song: 1 })).toEqual([[130, 20]]);
    expect(resolveAnchor({ to: 'gone' as never, edge: 'end', offsetFrames: 0 }, [], 70)).toBe(70);
  });

  it('that begin before the ad are cut at its beginning, in the source too, and never last too short', () => {
    const early = music({ start: { to: 'ad', edge: 'start', offsetFrames: -15 } });
    expect(turns(early, {})).toEqual([[0, 150]]);
    const placed = flat(early, { song: 100 }).clips.find(({ clipId }) => clipId === 'c');
    expect(placed).toMatchObject({ cutStartFrames: 15, content: { sourceInSeconds: rational(1, 2) } });
    const looped = music({ start: { to: 'ad', edge: 'start', offsetFrames: -100_000 }, isLooping: true });
    expect(turns(looped, { song: 2 }).reduce((sum, [, length]) => sum + Number(length), 0)).toBe(150);
  });

  it('nothing plays where nothing fits', () => {
    expect(turns(music({ start: { to: 'ad', edge: 'end' } }), { song: 2 })).toEqual([]);
    expect(turns(music({ end: { to: 'ad', edge: 'start' } }), { song: 2 })).toEqual([]);
    expect(turns(music({}, media('song', { sourceInSeconds: rational(9) })), { song: 2 })).toEqual([]);
    expect(playableFrames({ sourceInSeconds: rational(1), speed: rational(2) }, rational(3), rational(30))).toBe(30);
  });

  it('give captions their style, and the preview of one option too', () => {
    const captioned = project(
      [{ id: 'a', tracks: [track([clip('t', 0, 9, { kind: 'text', text: 'x', role: 'caption' })])] }],
      [
        {
          id: 'music',
          name: 'C',
          kind: 'caption-style',
          options: [{ id: 'm', name: 'm', content: { kind: 'caption-style', style: { sizePx: 40 } } }],
        },
      ],
    );
    const sequence = captioned.sequences[0];
    expect(flat(captioned).clips[0]?.content).toMatchObject({ style: { sizePx: 40 } });
    expect(sequence && flattenSequence(captioned, sequence, {}).clips[0]?.content).toMatchObject({
      style: { sizePx: 40 },
    });
  });
});
