import { describe, expect, test } from 'vitest';
import { readTime } from './capture.ts';
import { resolveColour } from './colour.ts';
import { classifyContent } from './content.ts';
import { guessRate, isVariable } from './frame-rate.ts';
import { orientationOfDisplayMatrix, orientationOfExif, uprightFilters } from './orientation.ts';
import { pixelFormatFacts } from './pixel-format.ts';

describe('pixel formats', () => {
  test.each([
    ['yuv420p', 8, false, false],
    ['yuv420p10le', 10, false, false],
    ['yuva444p12le', 12, true, false],
    ['p010le', 10, false, false],
    ['gbrp', 8, false, true],
    ['gbrapf32le', 32, true, true],
    ['rgb48be', 16, false, true],
    ['rgba64le', 16, true, true],
    ['gray16le', 16, false, false],
    ['ya8', 8, true, false],
    ['pal8', 8, true, true],
    ['x2rgb10le', 10, false, true],
  ])('%s', (name, bitDepth, hasAlpha, isRgb) => {
    expect(pixelFormatFacts(name, null)).toMatchObject({ bitDepth, hasAlpha, isRgb });
  });
});

describe('colour that a file does not tell', () => {
  const none = { range: undefined, matrix: 'unknown', primaries: 'reserved', transfer: undefined };
  const context = (pix: string, codedWidth: number, codedHeight: number, codec = 'h264', isStill = false) => ({
    ...{ codec, codedWidth, codedHeight, isStill },
    pixelFormat: pixelFormatFacts(pix, null),
  });

  test.each([
    ['HD is BT.709', context('yuv420p', 1280, 720), ['limited', 'bt709', 'bt709', 'bt709']],
    ['portrait HD is BT.709', context('yuv420p', 720, 1280), ['limited', 'bt709', 'bt709', 'bt709']],
    ['SD is BT.601', context('yuv420p', 720, 576), ['limited', 'smpte170m', 'smpte170m', 'smpte170m']],
    ['yuvj is full range', context('yuvj420p', 640, 480), ['full', 'smpte170m', 'smpte170m', 'smpte170m']],
    [
      'motion JPEG is full range BT.601',
      context('yuv422p', 1920, 1080, 'mjpeg'),
      ['full', 'smpte170m', 'smpte170m', 'smpte170m'],
    ],
    ['a photo is sRGB', context('yuvj420p', 4000, 3000, 'mjpeg', true), ['full', 'smpte170m', 'bt709', 'iec61966-2-1']],
    ['RGB has no matrix', context('rgb24', 4000, 3000, 'png', true), ['full', 'gbr', 'bt709', 'iec61966-2-1']],
  ])('%s', (_label, given, [range, matrix, primaries, transfer]) => {
    expect(resolveColour(none, given)).toEqual({ range, matrix, primaries, transfer, hdr: 'none' });
  });

  test('an HDR curve implies BT.2020; what is told is kept', () => {
    const hdr = resolveColour({ ...none, transfer: 'smpte2084' }, context('yuv420p10le', 640, 360));
    expect(hdr).toEqual({
      range: 'limited',
      matrix: 'bt2020nc',
      primaries: 'bt2020',
      transfer: 'smpte2084',
      hdr: 'pq',
    });
    const told = { range: 'pc', matrix: 'bt470bg', primaries: 'bt470m', transfer: 'gamma28' };
    expect(resolveColour(told, context('yuv420p', 1920, 1080))).toEqual({ ...told, range: 'full', hdr: 'none' });
  });
});

describe('rates', () => {
  test('equal rates in a strict container need no packets; loose containers and differences do', () => {
    const mp4 = 'mov,mp4,m4a,3gp,3g2,mj2';
    expect(guessRate(mp4, '30000/1001', '30000/1001')).toEqual({
      average: { num: 30000, den: 1001 },
      needsPackets: false,
    });
    expect(guessRate(mp4, '30000/1001', '72000/2401').needsPackets).toBe(false);
    expect(guessRate(mp4, '30/1', '359/12').needsPackets).toBe(true);
    expect(guessRate('matroska,webm', '30/1', '30/1').needsPackets).toBe(true);
    expect(guessRate(mp4, '0/0', '0/0')).toEqual({ average: null, needsPackets: false });
  });

  const times = (distances: number[]) => {
    let now = 0;
    return [0, ...distances.map((distance) => (now += distance))];
  };
  test.each([
    [
      'millisecond clocks round',
      Array.from({ length: 90 }, (_, index) => [0.033, 0.033, 0.034][index % 3] ?? 0),
      0.001,
      false,
    ],
    ['one dropped frame in many', [...Array(150).fill(1 / 30), 2 / 30, ...Array(150).fill(1 / 30)], 1e-5, false],
    ['a long pause', [...Array(150).fill(1 / 30), 0.5, ...Array(150).fill(1 / 30)], 1e-5, true],
    ['phone jitter', Array.from({ length: 90 }, (_, index) => 1 / 30 + (index % 2) * 0.006), 1e-5, true],
    ['two rates', [...Array(30).fill(1 / 30), ...Array(10).fill(1 / 10)], 1e-5, true],
  ])('%s', (_label, distances, tick, expected) => {
    expect(isVariable(times(distances), tick, null)).toBe(expected);
  });

  test('an average that is far from the sample gives later changes away', () => {
    const sample = times(Array(100).fill(1 / 30));
    expect(isVariable(sample, 1e-5, { num: 30, den: 1 })).toBe(false);
    expect(isVariable(sample, 1e-5, { num: 24, den: 1 })).toBe(true);
  });
});

describe('orientation', () => {
  const matrix = (a: number, b: number, c: number, d: number) =>
    `\n00000000: ${a * 65536} ${b * 65536} 0\n00000001: ${c * 65536} ${d * 65536} 0\n00000002: 0 0 1073741824\n`;
  test.each([
    [matrix(1, 0, 0, 1), 0, false],
    [matrix(0, 1, -1, 0), 90, false],
    [matrix(-1, 0, 0, -1), 180, false],
    [matrix(0, -1, 1, 0), 270, false],
    [matrix(-1, 0, 0, 1), 0, true],
    [matrix(1, 0, 0, -1), 180, true],
  ])('%j', (text, rotationDeg, isMirrored) => {
    expect(orientationOfDisplayMatrix(text, undefined)).toEqual({ rotationDeg, isMirrored });
  });

  test('without a matrix the rotation counts, counter-clockwise', () => {
    expect(orientationOfDisplayMatrix(undefined, -90)).toEqual({ rotationDeg: 90, isMirrored: false });
    expect(orientationOfDisplayMatrix(undefined, 180)).toEqual({ rotationDeg: 180, isMirrored: false });
  });

  test('EXIF 5 is mirrored, then turned 270° clockwise', () => {
    expect(uprightFilters(orientationOfExif(5))).toEqual(['hflip', 'transpose=cclock']);
    expect(orientationOfExif(99)).toEqual({ rotationDeg: 0, isMirrored: false });
  });
});

describe('content', () => {
  const is = (text: string | Buffer, name: string) => classifyContent(Buffer.from(text as string), name).is;
  test('captions in old encodings and UTF-16 are text', () => {
    const latin = Buffer.from('1\n00:00:00,000 --> 00:00:01,000\nGrüße aus Köln\n', 'latin1');
    expect(is(latin, 'a.srt')).toBe('caption');
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('WEBVTT\n\n', 'utf16le')]);
    expect(is(wide, 'a.vtt')).toBe('caption');
    expect(is('00:01.5 --> 00:02\nNo hours\n', 'a.srt')).toBe('caption');
  });

  test('JSON is captions when it tells when words are said', () => {
    expect(is('{"text":"Hi","segments":[{"id":0,"start":0,"end":1,"text":"Hi"}]}', 'a.json')).toBe('caption');
    expect(is('{"transcription": [ {"offsets": {"from": 0, "to": 9}, "text": "Hi"}]}', 'a.json')).toBe('caption');
    expect(is('{"segments":[{"name":"north"}]}', 'a.json')).toBe('document');
  });

  test('a playlist is one behind a byte-order mark, spaces, ID3 or comments', () => {
    expect(is('\uFEFF#EXTM3U\n', 'a.mp4')).toBe('playlist');
    expect(is('\n\n  #EXTM3U\n', 'a.mp4')).toBe('playlist');
    expect(is('# hello\n# more\nfile x.mp4\n', 'a.txt')).toBe('playlist');
    expect(is(Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.from('#EXTM3U\n')]), 'a.mp3')).toBe(
      'playlist',
    );
    expect(is('<?xml version="1.0"?><!-- x --><SmoothStreamingMedia a="b">', 'a.ism')).toBe('playlist');
  });

  test('binary is media until ffprobe says otherwise', () => {
    expect(is(Buffer.from([0, 0, 1, 0xba, 1, 2, 3, 4]), 'a.txt')).toBe('media');
  });
});

test('absurd camera clocks tell nothing; local dates stay local', () => {
  expect(readTime('1904-01-01T00:00:00Z', { isLocal: false })).toBeNull();
  expect(readTime('0000:00:00 00:00:00', { isLocal: true })).toBeNull();
  expect(readTime('2024-05-31T23:30:00+0900', { isLocal: true })).toEqual({
    atMs: Date.UTC(2024, 4, 31, 14, 30),
    localDay: '2024-05-31',
  });
});
