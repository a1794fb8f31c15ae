import { z } from 'zod';
import {
  type Frames,
  formatRational,
  frameToSeconds,
  fromNumber,
  multiply,
  parseRational,
  type Rate,
  type Rational,
  rational,
  round,
  secondsToNearestFrames,
} from '../../units/index.ts';

const timePattern = /^-?(?:\d{1,12}f|\d{1,12}(?:\.\d{1,9})?|\d{1,16}\/[1-9]\d{0,15})$/;

const timeError = 'a time is seconds (1.5), a fraction of seconds ("1001/30000") or frames ("45f")';
const ratioError = 'this is a number (1.5) or a fraction ("30000/1001")';

/** A time in a project file: seconds as a number or text, a fraction of seconds, or frames. */
export const fileTimeSchema = z
  .union([z.number(timeError).min(-1e6, timeError).max(1e6, timeError), z.string().regex(timePattern, timeError)], {
    error: timeError,
  })
  .meta({ id: 'Time', description: 'Seconds (1.5), a fraction of seconds ("1001/30000"), or frames ("45f").' });
/** A {@link fileTimeSchema} as written. */
export type FileTime = z.infer<typeof fileTimeSchema>;

/** A rate or speed in a project file. */
export const fileRatioSchema = z
  .union([z.number(ratioError), z.string().regex(/^\d{1,16}(?:\.\d{1,9}|\/[1-9]\d{0,15})?$/, ratioError)], {
    error: ratioError,
  })
  .meta({ id: 'Ratio', description: 'A number (1.5) or a fraction ("30000/1001").' });
/** A {@link fileRatioSchema} as written. */
export type FileRatio = z.infer<typeof fileRatioSchema>;

/** The exact value of a rate or speed. */
export function readRatio(value: FileRatio): Rational {
  return typeof value === 'number' ? fromNumber(value) : (parseRational(value) ?? rational(1));
}

/** A rate or speed as a file writes it: a number where that is exact. */
export function writeRatio(value: Rational): FileRatio {
  return value.den === 1 ? value.num : formatRational(value);
}

function framesOf(value: FileTime): Frames | null {
  return typeof value === 'string' && value.endsWith('f') ? Number(value.slice(0, -1)) : null;
}

/** Seconds of a time, exact; frames are counted at the project's rate. */
export function readSeconds(value: FileTime, rate: Rate): Rational {
  const frames = framesOf(value);
  if (frames !== null) return frameToSeconds(frames, rate);
  return typeof value === 'number' ? fromNumber(value) : (parseRational(value) ?? rational(0));
}

/** Frames of a time; seconds go to the nearest frame. */
export function readFrames(value: FileTime, rate: Rate): Frames {
  return framesOf(value) ?? secondsToNearestFrames(readSeconds(value, rate), rate);
}

/** Frames as a file writes them: seconds where these read well and say the same, else "45f". */
export function writeFrames(frames: Frames, rate: Rate): FileTime {
  const tenths = round(multiply(frameToSeconds(frames, rate), rational(20)));
  return readFrames(tenths / 20, rate) === frames && isExact(frames, tenths, rate) ? tenths / 20 : `${frames}f`;
}

function isExact(frames: Frames, twentieths: number, rate: Rate): boolean {
  const exact = multiply(rational(twentieths, 20), rate);
  return exact.den === 1 && exact.num === frames;
}

/** Seconds as a file writes them: a short decimal where that is exact, else a fraction. */
export function writeSeconds(seconds: Rational): FileTime {
  const decimal = Math.round((seconds.num / seconds.den) * 1000) / 1000;
  const back = fromNumber(decimal);
  return Math.abs(decimal) <= 1e6 && back.num === seconds.num && back.den === seconds.den
    ? decimal
    : formatRational(seconds);
}
