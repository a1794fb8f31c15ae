import type { CheckFinding } from '#shared/contract/render.ts';

/** Frames named by one finding at most. */
const mostFrames = 20;

/** A finding that is in order or failed. */
export function finding(
  id: string,
  label: string,
  isOk: boolean,
  expected: string,
  found: string,
  frames: readonly number[] = [],
): CheckFinding {
  const at = frames.filter((frame) => frame >= 0).slice(0, mostFrames);
  return { id, label, state: isOk ? 'ok' : 'failed', expected, found, frames: at, pictures: [] };
}

/** A finding that is not judged. */
export function remark(
  state: 'skipped' | 'note',
  id: string,
  label: string,
  found: string,
  frames: readonly number[] = [],
): CheckFinding {
  return { id, label, state, expected: '', found, frames: frames.slice(0, mostFrames), pictures: [] };
}

/** A value of a probe, for people. */
export const text = (value: unknown): string => (value === undefined || value === null ? 'none' : String(value));

/** "frame 7", "frames 3, 4 and 9", "frames 60 to 119, 200": runs of neighbours are told as such. */
export function framesText(frames: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const frame of [...frames].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && frame === last[1] + 1) last[1] = frame;
    else if (!last || frame !== last[1]) runs.push([frame, frame]);
  }
  const told = runs.slice(0, 4).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  const more = runs.length > told.length ? ' …' : '';
  return `${frames.length === 1 ? 'frame' : 'frames'} ${told.join(', ')}${more}`;
}
