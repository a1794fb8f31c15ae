import type { AppError } from '#shared/errors/index.ts';
import type { Frames, Ms, Rate } from '#shared/units/index.ts';
import type { Heard } from './listen.ts';
import type { Microphone, MicrophoneProblem } from './microphone.ts';
import type { KeptTake, RecordingEngine } from './take-writer.ts';

/** What is to be recorded. */
export interface RecordingPlan {
  rate: Rate;
  /** Where it begins on the timeline shown. */
  startFrame: Frames;
  /** It stops by itself before this frame; null = when it is told to. */
  endFrame: Frames | null;
  /** The ad plays along: there is something to play from the start on. */
  isPlaying: boolean;
  /** The ad is not heard meanwhile. */
  isAdMuted: boolean;
  countInSeconds: number;
  /** Recordings are put later by this, beside what is known of the devices' delays. */
  shiftMs: Ms;
}

/** A recording that has become media. */
export interface FinishedRecording extends KeptTake {
  plan: RecordingPlan;
  heard: Heard;
  /** It ended because the microphone went away. */
  isCutShort: boolean;
}

/** What the recorder is doing. */
export type RecorderState =
  | { kind: 'closed' | 'opening' | 'ready' }
  | { kind: 'problem'; problem: MicrophoneProblem }
  | { kind: 'counting'; secondsLeft: number }
  /** `waitingSeconds`: what only this page has so far. */
  | { kind: 'recording' | 'saving'; waitingSeconds: number; error: AppError | null };

/** What the recorder works with; injected so that tests need no devices. */
export interface RecorderHost {
  open(deviceId: string): Promise<Microphone>;
  engine: RecordingEngine;
  nowMs(): Ms;
  /** Calls back after some time; returns how not to. */
  after(ms: Ms, callback: () => void): () => void;
  onDone(recording: FinishedRecording): void;
  /** Given up, or shorter than a frame: what there is of it (null = nothing) goes when `drop` is called, or is kept. */
  onCancelled(dropped: { seconds: number; keep: () => Promise<KeptTake>; drop: () => void } | null): void;
  onFailed(error: unknown): void;
}
