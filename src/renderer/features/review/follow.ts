import type { Transport } from '../../preview/transport.ts';
import { steer } from './steer.ts';

/** A film that follows a transport. */
interface Follower {
  video: HTMLVideoElement;
  isSilent: boolean;
  isSteered: boolean;
  /** Where it stood when it was told to play; null once it has moved from there. */
  startingAt: number | null;
  startedMs: number;
  /** Seconds it was last sent to while the clock stands. */
  sentTo: number | null;
}

/** Keeps films in step with one transport. */
export interface Followers {
  /** Lets a film follow until the returned function is called. `isSilent`: another one is heard. */
  add(video: HTMLVideoElement, isSilent: boolean): () => void;
  dispose(): void;
}

/** Longest time the clock waits for a film that was told to play and has not moved yet. */
const longestStartMs = 700;
/** Faster than this nobody understands a word. */
const fastestHeard = 4;

/** Creates {@link Followers}: one repaint loop for all films of a transport, at rest while nothing moves. */
export function createFollowers(transport: Transport): Followers {
  const followers = new Set<Follower>();
  let pending: number | null = null;
  const update = () => {
    pending = null;
    const state = transport.getState();
    let isWaiting = false;
    for (const follower of followers) isWaiting = follow(transport, follower, followers.size === 1) || isWaiting;
    transport.setWaiting(isWaiting);
    if (state.isPlaying) request();
  };
  const request = () => {
    pending ??= requestAnimationFrame(update);
  };
  const unsubscribe = transport.subscribe(request);
  return {
    add(video, isSilent) {
      const follower = { video, isSilent, isSteered: false, startingAt: null, startedMs: 0, sentTo: null };
      followers.add(follower);
      const events = ['loadedmetadata', 'seeked', 'canplay'] as const;
      for (const event of events) video.addEventListener(event, request);
      request();
      return () => {
        followers.delete(follower);
        for (const event of events) video.removeEventListener(event, request);
        video.pause();
      };
    },
    dispose() {
      unsubscribe();
      if (pending !== null) cancelAnimationFrame(pending);
      followers.clear();
    },
  };
}

/** Brings one film to the present moment. True while the clock has to wait for it. */
function follow(transport: Transport, follower: Follower, isAlone: boolean): boolean {
  const { video, isSilent } = follower;
  const { isPlaying, speed, isMuted, volume, rate } = transport.getState();
  video.muted = isSilent || isMuted || speed > fastestHeard;
  video.volume = volume;
  if (!isPlaying || speed < 0) {
    if (!video.paused) video.pause();
    stand(follower, (transport.getState().frame * rate.den) / rate.num, (rate.den / rate.num) * 0.5);
    return false;
  }
  follower.sentTo = null;
  return run(transport, follower, isAlone);
}

/** Shows the frame at a moment; while a seek is under way the next one waits for it. */
function stand(follower: Follower, seconds: number, halfFrameSeconds: number): void {
  const { video } = follower;
  follower.isSteered = false;
  follower.startingAt = null;
  if (video.readyState < HTMLMediaElement.HAVE_METADATA || video.seeking) return;
  // Into the middle of the frame: its own time may have been rounded when it was written.
  const target = Math.min(seconds + halfFrameSeconds, lastMoment(video));
  if (follower.sentTo === target) return;
  follower.sentTo = target;
  video.currentTime = target;
}

function lastMoment(video: HTMLVideoElement): number {
  return Math.max(0, (Number.isFinite(video.duration) ? video.duration : 0) - 0.002);
}

function run(transport: Transport, follower: Follower, isAlone: boolean): boolean {
  const { video, isSteered } = follower;
  const { rate, speed, isWaiting } = transport.getState();
  const framesPerSecond = rate.num / rate.den;
  const wanted = transport.position() / framesPerSecond;
  if (video.error) return false;
  if (video.readyState < HTMLMediaElement.HAVE_METADATA) return true;
  // A shorter film rests on its last frame while the longer one beside it goes on.
  if (wanted >= lastMoment(video)) return false;
  if (video.seeking) return true;
  const drift = video.currentTime - wanted;
  const steering = steer(drift / speed, { framesPerSecond, isSteered, isAlone });
  follower.isSteered = steering.kind === 'rate';
  if (steering.kind === 'seek') {
    video.currentTime = wanted;
    return true;
  }
  const playbackRate = speed * (steering.kind === 'rate' && !isWaiting ? steering.factor : 1);
  if (Math.abs(video.playbackRate - playbackRate) > 1e-3) video.playbackRate = playbackRate;
  if (video.paused) start(transport, follower);
  if (isWaiting && drift > 0.1) video.pause();
  return isStarting(follower) || video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
}

function start(transport: Transport, follower: Follower): void {
  follower.startingAt = follower.video.currentTime;
  follower.startedMs = performance.now();
  follower.video.play().catch((error: unknown) => {
    // Browsers play nothing aloud on a page that nobody has touched yet.
    if (error instanceof DOMException && error.name === 'NotAllowedError') transport.pause();
  });
}

function isStarting(follower: Follower): boolean {
  if (follower.startingAt === null) return false;
  const hasMoved = follower.video.currentTime !== follower.startingAt;
  if (hasMoved || performance.now() - follower.startedMs > longestStartMs) follower.startingAt = null;
  return follower.startingAt !== null;
}
