/** One media element's way to the loudspeaker. */
export interface Voice {
  /** Amplitude factor; 0 = silent. Glides over some milliseconds so that it does not click. */
  setGain(gain: number): void;
  dispose(): void;
}

/** Time constant of gain changes, seconds. */
const glideSeconds = 0.008;

/**
 * The player's mixer: every element through its own gain into one master gain.
 * The audio context is made on first use by a gesture and closed with the player.
 */
export class AudioOutput {
  #context: AudioContext | null = null;
  #master: GainNode | null = null;
  #masterGain = 1;
  #waiting: (() => void)[] = [];

  /** Routes an element through the mixer. Until sound is allowed to start the element is muted. */
  connect(element: HTMLMediaElement): Voice {
    let gain: GainNode | null = null;
    let source: MediaElementAudioSourceNode | null = null;
    let wanted = 0;
    element.muted = true;
    const attach = () => {
      const context = this.#context;
      const master = this.#master;
      if (!context || !master || gain) return;
      source = context.createMediaElementSource(element);
      gain = context.createGain();
      gain.gain.value = wanted;
      source.connect(gain).connect(master);
      element.muted = false;
    };
    if (this.#context) attach();
    else this.#waiting.push(attach);
    return {
      setGain: (value) => {
        if (value === wanted) return;
        wanted = value;
        if (gain && this.#context) gain.gain.setTargetAtTime(value, this.#context.currentTime, glideSeconds);
      },
      dispose: () => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== attach);
        source?.disconnect();
        gain?.disconnect();
      },
    };
  }

  /** Starts sound; call it from a gesture, otherwise the browser keeps the context suspended. */
  start(): void {
    // A suspended context would hold the pictures of its elements as well: without a gesture they play silently.
    if (!navigator.userActivation?.hasBeenActive) return;
    if (!this.#context) {
      this.#context = new AudioContext({ latencyHint: 'interactive' });
      this.#master = this.#context.createGain();
      this.#master.gain.value = this.#masterGain;
      this.#master.connect(this.#context.destination);
      for (const attach of this.#waiting.splice(0)) attach();
    }
    if (this.#context.state === 'suspended') void this.#context.resume().catch(() => undefined);
  }

  /** Amplitude factor of everything. */
  setMasterGain(gain: number): void {
    if (gain === this.#masterGain) return;
    this.#masterGain = gain;
    if (this.#master && this.#context) this.#master.gain.setTargetAtTime(gain, this.#context.currentTime, glideSeconds);
  }

  dispose(): void {
    this.#waiting = [];
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
    this.#master = null;
  }
}
