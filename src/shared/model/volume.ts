import { type Frames, multiply, type Rational, rational, round } from '../units/index.ts';
import { type ClipAudio, maxVolumePoints, type VolumePoint } from './clip.ts';

/** dB of a volume curve at a (fractional) position on the clock of its points: straight between them, level outside; 0 without any. */
export function volumeDbAt(points: readonly VolumePoint[], position: number): number {
  const first = points[0];
  if (!first) return 0;
  if (position <= first.frame) return first.gainDb;
  // The first point behind the position, by halving.
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.frame ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  const before = points[low - 1] ?? first;
  const after = points[low];
  if (!after) return before.gainDb;
  const part = (position - before.frame) / (after.frame - before.frame);
  return before.gainDb + part * (after.gainDb - before.gainDb);
}

/** Farthest that a point may lie from its clip's start, frames. */
const farthest = 1e7;

/** Points that a clip can hold: farther ones would never be seen again. */
const within = (points: readonly VolumePoint[]): VolumePoint[] =>
  points.filter(({ frame }) => Math.abs(frame) <= farthest);

/** Points in order, one per frame (of several the last), at most as many as a clip may have. */
export function orderedPoints(points: readonly VolumePoint[]): VolumePoint[] {
  const byFrame = new Map(points.map((point) => [point.frame, point]));
  return within([...byFrame.values()].sort((a, b) => a.frame - b.frame)).slice(0, maxVolumePoints);
}

/** Points whose clip begins `frames` later (earlier when negative): they stay with what is heard. */
export function shiftVolume(points: readonly VolumePoint[], frames: Frames): VolumePoint[] {
  if (frames === 0 || points.length === 0) return [...points];
  return points.map(({ frame, gainDb }) => ({ frame: frame - frames, gainDb }));
}

/** Sound of a clip whose first `frames` were taken away (or, negative, that many were put before it). */
export function audioFrom(audio: ClipAudio, frames: Frames): ClipAudio {
  return audio.volume.length === 0 ? audio : { ...audio, volume: within(shiftVolume(audio.volume, frames)) };
}

/** Points with their frames converted, as for another rate or speed. */
export function convertVolume(points: readonly VolumePoint[], convert: (frame: Frames) => Frames): VolumePoint[] {
  return orderedPoints(points.map(({ frame, gainDb }) => ({ frame: convert(frame), gainDb })));
}

/** Sound of a clip that lasts `factor` times as long. */
export function audioStretched(audio: ClipAudio, factor: Rational): ClipAudio {
  if (audio.volume.length === 0) return audio;
  return { ...audio, volume: convertVolume(audio.volume, (frame) => round(multiply(rational(frame), factor))) };
}

/** What each half of a split curve needs to go on exactly as before; the second on its own clock. */
export function splitVolume(points: readonly VolumePoint[], atFrame: Frames): [VolumePoint[], VolumePoint[]] {
  const next = points.findIndex(({ frame }) => frame >= atFrame);
  if (next < 0) return [[...points], within(shiftVolume(points.slice(-1), atFrame))];
  const isOnIt = points[next]?.frame === atFrame;
  const tail = points.slice(isOnIt ? next : Math.max(0, next - 1));
  return [points.slice(0, next + 1), within(shiftVolume(tail, atFrame))];
}

/** The curve with a point set: in place of the one at `replaces` (a frame), and of any that stands where it goes. */
export function withPoint(
  points: readonly VolumePoint[],
  point: VolumePoint,
  replaces: Frames | null = null,
): VolumePoint[] {
  return orderedPoints([...points.filter(({ frame }) => frame !== replaces && frame !== point.frame), point]);
}
