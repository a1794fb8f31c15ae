import { type CapturedPiece, type CaptureOptions, captureName } from './capture-messages.ts';

// What an AudioWorklet's global scope has beside that of a page; TypeScript's DOM library leaves it out.
declare const currentFrame: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: CaptureOptions }) => AudioWorkletProcessor,
): void;

/** Samples of a piece: some 21 ms, so that meters are alive and messages few. */
const pieceSamples = 1024;
/** Samples of one turn where nothing comes in. */
const quantum = 128;

/** Hands the page every sample that comes in, with its number; silence where the microphone gives none. */
class Capture extends AudioWorkletProcessor {
  readonly #count: number;
  #channels: Float32Array<ArrayBuffer>[];
  #filled = 0;
  #startSample = 0;

  constructor({ processorOptions }: { processorOptions: CaptureOptions }) {
    super();
    this.#count = processorOptions.channels;
    this.#channels = this.#empty();
  }

  process([input = []]: Float32Array[][]): boolean {
    const length = input[0]?.length ?? quantum;
    if (this.#filled === 0) this.#startSample = currentFrame;
    for (const [n, channel] of this.#channels.entries()) {
      const from = input[n] ?? input[0];
      if (from) channel.set(from, this.#filled);
    }
    this.#filled += length;
    if (this.#filled + length > pieceSamples) this.#send();
    return true;
  }

  #send(): void {
    const channels = this.#channels.map((channel) => channel.slice(0, this.#filled));
    const piece: CapturedPiece = { startSample: this.#startSample, channels };
    this.port.postMessage(
      piece,
      channels.map(({ buffer }) => buffer),
    );
    this.#channels = this.#empty();
    this.#filled = 0;
  }

  #empty(): Float32Array<ArrayBuffer>[] {
    return Array.from({ length: this.#count }, () => new Float32Array(pieceSamples));
  }
}

registerProcessor(captureName, Capture);
