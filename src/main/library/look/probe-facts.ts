import type { ProbeReport, ProbeStream } from '#main/platform/ffmpeg/index.ts';
import type { AudioFacts, Probe, VideoFacts } from '#shared/model/index.ts';
import {
  compare,
  fromNumber,
  multiply,
  one,
  parseRational,
  type Rational,
  rational,
  subtract,
  zero,
} from '#shared/units/index.ts';
import { capturedAt, deviceOf } from './capture.ts';
import { resolveColour } from './colour.ts';
import { guessRate } from './frame-rate.ts';
import { type Orientation, orientationOfDisplayMatrix, shownSize } from './orientation.ts';
import { pixelFormatFacts } from './pixel-format.ts';

/** A probe before the few things are known that need a second look at the file. */
export interface ProbeDraft {
  probe: Probe;
  /** The picture's rate must be judged by packet times. */
  needsPackets: boolean;
  /** One tick of the picture's clock, seconds. */
  tickSeconds: number;
  /** Lines are interleaved in time. */
  isInterlaced: boolean;
}

/** ffprobe's demuxers for single pictures. */
export function isPictureContainer(container: string): boolean {
  return /^(image2|.*_pipe)$/.test(container);
}

/** Demuxers of pictures that may move. */
export function isAnimationContainer(container: string): boolean {
  return container === 'gif' || container === 'apng';
}

/** ffprobe's report → facts. Pure; throws nothing: what is missing stays null or gets the documented default. */
export function probeFacts(report: ProbeReport): ProbeDraft {
  const container = report.format.format_name;
  const picture = report.streams.find(isPicture);
  const isStill = isPictureContainer(container);
  const durationSeconds = isStill ? null : lengthOf(report.format);
  const rate = guessRate(container, picture?.r_frame_rate, picture?.avg_frame_rate);
  const video = picture === undefined ? null : videoFacts(picture, { container, isStill, average: rate.average });
  return {
    probe: {
      container,
      durationSeconds: durationSeconds ?? video?.durationSeconds ?? null,
      video,
      audio: report.streams.flatMap(audioFacts),
      otherStreams: report.streams
        .filter((stream) => stream !== picture && stream.codec_type !== 'audio')
        .map(otherStream),
      capturedAtMs: capturedAt(report)?.atMs ?? null,
      device: deviceOf(report),
    },
    needsPackets: video !== null && !isStill && rate.needsPackets,
    tickSeconds: tickOf(picture),
    isInterlaced: /^(tt|bb|tb|bt)$/.test(picture?.field_order ?? ''),
  };
}

/** A real picture stream: cover art and unknown codecs are none. */
function isPicture(stream: ProbeStream): boolean {
  const isCover = (stream.disposition?.attached_pic ?? 0) !== 0 || (stream.disposition?.timed_thumbnails ?? 0) !== 0;
  return stream.codec_type === 'video' && !isCover && (stream.width ?? 0) > 0 && (stream.height ?? 0) > 0;
}

function videoFacts(
  stream: ProbeStream,
  context: { container: string; isStill: boolean; average: Rational | null },
): VideoFacts {
  const { isStill, container } = context;
  const coded = { width: stream.width ?? 1, height: stream.height ?? 1 };
  const pixelFormat = stream.pix_fmt ?? 'unknown';
  const format = pixelFormatFacts(pixelFormat, numberOf(stream.bits_per_raw_sample));
  const pixelAspect = pixelAspectOf(stream.sample_aspect_ratio);
  const orientation = orientationOf(stream);
  const frameCount = numberOf(stream.nb_frames);
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? 'unknown',
    pixelFormat,
    bitDepth: format.bitDepth,
    codedWidth: coded.width,
    codedHeight: coded.height,
    ...shownSize(coded, pixelAspect, orientation),
    ...orientation,
    pixelAspect,
    averageRate: isStill ? null : context.average,
    isVariableRate: false,
    frameCount: isStill ? 1 : frameCount,
    startSeconds: isStill ? zero : startOf(stream),
    durationSeconds: isStill ? null : durationOf(stream),
    colour: resolveColour(
      {
        range: stream.color_range,
        matrix: stream.color_space,
        primaries: stream.color_primaries,
        transfer: stream.color_transfer,
      },
      {
        pixelFormat: format,
        codec: stream.codec_name ?? '',
        codedWidth: coded.width,
        codedHeight: coded.height,
        isStill: isStill || isAnimationContainer(container),
      },
    ),
    hasAlpha: format.hasAlpha || stream.tags?.alpha_mode === '1',
    isAnimated: isAnimationContainer(container) && frameCount !== 1,
  };
}

function audioFacts(stream: ProbeStream): AudioFacts[] {
  const sampleRateHz = numberOf(stream.sample_rate);
  if (stream.codec_type !== 'audio' || sampleRateHz === null || sampleRateHz <= 0 || (stream.channels ?? 0) <= 0)
    return [];
  return [
    {
      streamIndex: stream.index,
      codec: stream.codec_name ?? 'unknown',
      sampleRateHz,
      channels: stream.channels ?? 1,
      language: stream.tags?.language === 'und' ? null : (stream.tags?.language ?? null),
      isDefault: (stream.disposition?.default ?? 0) === 1,
      startSeconds: startOf(stream),
      durationSeconds: durationOf(stream),
    },
  ];
}

function otherStream(stream: ProbeStream): Probe['otherStreams'][number] {
  const isCover = (stream.disposition?.attached_pic ?? 0) !== 0;
  return {
    streamIndex: stream.index,
    type: isCover ? 'cover' : (stream.codec_type ?? 'unknown'),
    codec: stream.codec_name ?? stream.codec_tag_string ?? 'unknown',
  };
}

function orientationOf(stream: ProbeStream): Orientation {
  const matrix = stream.side_data_list?.find((one) => one.displaymatrix !== undefined || one.rotation !== undefined);
  if (matrix !== undefined) return orientationOfDisplayMatrix(matrix.displaymatrix, matrix.rotation);
  const tag = numberOf(stream.tags?.rotate);
  return orientationOfDisplayMatrix(undefined, tag === null ? 0 : -tag);
}

/** "0:1" and "N/A" mean unknown, which means square; absurd values are taken for damage. */
function pixelAspectOf(text: string | undefined): Rational {
  const value = text === undefined ? null : parseRational(text);
  if (value === null || value.num <= 0 || value.num / value.den > 10 || value.den / value.num > 10) return one;
  return value;
}

/** Matroska names the time at which it ends, which is its length only when it begins at zero. */
function lengthOf(format: ProbeReport['format']): Rational | null {
  const duration = seconds(format.duration);
  const start = /^matroska/.test(format.format_name) ? seconds(format.start_time) : null;
  if (duration === null || start === null || start.num <= 0 || compare(duration, start) <= 0) return duration;
  return subtract(duration, start);
}

function startOf(stream: ProbeStream): Rational {
  return exactTime(stream.start_pts, stream.time_base) ?? seconds(stream.start_time) ?? zero;
}

function durationOf(stream: ProbeStream): Rational | null {
  const exact = exactTime(stream.duration_ts, stream.time_base) ?? seconds(stream.duration);
  if (exact !== null) return exact;
  // Matroska keeps the time of its end in a tag: "00:00:03.666000000".
  const tag = stream.tags?.DURATION ?? stream.tags?.['DURATION-eng'];
  const match = /^(\d+):(\d\d):(\d\d(?:\.\d{1,6})?)/.exec(tag ?? '');
  if (match === null) return null;
  const end = fromNumber(Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]));
  const start = startOf(stream);
  return start.num > 0 && compare(end, start) > 0 ? subtract(end, start) : end;
}

/** Ticks of a clock in exact seconds; null when unknown or beyond what a rational holds. */
function exactTime(ticks: number | undefined, timeBase: string | undefined): Rational | null {
  const base = timeBase === undefined ? null : parseRational(timeBase);
  if (ticks === undefined || base === null || !Number.isSafeInteger(ticks)) return null;
  try {
    return multiply(rational(ticks), base);
  } catch {
    return null;
  }
}

function tickOf(stream: ProbeStream | undefined): number {
  const base = stream?.time_base === undefined ? null : parseRational(stream.time_base);
  return base === null ? 0.001 : base.num / base.den;
}

function seconds(text: string | undefined): Rational | null {
  const value = numberOf(text);
  return value === null || Math.abs(value) > 1e9 ? null : fromNumber(value);
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
