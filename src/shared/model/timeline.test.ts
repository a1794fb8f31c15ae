import { describe, expect, it } from 'vitest';
import { rational } from '../units/index.ts';
import { layoutSchema } from './clip.ts';
import type { AssetId } from './ids.ts';
import { layerOf, layoutRects, resolveLayers } from './layers.ts';
import { type Project, projectSchema } from './project.ts';
import { outputSize, ratios } from './ratio.ts';
import { gainAt, soundEnvelope } from './sound.ts';
import {
  flattenSequence,
  flattenVariant,
  playableFrames,
  resolveAnchor,
  sourceTimeAt,
  type Timeline,
} from './timeline.ts';
import type { Variant } from './variant.ts';

const media = (assetId = 'film', more: object = {}) => ({ kind: 'media', media: { assetId }, ...more });
const clip = (id: string, startFrame: number, lengthFrames: number, content: unknown = media(), more: object = {}) => ({
  id,
  startFrame,
  lengthFrames,
  content,
  ...more,
});
const track = (clips: unknown[], more: object = {}) => ({
  id: `t${JSON.stringify(clips).length}`,
  kind: 'visual',
  clips,
  ...more,
});

function project(sequences: unknown[], globals: unknown[] = [], more: object = {}): Project {
  return projectSchema.parse({
    id: 'p',
    name: 'P',
    slots: ['hook', 'body', 'cta'].map((id, at) => ({
      id,
      name: id,
      options: sequences[at]
        ? [{ id: `${id}-1`, name: id, content: { kind: 'sequence', sequenceId: (sequences[at] as { id: string }).id } }]
        : [],
    })),
    sequences,
    globals,
    ...more,
  });
}

const all: Variant = { hook: 'hook-1', body: 'body-1', cta: 'cta-1', music: 'm' } as unknown as Variant;
const flat = (of: Project, lengths: Record<string, number> = {}): Timeline =>
  flattenVariant(of, all, (id) => (lengths[id] === undefined ? null : rational(Math.round(lengths[id] * 1000), 1000)));
const spans = (timeline: Timeline) => timeline.clips.map((one) => [one.clipId, one.startFrame, one.lengthFrames]);

const hook = { id: 'a', tracks: [track([clip('a1', 0, 30), clip('a2', 30, 60)])] };
const body = { id: 'b', tracks: [track([clip('b1', 10, 50)])] };

describe('flattening a variant', () => {
  it('plays options one after another, each from its own first frame', () => {
    const timeline = flat(project([hook, body]));
    expect(timeline.lengthFrames).toBe(150);
    expect(timeline.sections).toEqual([
      { slotId: 'hook', optionId: 'hook-1', startFrame: 0, lengthFrames: 90 },
      { slotId: 'body', optionId: 'body-1', startFrame: 90, lengthFrames: 60 },
    ]);
    expect(spans(timeline)).toEqual([
      ['a1', 0, 30],
      ['a2', 30, 60],
      ['b1', 100, 50],
    ]);
  });

  it('cuts what reaches beyond a fixed length, and lasts that long when there is less', () => {
    const short = flat(
      project([
        { ...hook, lengthFrames: 40 },
        { ...body, lengthFrames: 100 },
      ]),
    );
    expect(spans(short)).toEqual([
      ['a1', 0, 30],
      ['a2', 30, 10],
      ['b1', 50, 50],
    ]);
    expect(short.clips[1]).toMatchObject({ cutEndFrames: 50 });
    expect(short.lengthFrames).toBe(140);
  });

  it('fills fields from the option, then from defaults; an empty text is not there', () => {
    const words = {
      id: 'w',
      fields: [
        { key: 'headline', kind: 'text', default: { text: 'Hello' } },
        { key: 'name', kind: 'text' },
        { key: 'shot', kind: 'media' },
      ],
      tracks: [
        track([
          clip('w1', 0, 10, { kind: 'text', text: '{{ headline }}, {{name}}!', style: { isUppercase: true } }),
          clip('w2', 10, 10, { kind: 'text', text: ' {{name}} ' }),
          clip('w3', 20, 10, { kind: 'media', media: { field: 'shot' } }),
        ]),
      ],
    };
    const filled = project([words], [], {
      slots: [
        {
          id: 'hook',
          name: 'h',
          options: [
            {
              id: 'hook-1',
              name: 'h',
              content: { kind: 'sequence', sequenceId: 'w', values: { shot: { assetId: 'x' } } },
            },
          ],
        },
      ],
    });
    expect(flat(filled).clips.map(({ content }) => content)).toMatchObject([
      { kind: 'text', text: 'HELLO, !' },
      { kind: 'media', assetId: 'x' },
    ]);
  });

  it('leaves out what a hidden or muted track would show or sound', () => {
    const tracks = [
      track([clip('h', 0, 10)], { isHidden: true }),
      { id: 'm', kind: 'visual', isMuted: true, clips: [clip('v', 0, 10)] },
      { id: 's', kind: 'audio', clips: [clip('x', 0, 10)] },
      { id: 'n', kind: 'audio', isMuted: true, clips: [clip('y', 0, 10)] },
    ];
    expect(flat(project([{ id: 'q', tracks }])).clips.map((one) => [one.clipId, one.hasPicture, one.hasSound])).toEqual(
      [
        ['h', false, true],
        ['v', true, false],
        ['x', false, true],
      ],
    );
  });
});

describe('nested sequences', () => {
  const inner = {
    id: 'in',
    fields: [{ key: 'who', kind: 'text' }],
    tracks: [
      track([
        clip('i1', 0, 30, media('film', { sourceInSeconds: rational(1), speed: rational(2) })),
        clip('i2', 30, 30),
      ]),
      track([clip('i3', 0, 60, { kind: 'text', text: 'Hi {{who}}' })]),
    ],
  };
  const nest = (more: object, content: object = {}) =>
    project([
      {
        id: 'out',
        fields: [{ key: 'name', kind: 'text', default: { text: 'Ada' } }],
        tracks: [
          track([
            clip(
              'o',
              5,
              30,
              { kind: 'sequence', sequenceId: 'in', inFrame: 15, values: { who: { text: '{{name}}' } }, ...content },
              more,
            ),
          ]),
        ],
      },
      inner,
    ]);

  it('show the part that the clip asks for, from the exact moment of the source', () => {
    const timeline = flattenVariant(nest({}), { hook: 'hook-1' } as never, () => null);
    expect(spans(timeline)).toEqual([
      ['i1', 5, 15],
      ['i2', 20, 15],
      ['i3', 5, 30],
    ]);
    const first = timeline.clips[0];
    expect(first && sourceTimeAt(first, 5, timeline.rate)).toEqual(rational(2));
    expect(first && sourceTimeAt(first, 6, timeline.rate)).toEqual(rational(31, 15));
    expect(timeline.clips[2]?.content).toMatchObject({ text: 'Hi Ada' });
  });

  it('move, scale, fade and sound as the clip around them says', () => {
    const around = {
      layout: { x: 0.25, scale: 0.5, opacity: 0.5 },
      overrides: { '1:1': { x: 0 } },
      audio: { gainDb: -6, fadeInFrames: 20, fadeOutFrames: 10 },
    };
    const timeline = flattenVariant(nest(around), { hook: 'hook-1' } as never, () => null);
    const [one, two] = timeline.clips;
    expect(one).toMatchObject({
      layout: { x: 0.25, scale: 0.5, opacity: 0.5 },
      overrides: { '1:1': { x: 0, scale: 0.5 } },
      audio: { gainDb: -6 },
    });
    const at = (of: typeof one, frame: number) =>
      of && gainAt(soundEnvelope(of, timeline.rate), frame * 1600) / 10 ** (-6 / 20);
    expect(at(one, 5)).toBeCloseTo(0);
    expect(at(one, 15)).toBeCloseTo(0.5);
    expect(at(two, 20)).toBeCloseTo(0.75);
    expect(at(two, 26)).toBeCloseTo(0.9);
    expect(at(two, 30)).toBeCloseTo(0.5);
  });

  it('that contain themselves are refused with a sentence', () => {
    const loop = project([{ id: 'l', tracks: [track([clip('o', 0, 30, { kind: 'sequence', sequenceId: 'l' })])] }]);
    expect(() => flat(loop)).toThrow('contains itself');
  });
});

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

describe('layers', () => {
  it('put a picture into the frame by its fit, on even pixels', () => {
    const layout = layoutSchema.parse({ fit: 'fit' });
    const source = { width: 1920, height: 1080 };
    const tall = outputSize('9:16');
    expect(layoutRects(source, tall, layout).rect).toEqual({ x: 0, y: 656, width: 1080, height: 608 });
    expect(layoutRects(source, tall, { ...layout, fit: 'fill' }).rect).toEqual({
      x: -1166,
      y: 0,
      width: 3414,
      height: 1920,
    });
    const blurred = layoutRects(source, tall, { ...layout, fit: 'blur-fill', x: 0.1 });
    expect(blurred.rect.x).toBe(108);
    expect(blurred.backdrop).toEqual({ x: -1166, y: 0, width: 3414, height: 1920 });
    for (const ratio of ratios)
      for (const fit of ['fit', 'fill', 'blur-fill'] as const)
        for (const shortSide of [64, 360, 719, 1080]) {
          const { rect } = layoutRects({ width: 333, height: 777 }, outputSize(ratio, shortSide), {
            ...layout,
            fit,
            scale: 0.77,
            x: 0.13,
          });
          expect([rect.x, rect.y, rect.width, rect.height].every((value) => value % 2 === 0)).toBe(true);
        }
  });

  it('draw what is there at a frame, bottom to top, with the layout of the ratio', () => {
    const two = project([
      {
        id: 'a',
        tracks: [
          track([clip('back', 0, 30, media(), { overrides: { '1:1': { opacity: 0.5 } } })]),
          track([
            clip('front', 10, 10, { kind: 'text', text: 'x', style: { sizePx: 50 } }, { layout: { scale: 2, y: 0.1 } }),
          ]),
        ],
      },
    ]);
    const timeline = flat(two);
    const size = outputSize('1:1', 540);
    const at = (frame: number) => resolveLayers(timeline, frame, '1:1', size, () => ({ width: 100, height: 100 }));
    expect(at(9).map((layer) => layer.kind)).toEqual(['media']);
    expect(at(10)).toMatchObject([
      { kind: 'media', opacity: 0.5, sourceSeconds: rational(1, 3), rect: { x: 0, y: 0, width: 540, height: 540 } },
      { kind: 'text', style: { sizePx: 100 }, pixelScale: 0.5, anchor: { x: 270, y: 324 } },
    ]);
    expect(at(30)).toEqual([]);
    const [back] = timeline.clips;
    expect(back && layerOf(back, timeline, 0, '1:1', size, (id: AssetId) => (id ? null : null))).toBeNull();
  });
});
