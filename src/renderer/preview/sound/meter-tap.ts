/** Highest samples of both sides, linear. */
export interface Peaks {
  left: number;
  right: number;
}

/** Longest stretch that a tap can tell of after the fact, samples: what comes later than that is lost to it. */
const keptSamples = 16_384;

/** Listens to what passes a node of the mixer: every sample once, however seldom it is asked. */
export class MeterTap {
  readonly #context: BaseAudioContext;
  readonly #node: AudioNode;
  readonly #splitter: ChannelSplitterNode;
  readonly #sides: readonly AnalyserNode[];
  readonly #buffer = new Float32Array(keptSamples);
  #readUntil: number;

  constructor(context: BaseAudioContext, node: AudioNode) {
    this.#context = context;
    this.#node = node;
    this.#splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    this.#sides = [0, 1].map((side) => {
      const analyser = new AnalyserNode(context, {
        fftSize: keptSamples,
        channelCount: 1,
        channelCountMode: 'explicit',
      });
      this.#splitter.connect(analyser, side);
      return analyser;
    });
    node.connect(this.#splitter);
    this.#readUntil = this.#now();
  }

  /** What passed since the last call, interleaved stereo. */
  read(): Float32Array {
    const now = this.#now();
    const count = Math.min(keptSamples, Math.max(0, now - this.#readUntil));
    this.#readUntil = now;
    const out = new Float32Array(count * 2);
    if (count === 0) return out;
    for (const [side, analyser] of this.#sides.entries()) {
      analyser.getFloatTimeDomainData(this.#buffer);
      for (let n = 0; n < count; n += 1) out[n * 2 + side] = this.#buffer[keptSamples - count + n] ?? 0;
    }
    return out;
  }

  dispose(): void {
    this.#node.disconnect(this.#splitter);
    this.#splitter.disconnect();
  }

  #now(): number {
    return Math.round(this.#context.currentTime * this.#context.sampleRate);
  }
}

/** Highest samples of interleaved stereo. */
export function peaksOf(interleaved: Float32Array): Peaks {
  let left = 0;
  let right = 0;
  for (let n = 0; n + 1 < interleaved.length; n += 2) {
    left = Math.max(left, Math.abs(interleaved[n] ?? 0));
    right = Math.max(right, Math.abs(interleaved[n + 1] ?? 0));
  }
  return { left, right };
}
