import type { Frames, Ms, Rate } from '#shared/units/index.ts';
import { type ClockState, nextShuttleSpeed, type PlayRange, readClock, runningFrom, stoppedAt } from './clock.ts';

/** Time and repaint of the host; injected so that tests can turn the clock by hand. */
export interface TransportHost {
  nowMs(): Ms;
  requestFrame(callback: () => void): number;
  cancelFrame(handle: number): void;
}

/** What is known about playback at this moment. A new object whenever anything changes. */
export interface TransportState {
  readonly frame: Frames;
  readonly isPlaying: boolean;
  /** 1 = as it is, 2 = twice as fast, negative = backwards; 0 while paused. */
  readonly speed: number;
  readonly isLooping: boolean;
  /** 0 to 1. */
  readonly volume: number;
  readonly isMuted: boolean;
  /** The pointer is dragging the playhead: pictures matter, sound does not. */
  readonly isScrubbing: boolean;
  /** Playback waits for media to arrive. */
  readonly isWaiting: boolean;
  readonly lengthFrames: Frames;
  readonly rate: Rate;
  /** Frames to loop or play; null = everything. */
  readonly range: PlayRange | null;
  /** Frames that were due since playing began and could not be shown in time. */
  readonly droppedFrames: number;
}

const browserHost: TransportHost = {
  nowMs: () => performance.now(),
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
};

/** Longest time playback waits for media before it goes on without. */
const longestWaitMs = 4000;

/**
 * The master clock of a player: play, pause, shuttle, seek, loop. Whoever draws or sounds follows it.
 * Owns nothing but one pending animation frame; {@link Transport.dispose} gives it back.
 */
export class Transport {
  #state: TransportState;
  #clock: ClockState;
  #pending: number | null = null;
  #waitingSinceMs: Ms | null = null;
  #listeners = new Set<() => void>();
  readonly #host: TransportHost;

  constructor(host: TransportHost = browserHost) {
    this.#host = host;
    this.#clock = stoppedAt(0, host.nowMs());
    this.#state = {
      frame: 0,
      isPlaying: false,
      speed: 0,
      isLooping: false,
      volume: 1,
      isMuted: false,
      isScrubbing: false,
      isWaiting: false,
      lengthFrames: 0,
      rate: { num: 30, den: 1 },
      range: null,
      droppedFrames: 0,
    };
  }

  /** The present state; the same object until something changes. */
  readonly getState = (): TransportState => this.#state;

  /** Calls back after every change, at most once per painted frame during playback. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Position with its fraction of a frame, for steering media elements. */
  position(): number {
    return this.#read().position;
  }

  /** Tells the length and rate of what is played; the position is kept where it can be. */
  setTimeline(lengthFrames: Frames, rate: Rate): void {
    const state = this.#state;
    if (state.lengthFrames === lengthFrames && state.rate.num === rate.num && state.rate.den === rate.den) return;
    const frame = Math.min(state.frame, Math.max(0, lengthFrames - 1));
    this.#rebase(state.isPlaying ? this.position() : frame);
    this.#set({ lengthFrames, rate, frame });
  }

  play(speed = 1): void {
    if (this.#state.lengthFrames === 0 || speed === 0) return;
    const range = this.#range();
    const { frame } = this.#state;
    const atEnd = speed > 0 ? frame >= range.endFrame - 1 : frame <= range.startFrame;
    const from = atEnd || frame < range.startFrame ? (speed > 0 ? range.startFrame : range.endFrame - 1) : frame;
    this.#waitingSinceMs = null;
    this.#clock = runningFrom(from, this.#host.nowMs(), speed);
    this.#set({ isPlaying: true, speed, frame: from, isScrubbing: false, isWaiting: false, droppedFrames: 0 });
    this.#schedule();
  }

  pause(): void {
    if (!this.#state.isPlaying) return;
    const { frame } = this.#read();
    this.#clock = stoppedAt(frame, this.#host.nowMs());
    this.#cancel();
    this.#set({ isPlaying: false, speed: 0, frame, isWaiting: false });
  }

  toggle(): void {
    if (this.#state.isPlaying) this.pause();
    else this.play();
  }

  /** J (−1) or L (1): plays that way, faster with each press. */
  shuttle(direction: 1 | -1): void {
    this.play(nextShuttleSpeed(this.#state.speed, direction));
  }

  /** Goes to a frame; playback goes on from there. */
  seek(frame: Frames): void {
    const held = Math.round(Math.min(Math.max(frame, 0), Math.max(0, this.#state.lengthFrames - 1)));
    this.#rebase(held);
    if (held !== this.#state.frame) this.#set({ frame: held });
  }

  /** Pauses and moves by whole frames. */
  step(deltaFrames: Frames): void {
    this.pause();
    this.seek(this.#state.frame + deltaFrames);
  }

  /** Marks the playhead as being dragged. */
  setScrubbing(isScrubbing: boolean): void {
    if (isScrubbing) this.pause();
    if (isScrubbing !== this.#state.isScrubbing) this.#set({ isScrubbing });
  }

  setLooping(isLooping: boolean): void {
    this.#rebase(this.position());
    this.#set({ isLooping });
  }

  setRange(range: PlayRange | null): void {
    this.#rebase(this.position());
    this.#set({ range });
  }

  setVolume(volume: number): void {
    this.#set({ volume: Math.min(1, Math.max(0, volume)), isMuted: false });
  }

  setMuted(isMuted: boolean): void {
    this.#set({ isMuted });
  }

  /** Whoever plays the media says whether it keeps up; while it does not, the clock stands (for a while). */
  setWaiting(isWaiting: boolean): void {
    if (!this.#state.isPlaying) return;
    const nowMs = this.#host.nowMs();
    if (!isWaiting) {
      this.#waitingSinceMs = null;
      if (this.#state.isWaiting) {
        this.#clock = runningFrom(this.#clock.baseFrame, nowMs, this.#state.speed);
        this.#set({ isWaiting: false });
      }
      return;
    }
    if (this.#waitingSinceMs === null) {
      this.#waitingSinceMs = nowMs;
      this.#clock = { ...this.#clock, baseFrame: this.#read().position, baseMs: nowMs };
      this.#set({ isWaiting: true });
    } else if (nowMs - this.#waitingSinceMs > longestWaitMs && this.#state.isWaiting) {
      this.#clock = runningFrom(this.#clock.baseFrame, nowMs, this.#state.speed);
      this.#set({ isWaiting: false });
    }
  }

  /** Whoever draws says how many more frames it could not show in time. */
  addDropped(frames: Frames): void {
    if (frames > 0 && this.#state.isPlaying) this.#set({ droppedFrames: this.#state.droppedFrames + frames });
  }

  dispose(): void {
    this.#cancel();
    this.#listeners.clear();
  }

  #range(): PlayRange {
    return this.#state.range ?? { startFrame: 0, endFrame: this.#state.lengthFrames };
  }

  #read() {
    const clock = this.#state.isWaiting ? stoppedAt(this.#clock.baseFrame, 0) : this.#clock;
    return readClock(clock, this.#host.nowMs(), this.#state.rate, this.#range(), this.#state.isLooping);
  }

  #rebase(frame: number): void {
    this.#clock = {
      baseFrame: frame,
      baseMs: this.#host.nowMs(),
      speed: this.#state.isPlaying ? this.#state.speed : 0,
    };
  }

  #set(change: Partial<TransportState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }

  #schedule(): void {
    if (this.#pending !== null) return;
    this.#pending = this.#host.requestFrame(() => {
      this.#pending = null;
      this.#tick();
    });
  }

  #cancel(): void {
    if (this.#pending !== null) this.#host.cancelFrame(this.#pending);
    this.#pending = null;
  }

  #tick(): void {
    if (!this.#state.isPlaying) return;
    const reading = this.#read();
    if (reading.hasEnded) {
      this.#clock = stoppedAt(reading.frame, this.#host.nowMs());
      this.#set({ frame: reading.frame, isPlaying: false, speed: 0, isWaiting: false });
      return;
    }
    // Listeners run on every tick, changed frame or not: they steer media elements by it.
    this.#set({ frame: reading.frame });
    this.#schedule();
  }
}
