import type { AssetId } from '#shared/model/index.ts';
import { assignRuns, correctDrift, type MediaRun, runSeconds, type WantedRun } from './schedule.ts';
import type { AudioOutput, Voice } from './sound/audio-output.ts';
import { type SideGains, silence } from './sound/side-gains.ts';
import type { PreviewSources } from './source.ts';
import { tellUnreadable } from './unreadable.ts';

/** Most media elements a player holds at one time. */
export const mediaElementLimit = 8;

interface PooledElement {
  id: number;
  element: HTMLVideoElement;
  voice: Voice;
  key: string | null;
  assetId: AssetId | null;
  run: MediaRun | null;
  /** Seconds to go to once the seek under way has landed. */
  nextSeek: number | null;
  /** Seconds it was last sent to; a file whose first frame comes late lands elsewhere and must not be sent again. */
  sentTo: number | null;
  /** Its picture belongs to its run: false from being handed over until its first seek has landed. */
  isFresh: boolean;
  /** When what it plays could last not be read; null = it can. */
  failedAtMs: number | null;
}

/** What the elements are to do at a moment. */
export interface PoolMoment {
  readonly wanted: readonly WantedRun[];
  /** Fractional frame of the ad. */
  readonly position: number;
  readonly framesPerSecond: number;
  /** 0 = paused. */
  readonly speed: number;
  /** The clock stands because some element has no data: the others wait with it. */
  readonly isWaiting: boolean;
  readonly sources: PreviewSources;
  /** Sides of a run now and in the steps after, as {@link Voice.setGains} takes them. */
  gainsOf(run: MediaRun): readonly SideGains[];
}

/** Playback rates browsers play with sound; outside of them pictures are sought instead. */
const slowestRate = 0.0625;
const fastestRate = 16;
/** What could not be read (its file was away for a moment) is tried again after this long, ms. */
const retryMs = 3000;
/** A frame's time may have been rounded down when it was written; this much later lands inside it. */
const insideFrameSeconds = 0.0005;

function isStarving(element: HTMLVideoElement): boolean {
  if (element.error) return false;
  return element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || (element.seeking && element.readyState < 3);
}

/**
 * A bounded set of `<video>` elements (they play sound files as well) that serve the runs of a timeline:
 * loaded and sought ahead of their cut, kept in step with the clock, handed on when their run is over.
 */
export class MediaPool {
  #elements: PooledElement[] = [];
  #nextId = 1;
  #onPicture: () => void;
  readonly #audio: AudioOutput;
  #isDisposed = false;

  constructor(audio: AudioOutput, onPicture: () => void) {
    this.#audio = audio;
    this.#onPicture = onPicture;
  }

  /** The element that serves a run; `landing` while it had a picture and is on its way to another; null before its first. */
  pictureOf(key: string): HTMLVideoElement | 'landing' | null {
    const pooled = this.#elements.find((candidate) => candidate.key === key);
    if (!pooled?.isFresh) return null;
    return pooled.element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? pooled.element : 'landing';
  }

  /** How many elements exist. */
  get size(): number {
    return this.#elements.length;
  }

  /** Brings all elements to a moment. True while something on screen has not enough data to go on. */
  update(moment: PoolMoment): boolean {
    if (this.#isDisposed) return false;
    const assigned = assignRuns(this.#elements, moment.wanted, mediaElementLimit);
    const busy = new Set<PooledElement>();
    let isWaiting = false;
    for (const { run, startsInFrames } of moment.wanted) {
      const id = [...assigned].find(([, candidate]) => candidate === run)?.[0];
      if (id === undefined) continue;
      const pooled = this.#elements.find((candidate) => candidate.id === id) ?? this.#make();
      busy.add(pooled);
      this.#load(pooled, run, moment.sources);
      if (startsInFrames > 0) this.#prepare(pooled, run, moment);
      else isWaiting = this.#follow(pooled, run, moment) || isWaiting;
    }
    for (const pooled of this.#elements) if (!busy.has(pooled)) this.#rest(pooled);
    return isWaiting;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const pooled of this.#elements) {
      pooled.element.pause();
      pooled.voice.dispose();
      pooled.element.removeAttribute('src');
      pooled.element.load();
    }
    this.#elements = [];
  }

  #make(): PooledElement {
    const element = document.createElement('video');
    element.preload = 'auto';
    element.playsInline = true;
    element.disableRemotePlayback = true;
    const pooled: PooledElement = {
      id: this.#nextId,
      element,
      voice: this.#audio.connect(element),
      key: null,
      assetId: null,
      run: null,
      nextSeek: null,
      sentTo: null,
      isFresh: false,
      failedAtMs: null,
    };
    this.#nextId += 1;
    for (const event of ['loadeddata', 'seeked', 'canplay']) {
      element.addEventListener(event, () => {
        if (pooled.nextSeek !== null && !element.seeking) {
          const seconds = pooled.nextSeek;
          pooled.nextSeek = null;
          element.currentTime = seconds;
          pooled.sentTo = seconds;
        } else if (!element.seeking) {
          pooled.isFresh = true;
        }
        this.#onPicture();
      });
    }
    element.addEventListener('error', () => {
      // Being let go is no failure.
      if (this.#isDisposed) return;
      pooled.failedAtMs = performance.now();
      pooled.isFresh = false;
      this.#onPicture();
      tellUnreadable();
    });
    this.#elements.push(pooled);
    return pooled;
  }

  #load(pooled: PooledElement, run: MediaRun, sources: PreviewSources): void {
    const source = sources.get(run.assetId);
    if (!source) return;
    const { element } = pooled;
    const url = new URL(source.url, document.baseURI).href;
    const isTriedAgain = pooled.failedAtMs !== null && performance.now() - pooled.failedAtMs > retryMs;
    if (element.src !== url || isTriedAgain) {
      // Another origin (the desktop's media scheme) must be asked for, or its sound may not be mixed.
      element.crossOrigin = new URL(url).origin === location.origin ? null : 'anonymous';
      element.src = url;
      pooled.nextSeek = null;
      pooled.sentTo = null;
      pooled.isFresh = false;
      pooled.failedAtMs = null;
    }
    if (pooled.key !== run.key) pooled.isFresh = false;
    pooled.assetId = run.assetId;
    pooled.run = run;
    pooled.key = run.key;
    pooled.voice.setBus(run.bus);
  }

  #prepare(pooled: PooledElement, run: MediaRun, moment: PoolMoment): void {
    pooled.voice.setGains([silence]);
    if (!pooled.element.paused) pooled.element.pause();
    const edge = moment.speed < 0 ? run.endFrame - 1 : run.startFrame;
    this.#seek(pooled, runSeconds(run, edge, moment.framesPerSecond), 0.001);
  }

  #follow(pooled: PooledElement, run: MediaRun, moment: PoolMoment): boolean {
    const { element, voice } = pooled;
    const wantedSeconds = runSeconds(run, moment.position, moment.framesPerSecond);
    const playbackRate = run.speed * moment.speed;
    // Before its beginning a source shows its first frame, until it is due.
    const hasBegun = wantedSeconds >= 0;
    const canPlay = hasBegun && moment.speed > 0 && playbackRate >= slowestRate && playbackRate <= fastestRate;
    if (!canPlay) {
      voice.setGains([silence]);
      if (!element.paused) element.pause();
      const frameSeconds = runSeconds(run, Math.floor(moment.position), moment.framesPerSecond);
      this.#seek(pooled, frameSeconds, 0.0001);
      return false;
    }
    if (moment.isWaiting) {
      voice.setGains([silence]);
      if (!element.paused) element.pause();
      const isBehind = Math.abs(element.currentTime - wantedSeconds) > 0.1;
      if (isBehind) this.#seek(pooled, wantedSeconds, 0.1);
      return isStarving(element);
    }
    voice.setGains(moment.speed === 1 ? moment.gainsOf(run) : [silence]);
    if (element.error || element.ended) return false;
    const correction = correctDrift((element.currentTime - wantedSeconds) / playbackRate);
    if (correction.kind !== 'seek' && !element.seeking) pooled.isFresh = true;
    else if (!element.seeking) element.currentTime = Math.max(0, wantedSeconds);
    const rate = playbackRate * (correction.kind === 'rate' ? correction.factor : 1);
    if (Math.abs(element.playbackRate - rate) > 1e-3) element.playbackRate = rate;
    pooled.sentTo = null;
    if (element.paused) void element.play().catch(() => undefined);
    return isStarving(element);
  }

  /** Goes to a moment of the source; while a seek is under way only the latest wish is kept. */
  #seek(pooled: PooledElement, seconds: number, toleranceSeconds: number): void {
    const { element } = pooled;
    const target = Math.max(0, seconds) + insideFrameSeconds;
    const heading = pooled.nextSeek ?? pooled.sentTo ?? element.currentTime;
    if (Math.abs(heading - target) <= toleranceSeconds) {
      if (!element.seeking && pooled.nextSeek === null && element.readyState >= 2) pooled.isFresh = true;
      return;
    }
    if (element.seeking || element.readyState < HTMLMediaElement.HAVE_METADATA) pooled.nextSeek = target;
    else {
      element.currentTime = target;
      pooled.sentTo = target;
    }
  }

  #rest(pooled: PooledElement): void {
    pooled.voice.setGains([silence]);
    pooled.key = null;
    pooled.run = null;
    if (!pooled.element.paused) pooled.element.pause();
  }
}
