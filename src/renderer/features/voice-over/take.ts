import type { Ms } from '#shared/units/index.ts';
import type { CapturedPiece } from './capture-messages.ts';
import type { SampleClock } from './sample-clock.ts';

/** Sound kept from before a beginning is known, for shifts to earlier. */
const keptBeforeSeconds = 1;

/** How a take is cut out of what the microphone gives without end. */
export interface TakeOptions {
  clock: SampleClock;
  sampleRateHz: number;
  /** Milliseconds by which sound arrives after the moment it belongs to. */
  latencyMs: Ms;
  /** Gets what belongs to the take, in order and without gaps. */
  onSound: (channels: Float32Array[]) => void;
  /** The last sample has been handed on. */
  onComplete: () => void;
}

/** The part of `channels` from sample `from` to before `to` (both relative); the same arrays where that is all. */
export function cutChannels(channels: readonly Float32Array[], from: number, to: number): Float32Array[] {
  const length = channels[0]?.length ?? 0;
  if (from <= 0 && to >= length) return [...channels];
  return channels.map((channel) => channel.subarray(Math.max(0, from), Math.max(0, from, Math.min(to, length))));
}

/**
 * One recording: from exactly the sample that belongs to its beginning to exactly its end. Until the beginning is known
 * what comes in is held back.
 */
export class Take {
  readonly #options: TakeOptions;
  #held: CapturedPiece[] = [];
  #isHolding = false;
  #start: number | null = null;
  #end = Number.POSITIVE_INFINITY;
  #next = 0;
  #isComplete = false;

  constructor(options: TakeOptions) {
    this.#options = options;
  }

  /** Samples handed on so far. */
  get samples(): number {
    return this.#start === null ? 0 : this.#next - this.#start;
  }

  /** From now on nothing is let go: the beginning lies ahead, or just behind. */
  hold(): void {
    this.#isHolding = true;
  }

  /** Says at which moment of the page's clock it begins; once. */
  beginAt(atMs: Ms): void {
    const { clock, latencyMs } = this.#options;
    const sample = clock.sampleAt(atMs + latencyMs);
    if (this.#start !== null || sample === null) return;
    this.#start = sample;
    this.#next = this.#start;
    if (Number.isFinite(this.#end)) this.#end += this.#start;
    for (const piece of this.#held.splice(0)) this.#take(piece);
  }

  /** Says after how many samples it ends. */
  endAfter(samples: number): void {
    this.#end = (this.#start ?? 0) + samples;
    this.#checkEnd();
  }

  /** Says at which moment of the page's clock it ends: what was said by then is still waited for. */
  endAt(atMs: Ms): void {
    const { clock, latencyMs } = this.#options;
    const sample = clock.sampleAt(atMs + Math.max(0, latencyMs));
    this.#end = Math.min(this.#end, Math.max(sample ?? 0, this.#start ?? 0));
    if (this.#start === null) this.#complete();
    else this.#checkEnd();
  }

  /** Ends with what has come in: nothing more will. */
  endNow(): void {
    this.#end = Math.min(this.#end, this.#next);
    this.#complete();
  }

  push(piece: CapturedPiece): void {
    if (this.#isComplete) return;
    if (this.#start !== null) {
      this.#take(piece);
      return;
    }
    this.#held.push(piece);
    if (this.#isHolding) return;
    const oldest = piece.startSample - keptBeforeSeconds * this.#options.sampleRateHz;
    while ((this.#held[0]?.startSample ?? oldest) < oldest) this.#held.shift();
  }

  #take({ startSample, channels }: CapturedPiece): void {
    const length = channels[0]?.length ?? 0;
    if (this.samples === 0 && startSample > this.#next) this.#beginLater(startSample);
    const [from, to] = [this.#next - startSample, this.#end - startSample];
    if (length > from && to > from && !this.#isComplete) {
      const wanted = cutChannels(channels, from, to);
      this.#next = Math.min(startSample + length, this.#end);
      if ((wanted[0]?.length ?? 0) > 0) this.#options.onSound(wanted);
    }
    this.#checkEnd();
  }

  /** What came in before cannot be had any more: it begins with this sample, and is as long as it was to be. */
  #beginLater(startSample: number): void {
    this.#end += startSample - this.#next;
    this.#next = startSample;
    this.#start = startSample;
  }

  #checkEnd(): void {
    if (this.#start !== null && this.#next >= this.#end) this.#complete();
  }

  #complete(): void {
    if (this.#isComplete) return;
    this.#isComplete = true;
    this.#held = [];
    this.#options.onComplete();
  }
}
