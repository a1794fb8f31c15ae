import type { Ms } from '#shared/units/index.ts';

/** Pieces looked back at: some two seconds, in which no two clocks drift apart by anything to speak of. */
const remembered = 100;

/**
 * Which sample came in at which moment of the page's clock. A piece is told of some time after its last sample, never
 * before it: the least delay seen lately is the best guess.
 */
export class SampleClock {
  readonly #rateHz: number;
  readonly #offsets: number[] = [];

  constructor(rateHz: number) {
    this.#rateHz = rateHz;
  }

  /** The sample before `endSample` had come in by this moment. */
  push(endSample: number, atMs: Ms): void {
    this.#offsets.push(atMs - (endSample / this.#rateHz) * 1000);
    if (this.#offsets.length > remembered) this.#offsets.shift();
  }

  /** Number of the sample that comes in at a moment; null before anything came. */
  sampleAt(atMs: Ms): number | null {
    if (this.#offsets.length === 0) return null;
    return Math.round(((atMs - Math.min(...this.#offsets)) / 1000) * this.#rateHz);
  }
}
