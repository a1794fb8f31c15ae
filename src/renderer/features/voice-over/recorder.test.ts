import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { Transport } from '../../preview/transport.ts';
import { type Microphone, MicrophoneError } from './microphone.ts';
import { Recorder } from './recorder.ts';
import type { FinishedRecording, RecorderHost, RecordingPlan } from './recorder-types.ts';

const rateHz = 48_000;

/** A world whose time is turned by hand: a transport, a microphone whose samples are numbered, an engine that takes all. */
class World {
  nowMs = 10_000;
  timers: { atMs: number; callback: () => void }[] = [];
  frames: (() => void)[] = [];
  sent = 0;
  delayMs = 0;
  sound = (_sample: number) => 0.25;
  done: FinishedRecording[] = [];
  cancelled: unknown[] = [];
  written: number[] = [];
  /** Number that the first sample written has in its amplitude. */
  firstSample = 0;
  failure: unknown = null;
  isEngineThere = true;
  microphone: Microphone | null = null;
  readonly transport = new Transport({
    nowMs: () => this.nowMs,
    requestFrame: (callback) => this.frames.push(callback),
    cancelFrame: () => {
      this.frames = [];
    },
  });
  readonly recorder: Recorder;

  constructor() {
    this.transport.setTimeline(300, rational(30));
    const engine: RecorderHost['engine'] = {
      begin: async () => ({ recordingId: 'r' }),
      write: async ({ pcm }) => {
        if (!this.isEngineThere) throw new AppError('not-connected', 'away');
        const bytes = atob(pcm);
        if (this.written.length === 0)
          this.firstSample = [0, 1, 2].reduce((sum, n) => sum + bytes.charCodeAt(n) * 256 ** n, 0);
        this.written.push(bytes.length / 3);
      },
      finish: async ({ samples }) => {
        expect(this.written.reduce((sum, one) => sum + one, 0)).toBe(samples);
        return { assetId: 'asset' as AssetId };
      },
      discard: async () => undefined,
      whenBack: () => new Promise((resolve) => this.timers.push({ atMs: this.nowMs + 500, callback: resolve })),
    };
    this.recorder = new Recorder(this.transport, {
      open: async (deviceId) => {
        if (deviceId === 'forbidden') throw new MicrophoneError('denied');
        this.microphone = {
          ...{ deviceId, channels: 1, sampleRateHz: rateHz, onPiece: null, onGone: null },
          latency: () => ({ inMs: 10, outMs: 30 }),
          close: () => undefined,
        };
        return this.microphone;
      },
      engine,
      nowMs: () => this.nowMs,
      after: (ms, callback) => {
        const timer = { atMs: this.nowMs + ms, callback };
        this.timers.push(timer);
        return () => {
          this.timers = this.timers.filter((one) => one !== timer);
        };
      },
      onDone: (recording) => this.done.push(recording),
      onCancelled: (dropped) => this.cancelled.push(dropped),
      onFailed: (error) => {
        this.failure = error;
      },
    });
  }

  /** Lets time pass in steps of 10 ms: timers, pictures, sound. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 10) {
      this.nowMs += 10;
      for (const timer of this.timers.filter(({ atMs }) => atMs <= this.nowMs)) {
        this.timers = this.timers.filter((one) => one !== timer);
        timer.callback();
      }
      for (const callback of this.frames.splice(0)) callback();
      const channel = Float32Array.from({ length: 480 }, (_, n) => this.sound(this.sent + n));
      this.microphone?.onPiece?.({ startSample: this.sent, channels: [channel] });
      this.sent += 480;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const plan = (rest: Partial<RecordingPlan> = {}): RecordingPlan => ({
  ...{ rate: rational(30), startFrame: 30, endFrame: null, isPlaying: true, isAdMuted: true },
  ...{ countInSeconds: 0, shiftMs: 0 },
  ...rest,
});

describe('recording', () => {
  let world: World;
  beforeEach(async () => {
    world = new World();
    await world.recorder.open('');
    await world.pass(1500);
  });

  it('counts in, plays along muted, and ends by itself before a frame', async () => {
    world.recorder.start(plan({ countInSeconds: 3, endFrame: 60 }));
    expect(world.recorder.getState()).toEqual({ kind: 'counting', secondsLeft: 3 });
    await world.pass(2000);
    expect(world.recorder.getState()).toEqual({ kind: 'counting', secondsLeft: 1 });
    expect(world.transport.getState()).toMatchObject({ frame: 30, isPlaying: false });
    await world.pass(1400);
    expect(world.transport.getState()).toMatchObject({ isPlaying: true, isMuted: true });
    await world.pass(1000);
    expect(world.done).toMatchObject([
      { samples: 48_000, skippedSamples: 0, heard: { peak: 0.25 }, isCutShort: false },
    ]);
    expect(world.transport.getState()).toMatchObject({ frame: 59, isPlaying: false, isMuted: false });
    expect(world.recorder.getState()).toEqual({ kind: 'ready' });
  });

  it('begins with the sample that was said at the first frame, waits of the ad and delays of devices included', async () => {
    world.sound = (sample) => sample / 0x80_0000;
    for (const { isAdMuted, shiftMs, delayMs } of [
      { isAdMuted: true, shiftMs: 0, delayMs: 10 },
      { isAdMuted: false, shiftMs: 0, delayMs: 40 },
      { isAdMuted: true, shiftMs: -60, delayMs: 70 },
      { isAdMuted: true, shiftMs: 300, delayMs: -290 },
    ]) {
      world.done = [];
      world.written = [];
      world.recorder.start(plan({ isAdMuted, shiftMs, endFrame: 90 }));
      world.transport.setWaiting(true);
      await world.pass(400);
      const movedAt = world.sent;
      world.transport.setWaiting(false);
      await world.pass(3000);
      expect(world.done[0]?.samples).toBe(96_000);
      expect(world.firstSample - movedAt).toBe(delayMs * 48);
    }
  });

  it('is stopped by hand, and by pausing the ad', async () => {
    for (const stop of [() => world.recorder.stop(), () => world.transport.pause()]) {
      world.done = [];
      world.written = [];
      world.recorder.start(plan());
      await world.pass(1000);
      stop();
      await world.pass(200);
      expect(world.done).toHaveLength(1);
      expect(Math.abs((world.done[0]?.samples ?? 0) - 48_000)).toBeLessThan(1500);
    }
  });

  it('goes on after the end of the ad, until it is stopped', async () => {
    world.recorder.start(plan({ startFrame: 285 }));
    await world.pass(2000);
    expect(world.transport.getState()).toMatchObject({ frame: 299, isPlaying: false });
    expect(world.recorder.getState().kind).toBe('recording');
    world.recorder.stop();
    await world.pass(100);
    expect(world.done[0]?.samples).toBeGreaterThan(94_000);
  });

  it('keeps what was heard until the microphone went away', async () => {
    world.recorder.start(plan());
    await world.pass(1000);
    world.microphone?.onGone?.();
    await world.pass(100);
    expect(world.done).toMatchObject([{ isCutShort: true }]);
    expect(world.done[0]?.samples).toBeGreaterThan(45_000);
    expect(world.recorder.getState()).toEqual({ kind: 'problem', problem: 'gone' });
  });

  it('waits for an engine that is away, and says what it keeps meanwhile', async () => {
    world.isEngineThere = false;
    world.recorder.start(plan());
    await world.pass(3000);
    const state = world.recorder.getState();
    expect(state.kind === 'recording' && state.waitingSeconds > 0).toBe(true);
    world.recorder.stop();
    await world.pass(500);
    expect(world.recorder.getState().kind).toBe('saving');
    expect(world.done).toEqual([]);
    world.isEngineThere = true;
    await world.pass(1500);
    expect(world.done).toHaveLength(1);
  });

  it('is given up, at once or with what was said to be kept after all', async () => {
    world.recorder.start(plan({ countInSeconds: 3 }));
    await world.pass(500);
    world.recorder.stop();
    expect([world.cancelled, world.recorder.getState().kind]).toEqual([[null], 'ready']);
    world.recorder.start(plan());
    await world.pass(1000);
    world.recorder.cancel();
    await world.pass(500);
    expect(world.cancelled[1]).toMatchObject({ seconds: expect.closeTo(0.98, 1) });
    expect(world.transport.getState()).toMatchObject({ frame: 30, isPlaying: false, isMuted: false });
    expect(world.done).toEqual([]);
  });

  it('says why a microphone cannot be had', async () => {
    await world.recorder.open('forbidden');
    expect(world.recorder.getState()).toEqual({ kind: 'problem', problem: 'denied' });
    world.recorder.start(plan());
    expect(world.recorder.isBusy).toBe(false);
  });
});
