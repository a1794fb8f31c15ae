import { describe, expect, it } from 'vitest';
import { nextShuttleSpeed, readClock, runningFrom } from './clock.ts';
import { Transport } from './transport.ts';

const rate = { num: 30, den: 1 };

/** A clock and frames turned by hand. */
function handTurned() {
  let nowMs = 0;
  let pending: (() => void) | null = null;
  const host = {
    nowMs: () => nowMs,
    requestFrame: (callback: () => void) => {
      pending = callback;
      return 1;
    },
    cancelFrame: () => {
      pending = null;
    },
  };
  return {
    host,
    isPending: () => pending !== null,
    pass: (ms: number) => {
      nowMs += ms;
      const callback = pending;
      pending = null;
      callback?.();
    },
  };
}

function playerOf(lengthFrames = 90) {
  const hand = handTurned();
  const transport = new Transport(hand.host);
  transport.setTimeline(lengthFrames, rate);
  return { transport, ...hand };
}

describe('transport', () => {
  it('plays by the wall clock and stops on the last frame', () => {
    const { transport, pass, isPending } = playerOf();
    transport.play();
    pass(1000);
    expect(transport.getState()).toMatchObject({ frame: 30, isPlaying: true });
    pass(5000);
    expect(transport.getState()).toMatchObject({ frame: 89, isPlaying: false, speed: 0 });
    expect(isPending()).toBe(false);
  });

  it('starts over when play is pressed at the end', () => {
    const { transport } = playerOf();
    transport.seek(89);
    transport.play();
    expect(transport.getState().frame).toBe(0);
  });

  it('loops without losing time', () => {
    const { transport, pass } = playerOf();
    transport.setLooping(true);
    transport.play();
    pass(3500);
    expect(transport.getState()).toMatchObject({ frame: 15, isPlaying: true });
  });

  it('plays backwards to the start', () => {
    const { transport, pass } = playerOf();
    transport.seek(60);
    transport.shuttle(-1);
    pass(1000);
    expect(transport.getState().frame).toBe(30);
    pass(3000);
    expect(transport.getState()).toMatchObject({ frame: 0, isPlaying: false });
  });

  it('stands while media is awaited and goes on from the same frame', () => {
    const { transport, pass } = playerOf();
    transport.play();
    pass(500);
    transport.setWaiting(true);
    pass(2000);
    expect(transport.getState()).toMatchObject({ frame: 15, isWaiting: true });
    transport.setWaiting(false);
    pass(500);
    expect(transport.getState()).toMatchObject({ frame: 30, isWaiting: false });
  });

  it('does not wait for ever', () => {
    const { transport, pass } = playerOf(900);
    transport.play();
    transport.setWaiting(true);
    for (let step = 0; step < 10; step += 1) {
      pass(1000);
      transport.setWaiting(true);
    }
    expect(transport.getState().frame).toBeGreaterThan(60);
  });

  it('steps and seeks within the ends, pausing for a step', () => {
    const { transport, pass } = playerOf();
    transport.play();
    pass(1000);
    transport.step(-100);
    expect(transport.getState()).toMatchObject({ frame: 0, isPlaying: false });
    transport.seek(1e9);
    expect(transport.getState().frame).toBe(89);
  });

  it('keeps the frame when the timeline changes, or its last one when it got shorter', () => {
    const { transport } = playerOf();
    transport.seek(80);
    transport.setTimeline(120, rate);
    expect(transport.getState().frame).toBe(80);
    transport.setTimeline(40, rate);
    expect(transport.getState().frame).toBe(39);
  });

  it('does nothing on an empty timeline', () => {
    const { transport, isPending } = playerOf(0);
    transport.play();
    expect(transport.getState().isPlaying).toBe(false);
    expect(isPending()).toBe(false);
  });
});

describe('clock', () => {
  it('shuttles 1, 2, 4, 8 and turns round at 1', () => {
    const speeds = [0, 1, 2, 4, 8].map((speed) => nextShuttleSpeed(speed, 1));
    expect(speeds).toEqual([1, 2, 4, 8, 8]);
    expect(nextShuttleSpeed(4, -1)).toBe(-1);
    expect(nextShuttleSpeed(-2, -1)).toBe(-4);
  });

  it('wraps backwards inside a range', () => {
    const clock = runningFrom(12, 0, -1);
    expect(readClock(clock, 100, rate, { startFrame: 10, endFrame: 20 }, true).frame).toBe(19);
  });
});
