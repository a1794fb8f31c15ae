import { divide, floor, multiply, type Rational, rational, round } from './rational.ts';

/** A number of frames, or a frame's number from 0, on a project's grid: a whole number. */
export type Frames = number;
/** Wall-clock milliseconds. */
export type Ms = number;
/** Frames per second, exact (30000/1001 for "29.97"). */
export type Rate = Rational;
/** Seconds of a source's own clock, exact. */
export type Seconds = Rational;

/** Audio is mixed and exported at this rate. */
export const audioSampleRateHz = 48_000;

/** The moment at which a frame begins. */
export function frameToSeconds(frame: Frames, rate: Rate): Seconds {
  return divide(rational(frame), rate);
}

/** The frame that is on screen at this moment: the last one that begins at or before it. */
export function secondsToFrame(seconds: Seconds, rate: Rate): Frames {
  return floor(multiply(seconds, rate));
}

/** The number of frames nearest to a length in seconds. */
export function secondsToNearestFrames(seconds: Seconds, rate: Rate): Frames {
  return round(multiply(seconds, rate));
}

/** The sample at which a frame's sound begins. Cumulative, so that it never drifts: take differences of this, never a per-frame count. */
export function frameToSample(frame: Frames, rate: Rate, sampleRateHz = audioSampleRateHz): number {
  return round(divide(rational(frame * sampleRateHz), rate));
}

/** Milliseconds (rounded) at which a frame begins; for the wall clock and for players, never for sums. */
export function frameToMs(frame: Frames, rate: Rate): Ms {
  return round(divide(rational(frame * 1000), rate));
}

/**
 * Position of a frame boundary in ASS time, in centiseconds: (n − ½)/rate.
 * ASS knows only 10 ms steps; half a frame early makes an event's first frame right at every rate up to 60.
 */
export function frameToAssCentiseconds(frame: Frames, rate: Rate): number {
  if (frame <= 0) return 0;
  return round(divide(rational((2 * frame - 1) * 50), rate));
}

/** "00:01:02:15": hours, minutes, seconds, frames, non-drop, at the rounded-up rate. */
export function formatTimecode(frame: Frames, rate: Rate): string {
  const framesPerSecond = Math.max(1, Math.round(rate.num / rate.den));
  const sign = frame < 0 ? '-' : '';
  const absolute = Math.abs(Math.trunc(frame));
  const pad = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(absolute / framesPerSecond);
  return `${sign}${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}:${pad(absolute % framesPerSecond)}`;
}

/**
 * Reads a timecode entry: "15" (frames), "2:15" (seconds:frames), "1:02:15", "00:01:02:15" or "2.5s".
 * Null when it is none of these.
 */
export function parseTimecode(text: string, rate: Rate): Frames | null {
  const decimal = /^\s*(\d+(?:\.\d+)?)\s*s\s*$/i.exec(text);
  if (decimal) return Math.round((Number(decimal[1]) * rate.num) / rate.den);
  const parts = text.trim().split(/[:;]/);
  if (parts.length > 4 || parts.some((part) => !/^\d+$/.test(part))) return null;
  const [frames = 0, seconds = 0, minutes = 0, hours = 0] = parts.map(Number).reverse();
  const framesPerSecond = Math.max(1, Math.round(rate.num / rate.den));
  return ((hours * 60 + minutes) * 60 + seconds) * framesPerSecond + frames;
}
