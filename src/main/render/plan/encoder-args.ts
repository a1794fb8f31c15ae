import type { Preset } from '#shared/contract/render.ts';
import { formatRational, type Rate } from '#shared/units/index.ts';

/** Flags of every scaler: same bits on every processor, bicubic (B = 0, C = 0.6). */
export const scaleFlags = 'bicubic+accurate_rnd+full_chroma_int+bitexact';

/** Ticks per second of the video tracks: a whole number per frame, at least 10,000. */
export function trackTimescale(rate: Rate): number {
  let timescale = rate.num;
  while (timescale < 10_000) timescale *= 2;
  return timescale;
}

/** Frames: below this every frame would be a key frame at low rates. */
const shortestGop = 6;

/**
 * Arguments that encode one segment. One thread per encoder and `cpu-independent` make the bits the same everywhere;
 * every segment starts with a closed GOP, so that segments can be joined by copying.
 */
export function videoArgs(preset: Preset, rate: Rate): string[] {
  return pictureArgs(preset, rate, ['-crf', String(preset.crf), '-threads', '1']);
}

/** Threads of a whole file's encoder: a fixed number, because the bits depend on it. */
const wholeThreads = '4';

/** Arguments of one of two passes over a whole file; `log` names what the first tells the second. Without the output's name. */
export function twoPassArgs(preset: Preset, rate: Rate, bitrate: number, pass: 1 | 2, log: string): string[] {
  const control = ['-b:v', String(Math.round(bitrate)), '-pass', String(pass), '-passlogfile', log];
  const args = pictureArgs(preset, rate, [...control, '-threads', wholeThreads]);
  return pass === 1 ? [...args.slice(0, -1), 'null'] : args;
}

/** Arguments that keep every pixel, quickly. */
export function losslessArgs(rate: Rate): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', '-pix_fmt', 'yuv420p', '-threads', '1'],
    ...['-color_range', 'tv', '-video_track_timescale', String(trackTimescale(rate)), '-f', 'mp4'],
  ];
}

function pictureArgs(preset: Preset, rate: Rate, control: readonly string[]): string[] {
  const keyint = Math.max(shortestGop, Math.round((rate.num / rate.den) * preset.gopSeconds));
  const buffer = Math.round(preset.maxBitrate * preset.bufferSeconds);
  return [
    ...['-c:v', 'libx264', '-preset', preset.x264Preset, '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...['-maxrate', String(preset.maxBitrate), '-bufsize', String(buffer), ...control],
    ...['-x264-params', `cpu-independent=1:open-gop=0:keyint=${keyint}:force-cfr=1`],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-video_track_timescale', String(trackTimescale(rate)), '-map_metadata', '-1', '-fflags', '+bitexact'],
    ...['-f', 'mp4'],
  ];
}

/** Arguments that encode the mixed sound. */
export function audioArgs(preset: Preset): string[] {
  return ['-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', String(preset.audioBitrate), '-ar', '48000', '-ac', '2'];
}

/** A rate as ffmpeg reads it. */
export const rateText = (rate: Rate): string => formatRational(rate);
