import { compare, type Rational, rational, subtract, zero } from '../units/index.ts';
import type { Probe } from './asset.ts';

/** Files that begin this little after zero on their clock are taken to begin at zero: encoder delay, rounding. */
const nearZero = rational(1, 10);
/** Containers whose clocks tick in milliseconds: a frame's time is up to half of one too late. */
const coarseClocks = /^(matroska|webm|flv|live_flv|asf|rm)(,|$)/;

/**
 * Where a file begins on its container's clock, seconds; zero for most. Cuts of broadcasts, camera streams and saved
 * live streams begin anywhere, hours even. All times that people and projects name count from here.
 */
export function clockOrigin(probe: Pick<Probe, 'video' | 'audio'>): Rational {
  const { video } = probe;
  const track = probe.audio.find(({ isDefault }) => isDefault) ?? probe.audio[0];
  const starts = [video, track].flatMap((stream) => (stream ? [stream.startSeconds] : []));
  const earliest = starts.reduce((least, start) => (compare(start, least) < 0 ? start : least), starts[0] ?? zero);
  if (compare(earliest, nearZero) <= 0) return zero;
  // Sound begins some ms before the picture as a rule; frames then still lie exactly on their grid.
  const isClose = video !== null && compare(subtract(video.startSeconds, earliest), nearZero) < 0;
  return isClose ? video.startSeconds : earliest;
}

/** How much too late a frame's time may have been rounded, seconds. Added to a moment, it finds the frame meant. */
export function clockGrace(container: string): Rational {
  return coarseClocks.test(container) ? rational(1, 2000) : zero;
}
