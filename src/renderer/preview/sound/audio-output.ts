import { createShortTermMeter, type ShortTermMeter } from '#shared/sound/loudness.ts';
import { audioSampleRateHz } from '#shared/units/index.ts';
import { MeterTap, type Peaks, peaksOf } from './meter-tap.ts';
import { createSideGains, followGains, type SideGainNodes, type SideGains, silence } from './side-gains.ts';

/** One media element's way to the loudspeaker. */
export interface Voice {
  /** Sides at this moment and every {@link gainStepSeconds} from now on; level after the last. */
  setGains(gains: readonly SideGains[]): void;
  /** Which strip of the mixer it goes through; null for none. */
  setBus(bus: string | null): void;
  dispose(): void;
}

/** Seconds between the gains a voice is told in advance. */
export const gainStepSeconds = 0.015;

/** What is heard now. */
export interface MeterReading {
  /** Highest samples since the last reading, by strip; strips that nothing went through are absent. */
  buses: Map<string, Peaks>;
  mix: Peaks;
  /** Loudness of the last 3 s of playing, LUFS; null before as much was heard. */
  shortTermLufs: number | null;
}

/** A look at the mixer while it is open. */
export interface MeterWatch {
  /** `isPlaying`: loudness is of what plays at its own speed, not of pauses. */
  read(isPlaying: boolean): MeterReading;
  stop(): void;
}

const isSame = (a: SideGains, b: SideGains): boolean => a.left === b.left && a.right === b.right;

/**
 * The player's mixer: every element through its own sides into the strip of its track, all strips into one mix, and that
 * through the player's volume. The audio context is made on first use by a gesture and closed with the player.
 */
export class AudioOutput {
  #context: AudioContext | null = null;
  #mix: GainNode | null = null;
  #master: GainNode | null = null;
  #masterGain = 1;
  #waiting: (() => void)[] = [];
  readonly #buses = new Map<string, GainNode>();
  readonly #watches = new Set<Watch>();

  /** Routes an element through the mixer. Until sound is allowed to start the element is muted. */
  connect(element: HTMLMediaElement): Voice {
    let sides: SideGainNodes | null = null;
    let source: MediaElementAudioSourceNode | null = null;
    let bus: string | null = null;
    /** Gains it stays at; null while they change. */
    let level: SideGains | null = silence;
    element.muted = true;
    const attach = () => {
      const context = this.#context;
      if (!context || sides) return;
      source = context.createMediaElementSource(element);
      sides = createSideGains(context);
      source.connect(sides.input);
      sides.output.connect(this.#inputOf(bus));
      element.muted = false;
    };
    if (this.#context) attach();
    else this.#waiting.push(attach);
    return {
      setGains: (gains) => {
        const [first = silence] = gains;
        const steady = gains.every((gain) => isSame(gain, first)) ? first : null;
        if (steady && level && isSame(steady, level)) return;
        if (!sides || !this.#context) return;
        level = steady;
        const now = this.#context.currentTime;
        const { left, right } = sides;
        // From where it is to where it should be in one step: no clicks.
        const from = { left: left.value, right: right.value };
        left.cancelScheduledValues(now);
        right.cancelScheduledValues(now);
        followGains(sides, [from, ...(gains.length > 1 ? gains.slice(1) : [first])], now, gainStepSeconds);
      },
      setBus: (next) => {
        if (next === bus) return;
        bus = next;
        if (!sides) return;
        sides.output.disconnect();
        sides.output.connect(this.#inputOf(bus));
      },
      dispose: () => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== attach);
        source?.disconnect();
        sides?.output.disconnect();
      },
    };
  }

  /** Starts sound; call it from a gesture, otherwise the browser keeps the context suspended. */
  start(): void {
    // A suspended context would hold the pictures of its elements as well: without a gesture they play silently.
    if (!navigator.userActivation?.hasBeenActive) return;
    if (!this.#context) {
      // The rate of exports, so that loudness is measured by the same filters.
      this.#context = new AudioContext({ latencyHint: 'interactive', sampleRate: audioSampleRateHz });
      this.#mix = this.#stereo(this.#context);
      this.#master = this.#context.createGain();
      this.#master.gain.value = this.#masterGain;
      this.#mix.connect(this.#master).connect(this.#context.destination);
      for (const attach of this.#waiting.splice(0)) attach();
      for (const watch of this.#watches) watch.open(this.#context, this.#mix, this.#buses);
    }
    if (this.#context.state === 'suspended') void this.#context.resume().catch(() => undefined);
  }

  /** Amplitude factor of everything. */
  setMasterGain(gain: number): void {
    if (gain === this.#masterGain) return;
    this.#masterGain = gain;
    if (this.#master && this.#context) this.#master.gain.setTargetAtTime(gain, this.#context.currentTime, 0.008);
  }

  /** Meters of the strips and of the whole, before the player's volume; costs a little until it is stopped. */
  watch(): MeterWatch {
    const watch = new Watch();
    this.#watches.add(watch);
    if (this.#context && this.#mix) watch.open(this.#context, this.#mix, this.#buses);
    return {
      read: (isPlaying) => watch.read(isPlaying),
      stop: () => {
        this.#watches.delete(watch);
        watch.close();
      },
    };
  }

  dispose(): void {
    this.#waiting = [];
    for (const watch of this.#watches) watch.close();
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
    this.#mix = null;
    this.#master = null;
    this.#buses.clear();
  }

  #stereo(context: AudioContext): GainNode {
    return new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' });
  }

  /** Where a strip begins; it is made when something first goes through it. */
  #inputOf(bus: string | null): AudioNode {
    const context = this.#context;
    const mix = this.#mix;
    if (!context || !mix) throw new Error('the mixer is not open');
    if (bus === null) return mix;
    const known = this.#buses.get(bus);
    if (known) return known;
    const node = this.#stereo(context);
    node.connect(mix);
    this.#buses.set(bus, node);
    for (const watch of this.#watches) watch.add(context, bus, node);
    return node;
  }
}

/** Taps of one look at the mixer. */
class Watch {
  #mix: MeterTap | null = null;
  readonly #buses = new Map<string, MeterTap>();
  #loudness: ShortTermMeter | null = null;

  open(context: AudioContext, mix: AudioNode, buses: ReadonlyMap<string, AudioNode>): void {
    this.#mix ??= new MeterTap(context, mix);
    for (const [bus, node] of buses) this.add(context, bus, node);
  }

  add(context: AudioContext, bus: string, node: AudioNode): void {
    if (!this.#buses.has(bus)) this.#buses.set(bus, new MeterTap(context, node));
  }

  read(isPlaying: boolean): MeterReading {
    const heard = this.#mix?.read() ?? new Float32Array(0);
    if (!isPlaying) this.#loudness = null;
    else {
      this.#loudness ??= createShortTermMeter();
      this.#loudness.push(heard);
    }
    return {
      buses: new Map([...this.#buses].map(([bus, tap]) => [bus, peaksOf(tap.read())] as const)),
      mix: peaksOf(heard),
      shortTermLufs: this.#loudness?.shortTermLufs() ?? null,
    };
  }

  close(): void {
    this.#mix?.dispose();
    for (const tap of this.#buses.values()) tap.dispose();
    this.#mix = null;
    this.#buses.clear();
  }
}
