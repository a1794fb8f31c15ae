import { describe, expect, it } from 'vitest';
import {
  type Asset,
  clipAudioSchema,
  type Layer,
  layoutSchema,
  type PlacedClip,
  plainMix,
  textStyleSchema,
} from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { assOfTimeline } from './ass-of-timeline.ts';
import { splitAtText } from './draw-layers.ts';
import { clipSides } from './sound/clip-sides.ts';
import { previewSource, tileAt } from './source.ts';

function asset(change: Partial<Asset>): Asset {
  return {
    id: 'a',
    kind: 'video',
    name: 'a.mp4',
    isMissing: false,
    playback: 'original',
    playbackNote: null,
    renditions: [],
    probe: {
      durationSeconds: rational(4),
      container: 'mov,mp4',
      video: {
        ...{ width: 640, height: 360, codedWidth: 640, codedHeight: 360, rotationDeg: 0, isMirrored: false },
        ...{ isAnimated: false, hasAlpha: false, startSeconds: rational(0), colour: { hdr: 'none' } },
      },
      audio: [{ startSeconds: rational(0) }],
    },
    ...change,
  } as unknown as Asset;
}
const rendition = (kind: string) => ({ kind, state: 'ready', version: 'v1', filmstrip: null, waveform: null });

describe('previewSource', () => {
  it('plays the original, or the proxy when that is what a browser can play', () => {
    expect(previewSource(asset({}), '/m')).toMatchObject({ mode: 'moving', url: '/m/a/original' });
    const proxied = asset({ playback: 'proxy', renditions: [rendition('proxy')] as unknown as Asset['renditions'] });
    expect(previewSource(proxied, '/m')).toMatchObject({ mode: 'moving', url: '/m/a/proxy?v=v1' });
  });

  it('shows single frames and says so while there is nothing to play', () => {
    const source = previewSource(asset({ playback: 'none' }), '/m');
    expect(source).toMatchObject({ mode: 'frames', url: '', note: 'Preview copy is being made' });
    // The time in the URL is rounded to milliseconds: never to before the frame.
    expect(Number(/t=([\d.]+)/.exec(source.frameUrl(1 / 30, 360))?.[1])).toBeGreaterThanOrEqual(1 / 30);
  });

  it('knows stills, sound and what is missing', () => {
    const still = asset({ kind: 'image', renditions: [rendition('still')] as unknown as Asset['renditions'] });
    expect(previewSource(still, '/m')).toMatchObject({ mode: 'still', url: '/m/a/still?v=v1' });
    expect(previewSource(asset({ kind: 'audio' }), '/m').mode).toBe('sound');
    expect(previewSource(asset({ isMissing: true }), '/m')).toMatchObject({ mode: 'missing', hasSound: false });
    expect(previewSource(asset({ isMissing: true, playback: 'proxy' }), '/m').mode).toBe('moving');
  });
});

describe('tileAt', () => {
  const strip = { url: '', columns: 4, tileWidth: 100, tileHeight: 56, count: 10, intervalSeconds: 0.5 };
  it('finds the tile before a moment and stays inside the sheet', () => {
    expect(tileAt(strip, 0.49)).toMatchObject({ x: 0, y: 0 });
    expect(tileAt(strip, 2.5)).toMatchObject({ x: 100, y: 56 });
    expect(tileAt(strip, 999)).toMatchObject({ x: 100, y: 112 });
    expect(tileAt(strip, -1)).toMatchObject({ x: 0, y: 0 });
  });
});

const placed = (change: Partial<PlacedClip>): PlacedClip => ({
  clipId: 'c' as PlacedClip['clipId'],
  instance: 'c',
  slotId: null,
  startFrame: 30,
  lengthFrames: 60,
  content: { kind: 'media', assetId: 'a' as never, sourceInSeconds: rational(0), speed: rational(1) },
  layout: layoutSchema.parse({}),
  overrides: {},
  animation: {},
  originFrame: 0,
  movers: [],
  audio: clipAudioSchema.parse({}),
  mix: plainMix(),
  cutStartFrames: 0,
  cutEndFrames: 0,
  hasPicture: true,
  hasSound: true,
  ...change,
});
const rate = rational(30);

describe('clipSides', () => {
  it('fades from the uncut ends and is silent outside', () => {
    const clip = placed({ audio: clipAudioSchema.parse({ gainDb: -6, fadeInFrames: 20, fadeOutFrames: 20 }) });
    expect(clipSides(clip, 29, rate).left).toBe(0);
    expect(clipSides(clip, 40, rate).left).toBeCloseTo(0.5 * 10 ** (-6 / 20), 3);
    expect(clipSides(clip, 60, rate).left).toBeCloseTo(10 ** (-6 / 20), 3);
    expect(clipSides(clip, 90, rate).left).toBe(0);
    expect(clipSides({ ...clip, cutStartFrames: 20 }, 30, rate).left).toBeCloseTo(10 ** (-6 / 20), 3);
    expect(clipSides({ ...clip, hasSound: false }, 60, rate).left).toBe(0);
  });
});

describe('splitAtText', () => {
  it('keeps what lies over text over it', () => {
    const layer = (kind: string, instance: string) => ({ kind, instance }) as unknown as Layer;
    const layers = [layer('media', 'a'), layer('text', 't'), layer('media', 'logo')];
    const { under, over } = splitAtText(layers);
    expect(under.map((one) => one.instance)).toEqual(['a']);
    expect(over.map((one) => one.instance)).toEqual(['logo']);
    expect(splitAtText([layer('media', 'a')])).toMatchObject({ under: [{ instance: 'a' }], over: [] });
  });
});

describe('assOfTimeline', () => {
  it('writes every visible text with its place in this ratio', () => {
    const text = placed({
      content: {
        ...{ kind: 'text', text: 'Hello', style: textStyleSchema.parse({}) },
        ...{ words: [], elapsedFrames: 0, wholeFrames: 30 },
      },
      overrides: { '1:1': { y: 0.4 } },
    });
    const timeline = { rate, lengthFrames: 90, sections: [], clips: [text, placed({ instance: 'd' })] };
    expect(assOfTimeline(timeline, '9:16', [])).toContain('\\pos(540,960)');
    expect(assOfTimeline(timeline, '1:1', [])).toContain('\\pos(540,972)');
    const hidden = { ...timeline, clips: [{ ...text, hasPicture: false }] };
    expect(assOfTimeline(hidden, '9:16', [])).not.toContain('Dialogue');
  });
});
