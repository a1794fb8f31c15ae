import { describe, expect, it } from 'vitest';
import { rational } from '../units/index.ts';
import { layoutSchema } from './clip.ts';
import type { AssetId } from './ids.ts';
import { layerOf, layoutRects, resolveLayers } from './layers.ts';
import { outputSize, ratios } from './ratio.ts';
import { gainAt, soundEnvelope } from './sound.ts';
import { flattenVariant, sourceTimeAt } from './timeline.ts';
import { body, clip, flat, hook, media, project, spans, track } from './timeline-fixture.ts';

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
