import type { CheckReport } from '#shared/contract/render.ts';
import type { Size } from '#shared/model/index.ts';
import { formatRational, frameToSeconds, parseRational, type Rate, toNumber } from '#shared/units/index.ts';
import type { PacketLine } from '../encode/packet-list.ts';
import type { BoxLayout } from './mp4-boxes.ts';

type Finding = CheckReport['findings'][number];

/** What a finished ad was meant to be; a file from elsewhere is only held against what every ad must be. */
export interface Intended {
  frameCount: number;
  rate: Rate;
  size: Size;
  /** Hashes of the packets of the segments it was joined from. */
  packets: readonly string[];
}

/** What was found in a file. */
export interface Observed {
  boxes: BoxLayout;
  video: Record<string, unknown> | null;
  audio: Record<string, unknown> | null;
  packets: readonly PacketLine[];
  /** Seconds of one tick of the packets' clock. */
  tickSeconds: number;
  /** Decoded frames; null when only the sound was decoded, because every packet was judged before. */
  decodedFrames: number | null;
  complaints: readonly string[];
}

/** Longest difference between the lengths of picture and sound, ms. */
const longestDifferenceMs = 10;

function finding(id: string, label: string, isOk: boolean, expected: string, found: string): Finding {
  return { id, label, state: isOk ? 'ok' : 'failed', expected, found, frames: [], pictures: [] };
}

const text = (value: unknown): string => (value === undefined || value === null ? 'none' : String(value));

/** The frame rate of a stream as tagged; null when it says none. */
function taggedRate(video: Record<string, unknown> | null): Rate | null {
  const rate = parseRational(text(video?.avg_frame_rate));
  return rate !== null && rate.num > 0 ? rate : null;
}

/** Degrees that players turn the picture by, as the container tells them to. */
function taggedTurn(video: Record<string, unknown> | null): number {
  const sideData = Array.isArray(video?.side_data_list) ? (video.side_data_list as { rotation?: number }[]) : [];
  return sideData.find((one) => typeof one.rotation === 'number')?.rotation ?? 0;
}

function pictureFindings(seen: Observed, intended: Intended | null): Finding[] {
  const { video } = seen;
  const size = `${text(video?.width)}×${text(video?.height)}`;
  const isEven = Number(video?.width) % 2 === 0 && Number(video?.height) % 2 === 0;
  const wanted = intended ? `${intended.size.width}×${intended.size.height}` : 'even sides';
  const colours = ['color_range', 'color_space', 'color_primaries', 'color_transfer'].map((key) => text(video?.[key]));
  const turn = taggedTurn(video);
  const codec = `${text(video?.codec_name)} ${text(video?.pix_fmt)}`;
  const aspect = text(video?.sample_aspect_ratio);
  return [
    finding('video-codec', 'Picture format', codec === 'h264 yuv420p', 'h264 yuv420p', codec),
    finding('size', 'Picture size', intended ? size === wanted : isEven, wanted, size),
    finding('pixel-aspect', 'Square pixels', aspect === '1:1' || (!intended && aspect === 'none'), '1:1', aspect),
    finding('upright', 'Upright without turning', turn === 0, 'no turn', turn === 0 ? 'no turn' : `turned by ${turn}°`),
    finding(
      'colour',
      'Colour tags',
      colours.join(' ') === 'tv bt709 bt709 bt709',
      'tv bt709 bt709 bt709',
      colours.join(' '),
    ),
  ];
}

function timingFindings(seen: Observed, intended: Intended | null): Finding[] {
  const { packets } = seen;
  const rate = intended?.rate ?? taggedRate(seen.video);
  const times = packets.map((packet) => packet.pts).sort((a, b) => a - b);
  const backwards = packets.findIndex((packet, n) => n > 0 && packet.dts <= (packets[n - 1]?.dts ?? 0));
  const doubled = times.findIndex((time, n) => n > 0 && time === times[n - 1]);
  const offGrid = rate === null ? 0 : times.findIndex((time, n) => isOffGrid(time - (times[0] ?? 0), n, rate, seen));
  const bad = backwards >= 0 ? backwards : doubled;
  return [
    finding(
      'timestamps',
      'Times rise',
      packets.length > 0 && bad < 0,
      'every frame later than the one before',
      packets.length === 0 ? 'no frames' : bad < 0 ? 'rising' : `frame ${bad} is not later`,
    ),
    finding(
      'constant-rate',
      'Constant frame rate',
      rate !== null && offGrid < 0,
      intended ? `${formatRational(intended.rate)} frames/s` : 'one rate throughout',
      offGrid >= 0 ? `frame ${offGrid} is off the grid` : `${rate ? formatRational(rate) : 'no'} frames/s`,
    ),
  ];
}

/** Ticks may be coarser than the grid: one of them is allowed. */
function isOffGrid(ticks: number, frame: number, rate: Rate, seen: Observed): boolean {
  return Math.abs(ticks * seen.tickSeconds - toNumber(frameToSeconds(frame, rate))) > seen.tickSeconds * 1.01;
}

function contentFindings(seen: Observed, intended: Intended | null): Finding[] {
  const listed = seen.packets.length;
  const decoded = seen.decodedFrames ?? listed;
  const expected = intended?.frameCount ?? listed;
  const findings = [
    finding(
      'decodes',
      'Plays without error',
      seen.complaints.length === 0,
      'no errors',
      seen.complaints[0] ?? 'no errors',
    ),
    finding(
      'frame-count',
      'Number of frames',
      listed === expected && decoded === expected && expected > 0,
      String(expected),
      decoded === listed ? String(listed) : `${listed}, of which ${decoded} decode`,
    ),
  ];
  if (!intended) return findings;
  const wrong = intended.packets.findIndex((hash, n) => seen.packets[n]?.hash !== hash);
  const same = wrong < 0 && intended.packets.length === listed;
  const found = same ? 'every frame' : `frame ${wrong < 0 ? intended.packets.length : wrong} differs`;
  return [...findings, finding('same-picture', 'Frames are the ones that were judged', same, 'every frame', found)];
}

function soundFindings(seen: Observed): Finding[] {
  const { audio, video } = seen;
  const found = `${text(audio?.codec_name)} ${text(audio?.sample_rate)} Hz ${text(audio?.channels)} channels`;
  const isRight = found === 'aac 48000 Hz 2 channels';
  const lengths = [video, audio].map((stream) => Number(stream?.duration));
  const [picture = Number.NaN, sound = Number.NaN] = lengths;
  const startsMs = Math.abs(Number(video?.start_time) - Number(audio?.start_time)) * 1000;
  const differenceMs = Math.max(Math.abs(picture - sound) * 1000, startsMs);
  return [
    finding('audio', 'Sound format', isRight, 'aac 48000 Hz 2 channels', audio ? found : 'no sound track'),
    finding(
      'av-duration',
      'Picture and sound are equally long',
      differenceMs <= longestDifferenceMs,
      `within ${longestDifferenceMs} ms`,
      Number.isFinite(differenceMs) ? `${differenceMs.toFixed(1)} ms apart` : 'unknown',
    ),
  ];
}

function containerFindings(seen: Observed): Finding[] {
  const { boxes } = seen;
  return [
    finding(
      'whole',
      'File is complete',
      boxes.isWhole,
      'a complete MP4',
      boxes.isWhole ? 'complete' : 'cut short or no MP4',
    ),
    finding(
      'fast-start',
      'Starts playing while loading',
      boxes.isFastStart,
      'index first',
      boxes.isFastStart ? 'index first' : 'index last',
    ),
  ];
}

/** Judges what was found. Pure. */
export function judge(path: string, seen: Observed, intended: Intended | null): CheckReport {
  const findings = [
    ...containerFindings(seen),
    ...contentFindings(seen, intended),
    ...timingFindings(seen, intended),
    ...pictureFindings(seen, intended),
    ...soundFindings(seen),
  ];
  return { path, isPassed: findings.every((one) => one.state !== 'failed'), findings };
}
