import type { Frames, Ms, Rate } from '#shared/units/index.ts';

/** Where playback stands: it was at `baseFrame` at wall-clock `baseMs` and moves at `speed` (0 = stands still, −2 = twice as fast backwards). */
export interface ClockState {
  readonly baseFrame: number;
  readonly baseMs: Ms;
  readonly speed: number;
}

/** The range within which playback runs: first frame, and the one after the last. */
export interface PlayRange {
  readonly startFrame: Frames;
  readonly endFrame: Frames;
}

/** What the clock says at a moment. `hasEnded`: it ran into the range's end (or start, backwards) and stands there. */
export interface ClockReading {
  readonly frame: Frames;
  /** The same with its fraction, for steering media elements. */
  readonly position: number;
  readonly hasEnded: boolean;
}

/** A clock that stands still at a frame. */
export function stoppedAt(frame: number, nowMs: Ms): ClockState {
  return { baseFrame: frame, baseMs: nowMs, speed: 0 };
}

/** A clock running from a frame. */
export function runningFrom(frame: number, nowMs: Ms, speed: number): ClockState {
  return { baseFrame: frame, baseMs: nowMs, speed };
}

/** Frames the clock has reached, with fraction, not yet held inside a range. */
export function rawPosition(clock: ClockState, nowMs: Ms, rate: Rate): number {
  return clock.baseFrame + ((Math.max(0, nowMs - clock.baseMs) / 1000) * clock.speed * rate.num) / rate.den;
}

/** Reads the clock inside a range; looping wraps around its ends. */
export function readClock(
  clock: ClockState,
  nowMs: Ms,
  rate: Rate,
  range: PlayRange,
  isLooping: boolean,
): ClockReading {
  const lastFrame = Math.max(range.startFrame, range.endFrame - 1);
  const raw = rawPosition(clock, nowMs, rate);
  if (clock.speed === 0) {
    const held = Math.min(Math.max(raw, 0), Math.max(0, lastFrame));
    return { frame: Math.floor(held), position: held, hasEnded: false };
  }
  const length = range.endFrame - range.startFrame;
  if (isLooping && length > 0 && (raw >= range.endFrame || raw < range.startFrame)) {
    const wrapped = range.startFrame + ((((raw - range.startFrame) % length) + length) % length);
    return { frame: Math.floor(wrapped), position: wrapped, hasEnded: false };
  }
  if (clock.speed > 0 && raw >= range.endFrame) return { frame: lastFrame, position: lastFrame, hasEnded: true };
  if (clock.speed < 0 && raw <= range.startFrame)
    return { frame: range.startFrame, position: range.startFrame, hasEnded: true };
  return { frame: Math.floor(raw), position: raw, hasEnded: false };
}

/** Speeds that repeated presses of J and L step through. */
const shuttleSpeeds = [1, 2, 4, 8] as const;

/** The next shuttle speed after a press of L (`direction` 1) or J (−1): from standing 1×, then 2×, 4×, 8×; the other way starts over at 1×. */
export function nextShuttleSpeed(speed: number, direction: 1 | -1): number {
  if (speed === 0 || Math.sign(speed) !== direction) return direction;
  const faster = shuttleSpeeds.find((candidate) => candidate > Math.abs(speed) + 1e-9) ?? Math.abs(speed);
  return direction * faster;
}
