import type { Ms } from '../units/index.ts';

const pattern = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?$/;
const two = (value: number): string => String(value).padStart(2, '0');

/** Milliseconds of "01:02:03,456", "02:03.4" or "1:02:03"; null when it is no time, or has 60 or more minutes or seconds. */
export function parseClock(text: string): Ms | null {
  const match = pattern.exec(text.trim());
  if (!match) return null;
  const [hours, minutes, seconds] = [Number(match[1] ?? 0), Number(match[2]), Number(match[3])];
  if (minutes > 59 || seconds > 59) return null;
  const fraction = Math.round(Number(`0.${match[4] ?? '0'}`) * 1000);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
}

/** "01:02:03,456": hours, minutes, seconds and milliseconds with the given mark between them. */
export function formatClock(ms: Ms, mark: ',' | '.'): string {
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${clock}${mark}${String(ms % 1000).padStart(3, '0')}`;
}

/** The two ends of "00:01 --> 00:02 align:start"; null when the line is not one. */
export function parseSpan(line: string): { startMs: Ms; endMs: Ms } | null {
  const [before, after, ...more] = line.split('-->');
  if (before === undefined || after === undefined || more.length > 0) return null;
  const startMs = parseClock(before);
  const endMs = parseClock(after.trim().split(/\s+/)[0] ?? '');
  return startMs === null || endMs === null ? null : { startMs, endMs };
}
