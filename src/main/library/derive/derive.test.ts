import { describe, expect, test } from 'vitest';
import type { VideoFacts } from '#shared/model/index.ts';
import { rational, zero } from '#shared/units/index.ts';
import { planFilmstrip } from './filmstrip.ts';
import { fitSize } from './picture-filters.ts';
import { planRenditions } from './plan-renditions.ts';
import { createPeaks } from './waveform.ts';

const video: VideoFacts = {
  ...{ streamIndex: 0, codec: 'h264', pixelFormat: 'yuv420p', bitDepth: 8, codedWidth: 1920, codedHeight: 1080 },
  ...{
    width: 1920,
    height: 1080,
    rotationDeg: 0,
    isMirrored: false,
    pixelAspect: rational(1),
    averageRate: rational(30),
  },
  ...{ isVariableRate: false, frameCount: null, startSeconds: zero, durationSeconds: rational(10) },
  colour: { range: 'limited', matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', hdr: 'none' },
  ...{ hasAlpha: false, isAnimated: false },
};

describe('filmstrips', () => {
  test.each([
    [0.04, 1, 1, 0.25],
    [1, 4, 1, 0.25],
    [10, 40, 4, 0.25],
    [15, 60, 6, 0.25],
    [3600, 60, 6, 60],
  ])('%f s are %i tiles in %i rows', (seconds, count, rows, intervalSeconds) => {
    expect(planFilmstrip(video, seconds)).toMatchObject({
      count,
      rows,
      intervalSeconds,
      tileHeight: 90,
      tileWidth: 160,
    });
  });

  test('long or large footage is read by key frames', () => {
    expect(planFilmstrip(video, 10).isByKeyFrames).toBe(false);
    expect(planFilmstrip(video, 60).isByKeyFrames).toBe(true);
    expect(planFilmstrip({ ...video, codedWidth: 3840, codedHeight: 2160 }, 6).isByKeyFrames).toBe(true);
  });

  test('a banner does not become a sheet no decoder takes', () => {
    expect(planFilmstrip({ ...video, width: 8000, height: 100 }, 10).tileWidth).toBe(480);
  });
});

describe('peaks', () => {
  const bytes = (...samples: number[]) => Buffer.from(Int16Array.from(samples).buffer);
  test('pieces of any length give the same pairs', () => {
    const whole = bytes(100, -30000, 5, 32767, -1, 0, 1);
    const cut = createPeaks(2);
    for (const byte of whole) cut.add(Buffer.from([byte]));
    const once = createPeaks(2);
    once.add(whole);
    const pairs = [...once.take(true)];
    expect([...cut.take(true)]).toEqual(pairs);
    expect(pairs).toEqual([-118, 1, 0, 127, -1, 0, 0, 1]);
  });
});

test('pictures are never enlarged and stay even', () => {
  expect(fitSize({ width: 4000, height: 3000 }, { longSide: 480 })).toEqual({ width: 480, height: 360 });
  expect(fitSize({ width: 101, height: 51 }, { longSide: 480 })).toEqual({ width: 102, height: 52 });
  expect(fitSize({ width: 2160, height: 3840 }, { shortSide: 540 })).toEqual({ width: 540, height: 960 });
  expect(fitSize({ width: 10_000, height: 3 }, { longSide: 480 })).toEqual({ width: 480, height: 2 });
});

test('what is made of what', () => {
  const probe = {
    container: 'mov,mp4',
    durationSeconds: rational(1),
    audio: [],
    otherStreams: [],
    capturedAtMs: null,
    device: null,
  };
  const plan = (
    kind: 'video' | 'image' | 'audio' | 'caption',
    more: object,
    note: string | null,
    proxies: 'never' | 'needed' | 'always',
  ) => planRenditions({ kind, probe: { ...probe, video: null, ...more }, playbackNote: note }, proxies);
  expect(plan('video', { video }, null, 'needed')).toEqual(['thumbnail', 'filmstrip']);
  expect(plan('video', { video }, 'HEVC', 'needed')).toEqual(['thumbnail', 'filmstrip', 'proxy']);
  expect(plan('video', { video }, 'HEVC', 'never')).toEqual(['thumbnail', 'filmstrip']);
  expect(plan('image', { video: { ...video, codec: 'mjpeg', rotationDeg: 90 } }, null, 'needed')).toEqual([
    'still',
    'thumbnail',
  ]);
  expect(plan('image', { video: { ...video, codec: 'gif', isAnimated: true } }, null, 'needed')).toEqual([
    'thumbnail',
    'filmstrip',
  ]);
  expect(plan('caption', {}, null, 'always')).toEqual([]);
});
