import { expect, test } from 'vitest';
import { rational } from '#shared/units/index.ts';
import { parsePacketList } from '../encode/packet-list.ts';
import { type Intended, judge, type Observed } from './check-findings.ts';

const rate = rational(30000, 1001);
const intended: Intended = { frameCount: 30, rate, size: { width: 320, height: 180 }, packets: hashes() };

function hashes(): string[] {
  return Array.from({ length: 30 }, (_, n) => `hash${n}`);
}

function perfect(): Observed {
  return {
    boxes: { types: ['ftyp', 'moov', 'mdat'], isWhole: true, isFastStart: true },
    video: {
      ...{ codec_name: 'h264', pix_fmt: 'yuv420p', width: 320, height: 180, sample_aspect_ratio: '1:1' },
      ...{ color_range: 'tv', color_space: 'bt709', color_primaries: 'bt709', color_transfer: 'bt709' },
      ...{ avg_frame_rate: '30000/1001', duration: '1.001', start_time: '0.000' },
    },
    audio: { codec_name: 'aac', sample_rate: '48000', channels: 2, duration: '1.001', start_time: '0.000' },
    packets: hashes().map((hash, n) => ({ dts: n * 1001 - 2002, pts: n * 1001, duration: 1001, sizeBytes: 9, hash })),
    tickSeconds: 1 / 30000,
    decodedFrames: null,
    complaints: [],
  };
}

const failedIn = (seen: Observed, plan: Intended | null = intended) =>
  judge('/x.mp4', seen, plan)
    .findings.filter((one) => one.state === 'failed')
    .map((one) => one.id);

test('a perfect file passes, against its plan and without one', () => {
  expect(judge('/x.mp4', perfect(), intended).isPassed).toBe(true);
  expect(judge('/x.mp4', perfect(), null).isPassed).toBe(true);
});

test('each fault is found by its own finding', () => {
  const faults: [string, (seen: Observed) => void][] = [
    ['whole', (seen) => Object.assign(seen.boxes, { isWhole: false })],
    ['fast-start', (seen) => Object.assign(seen.boxes, { isFastStart: false })],
    ['decodes', (seen) => Object.assign(seen, { complaints: ['error while decoding MB 3 4'] })],
    ['size', (seen) => Object.assign(seen.video ?? {}, { width: 322 })],
    ['pixel-aspect', (seen) => Object.assign(seen.video ?? {}, { sample_aspect_ratio: '4:3' })],
    ['upright', (seen) => Object.assign(seen.video ?? {}, { side_data_list: [{ rotation: -90 }] })],
    ['colour', (seen) => Object.assign(seen.video ?? {}, { color_range: 'pc' })],
    ['video-codec', (seen) => Object.assign(seen.video ?? {}, { pix_fmt: 'yuv444p' })],
    ['audio', (seen) => Object.assign(seen.audio ?? {}, { sample_rate: '44100' })],
    ['av-duration', (seen) => Object.assign(seen.audio ?? {}, { duration: '1.012' })],
    ['same-picture', (seen) => Object.assign(seen.packets[7] ?? {}, { hash: 'other' })],
    ['constant-rate', (seen) => Object.assign(seen.packets[7] ?? {}, { pts: 7 * 1001 + 40 })],
    ['timestamps', (seen) => Object.assign(seen.packets[7] ?? {}, { dts: 5 * 1001 - 2002 })],
  ];
  for (const [id, spoil] of faults) {
    const seen = perfect();
    spoil(seen);
    expect(failedIn(seen), id).toEqual([id]);
  }
});

test('a missing frame, a missing sound and a missing picture are faults', () => {
  const short = perfect();
  expect(failedIn({ ...short, packets: short.packets.slice(0, 29) })).toEqual(['frame-count', 'same-picture']);
  expect(failedIn({ ...short, decodedFrames: 28 }, null)).toEqual(['frame-count']);
  expect(failedIn({ ...short, audio: null }, null)).toEqual(['audio', 'av-duration']);
  expect(failedIn({ ...short, video: null, packets: [] }, null)).toContain('frame-count');
});

test('packet lists of ffmpeg are read', () => {
  const text = '#format: frame checksums\n#extradata 0: 41, abc\n0, -2, 0, 1, 500, aaaa\n0, -1, 3, 1, 20, bbbb\n';
  expect(parsePacketList(text)).toEqual([
    { dts: -2, pts: 0, duration: 1, sizeBytes: 500, hash: 'aaaa' },
    { dts: -1, pts: 3, duration: 1, sizeBytes: 20, hash: 'bbbb' },
  ]);
});
