import type { ProbeReport } from '#main/platform/ffmpeg/index.ts';

/** When something was shot: the moment, and the date on the calendar of whoever shot it (null when only UTC is known). */
export interface CaptureTime {
  atMs: number;
  localDay: string | null;
}

/** Cameras without a set clock write 1904, 1970 or 1980. */
const earliestMs = Date.UTC(1990, 0, 1);

/** Shooting time of a video or sound file: Apple's tag with its time zone first, then the container's UTC time. */
export function capturedAt(report: ProbeReport): CaptureTime | null {
  const tags = allTags(report);
  const apple = tags.get('com.apple.quicktime.creationdate');
  return (
    readTime(apple, { isLocal: true }) ??
    readTime(tags.get('creation_time'), { isLocal: false }) ??
    readTime(tags.get('date'), { isLocal: true })
  );
}

/** Maker and model of the recording device. */
export function deviceOf(report: ProbeReport): string | null {
  const tags = allTags(report);
  const first = (...names: string[]) => names.map((name) => tags.get(name)).find((value) => value !== undefined);
  return deviceName(
    first('com.apple.quicktime.make', 'com.android.manufacturer', 'make'),
    first('com.apple.quicktime.model', 'com.android.model', 'model'),
  );
}

/** "Apple iPhone 15", without saying the maker twice. */
export function deviceName(make: string | undefined, model: string | undefined): string | null {
  const clean = (text: string | undefined) => (text ?? '').replaceAll('\0', '').trim();
  const [maker, name] = [clean(make), clean(model)];
  const whole = name.toLowerCase().startsWith(maker.toLowerCase()) ? name : `${maker} ${name}`.trim();
  return whole === '' ? null : whole.slice(0, 200);
}

/** Reads an ISO time, EXIF's "2024:05:31 18:04:11", or a date alone; null when absurd. */
export function readTime(text: string | undefined, options: { isLocal: boolean; offset?: string }): CaptureTime | null {
  const match = /^(\d{4})[-:](\d\d)[-:](\d\d)(?:[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?\s*(Z|[+-]\d\d:?\d\d)?)?/.exec(
    text?.trim() ?? '',
  );
  if (match === null) return null;
  const [, year, month, day, hour = '12', minute = '00', second = '00', , zoneInText] = match;
  const zone = zoneInText ?? options.offset ?? (options.isLocal ? '' : 'Z');
  const colonZone = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${colonZone}`);
  if (!Number.isFinite(atMs) || atMs < earliestMs) return null;
  return { atMs, localDay: options.isLocal ? `${year}-${month}-${day}` : null };
}

/** The machine's local calendar day of a moment, YYYY-MM-DD. */
export function localDay(atMs: number): string {
  const date = new Date(atMs);
  const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

function allTags(report: ProbeReport): Map<string, string> {
  const entries = [
    ...report.streams.flatMap((one) => Object.entries(one.tags ?? {})),
    ...Object.entries(report.format.tags ?? {}),
  ];
  return new Map(entries.map(([key, value]) => [key.toLowerCase(), value]));
}
