import { expect, test } from 'vitest';
import { rational } from '#shared/units/index.ts';
import { parsePacketList } from '../encode/packet-list.ts';
import type { SoundVerdict } from '../sound/sound-verdict.ts';
import { judge } from './check-findings.ts';
import { framesText } from './finding.ts';
import type { Aims, Intended, Observed } from './observed.ts';

const rate = rational(30000, 1001);
const sound: SoundVerdict = {
  ...{ sizeBytes: 900, packets: ['a0', 'a1', 'a2'], startSample: -1024, targetLufs: -14, note: null, gainDb: 3 },
  ...{ integratedLufs: -14.1, truePeakDb: -1.4 },
};
const intended: Intended = {
  ...{ frameCount: 30, rate, size: { width: 320, height: 180 }, maxBytes: null, isTwoPass: false, sound },
  packets: Array.from({ length: 30 }, (_, frame) => ({ hash: `hash${frame}`, frame })),
};
const asMeant = (more: Partial<Intended> = {}): Aims => ({
  ...{ intended: { ...intended, ...more }, placements: [], loudnessLufs: null },
});
const anyFile: Aims = { intended: null, placements: [], loudnessLufs: null };

function perfect(): Observed {
  return {
    sizeBytes: 1000,
    boxes: { types: ['ftyp', 'moov', 'mdat'], isWhole: true, isFastStart: true },
    video: {
      ...{ codec_name: 'h264', pix_fmt: 'yuv420p', width: 320, height: 180, sample_aspect_ratio: '1:1' },
      ...{ color_range: 'tv', color_space: 'bt709', color_primaries: 'bt709', color_transfer: 'bt709' },
      ...{ avg_frame_rate: '30000/1001', duration: '1.001', start_time: '0.000' },
    },
    audio: { codec_name: 'aac', sample_rate: '48000', channels: 2, duration: '1.001', start_time: '0.000' },
    packets: intended.packets.map(({ hash }, n) => ({
      ...{ dts: n * 1001 - 2002, pts: n * 1001, duration: 1001, sizeBytes: 9, hash },
    })),
    soundPackets: sound.packets.map((hash, n) => ({
      ...{ dts: n * 1024 - 1024, pts: n * 1024 - 1024, duration: 1024, sizeBytes: 5, hash },
    })),
    tickSeconds: 1 / 30000,
    decodedFrames: null,
    heard: sound,
    frozen: [],
    black: [],
    complaints: [],
  };
}

const failedIn = (seen: Observed, aims: Aims = asMeant()) =>
  judge('/x.mp4', seen, aims)
    .findings.filter((one) => one.state === 'failed')
    .map((one) => one.id);
const findingOf = (id: string, seen: Observed, aims: Aims = asMeant()) =>
  judge('/x.mp4', seen, aims).findings.find((one) => one.id === id);

test('a perfect file passes, against its plan and without one', () => {
  expect(judge('/x.mp4', perfect(), asMeant()).isPassed).toBe(true);
  expect(judge('/x.mp4', perfect(), anyFile).isPassed).toBe(true);
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
    ['av-duration', (seen) => Object.assign(seen.audio ?? {}, { start_time: '0.050' })],
    ['same-picture', (seen) => Object.assign(seen.packets[7] ?? {}, { hash: 'other' })],
    ['same-sound', (seen) => Object.assign(seen.soundPackets[1] ?? {}, { hash: 'other' })],
    ['same-sound', (seen) => Object.assign(seen.soundPackets[2] ?? {}, { pts: 1300 })],
    ['same-sound', (seen) => seen.soundPackets.map((packet) => Object.assign(packet, { pts: packet.pts + 480 }))],
    ['constant-rate', (seen) => Object.assign(seen.packets[7] ?? {}, { pts: 7 * 1001 + 40 })],
    ['timestamps', (seen) => Object.assign(seen.packets[7] ?? {}, { dts: 5 * 1001 - 2002 })],
    ['loudness', (seen) => Object.assign(seen, { heard: { integratedLufs: -12, truePeakDb: -2 } })],
    ['true-peak', (seen) => Object.assign(seen, { heard: { integratedLufs: -14, truePeakDb: -0.2 } })],
  ];
  for (const [id, spoil] of faults) {
    const seen = perfect();
    spoil(seen);
    expect(failedIn(seen), id).toEqual([id]);
  }
});

test('missing, doubled and foreign frames are named', () => {
  const { packets } = perfect();
  const about = (changed: Observed['packets']) => findingOf('same-picture', { ...perfect(), packets: changed });
  expect(about(packets.toSpliced(12, 1))).toMatchObject({ state: 'failed', frames: [12], found: 'missing: frame 12' });
  expect(about(packets.slice(0, 27))?.found).toBe('missing: frames 27 to 29');
  expect(about(packets.toSpliced(12, 0, ...packets.slice(11, 12)))?.found).toBe('doubled: frame 11');
  const other = packets.map((packet, n) => (n >= 10 && n < 20 ? { ...packet, hash: `x${n}` } : packet));
  expect(about(other)).toMatchObject({ found: 'not the ones meant: frames 10 to 19' });
  expect(about(packets.toSpliced(5, 1, { ...(packets[5] ?? assertPacket()), hash: 'x' }).toSpliced(20, 1))?.found).toBe(
    'missing: frame 20; not the ones meant: frame 5',
  );
});

function assertPacket(): never {
  throw new Error('no such packet');
}

test('a missing frame, a missing sound and a missing picture are faults', () => {
  const short = perfect();
  expect(failedIn({ ...short, packets: short.packets.slice(0, 29) })).toEqual(['frame-count', 'same-picture']);
  expect(failedIn({ ...short, decodedFrames: 28 }, anyFile)).toEqual(['frame-count']);
  expect(failedIn({ ...short, audio: null, heard: null }, anyFile)).toEqual(['audio', 'av-duration']);
  expect(failedIn({ ...short, video: null, packets: [] }, anyFile)).toContain('frame-count');
});

test('loudness: silence, room noise and what cannot be louder are told, not judged', () => {
  const silent = { ...sound, integratedLufs: null, truePeakDb: null, note: 'It is silent.' };
  const seen = { ...perfect(), heard: silent };
  expect(judge('/x.mp4', seen, asMeant({ sound: silent })).isPassed).toBe(true);
  expect(findingOf('loudness', seen, asMeant({ sound: silent }))?.state).toBe('skipped');
  const plain = asMeant({ sound: { ...sound, targetLufs: null } });
  expect(findingOf('loudness', perfect(), plain)?.state).toBe('skipped');
  expect(findingOf('loudness', perfect(), anyFile)?.state).toBe('note');
  expect(findingOf('loudness', perfect(), { ...anyFile, loudnessLufs: -16 })?.state).toBe('failed');
  expect(findingOf('loudness', perfect(), { ...anyFile, loudnessLufs: -14 })?.state).toBe('ok');
});

test('a size limit and placements are rules like any other; stills and black are only told', () => {
  expect(failedIn(perfect(), asMeant({ maxBytes: 999 }))).toEqual(['file-size']);
  expect(failedIn(perfect(), asMeant({ maxBytes: 1000 }))).toEqual([]);
  const placed = failedIn(perfect(), { ...asMeant(), placements: ['tiktok-in-feed'] });
  expect(placed).toContain('placement-tiktok-in-feed-length');
  const still = { ...perfect(), frozen: [{ fromFrame: 3, frames: 20 }], black: [{ fromFrame: 0, frames: 3 }] };
  expect(judge('/x.mp4', still, anyFile).isPassed).toBe(true);
  expect(findingOf('frozen', still, anyFile)).toMatchObject({ state: 'note', found: 'frames 3 to 22', frames: [3] });
  expect(findingOf('shared-pieces', perfect(), asMeant({ isTwoPass: true }))?.state).toBe('note');
});

test('frames are told in runs', () => {
  expect(framesText([7])).toBe('frame 7');
  expect(framesText([4, 3, 9])).toBe('frames 3 to 4, 9');
});

test('packet lists of ffmpeg are read', () => {
  const text = '#format: frame checksums\n#extradata 0: 41, abc\n0, -2, 0, 1, 500, aaaa\n0, -1, 3, 1, 20, bbbb\n';
  expect(parsePacketList(text)).toEqual([
    { dts: -2, pts: 0, duration: 1, sizeBytes: 500, hash: 'aaaa' },
    { dts: -1, pts: 3, duration: 1, sizeBytes: 20, hash: 'bbbb' },
  ]);
});
