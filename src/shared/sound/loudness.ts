/** Measures the integrated loudness of stereo samples as they pass (ITU-R BS.1770-4, EBU R 128). Its memory is constant. */
export interface LoudnessMeter {
  /** Interleaved stereo at 48 kHz. */
  push(interleaved: Float32Array): void;
  /** LUFS of everything so far; null when no block of 400 ms reaches −70 LUFS. */
  integratedLufs(): number | null;
}

/** 100 ms at 48 kHz; a block is four of them, so that blocks overlap by three quarters. */
const hopSamples = 4800;
const hopsPerBlock = 4;
/** Blocks below this never count. */
const absoluteGateLufs = -70;
/** Blocks this much below the mean of the others do not count either. */
const relativeGateLu = -10;
/** Blocks are collected by their loudness in steps of 0.01 LU, up to this much. */
const loudestLufs = 40;
const binsPerLu = 100;

/** K-weighting at 48 kHz: a shelf for the head (BS.1770-4, table 1), then a high-pass (table 2). */
const shelf = { b0: 1.53512485958697, b1: -2.69169618940638, b2: 1.19839281085285, a1: -1.69065929318241, a2: 0.73248077421585 }; // biome-ignore format: one filter per line
const highPass = { a1: -1.99004745483398, a2: 0.99007225036621 };

/** Memory of both filters for one channel. */
interface ChannelState {
  s1: number;
  s2: number;
  h1: number;
  h2: number;
}

/** Adds up the squares of the weighted samples of one channel; the state goes on. */
function weightedEnergy(samples: Float32Array, channel: number, from: number, to: number, state: ChannelState): number {
  let { s1, s2, h1, h2 } = state;
  let energy = 0;
  for (let n = from; n < to; n += 1) {
    const input = samples[n * 2 + channel] ?? 0;
    const head = shelf.b0 * input + s1;
    s1 = shelf.b1 * input - shelf.a1 * head + s2;
    s2 = shelf.b2 * input - shelf.a2 * head;
    const weighted = head + h1;
    h1 = -2 * head - highPass.a1 * weighted + h2;
    h2 = head - highPass.a2 * weighted;
    energy += weighted * weighted;
  }
  Object.assign(state, { s1, s2, h1, h2 });
  return energy;
}

const toLufs = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare);

/** Cuts a sound into hops of 100 ms and tells the weighted energy of each. */
function createHops(onHop: (energy: number) => void): (interleaved: Float32Array) => void {
  const states: ChannelState[] = [0, 1].map(() => ({ s1: 0, s2: 0, h1: 0, h2: 0 }));
  let energy = 0;
  let inHop = 0;
  return (interleaved) => {
    const total = interleaved.length / 2;
    for (let from = 0; from < total; ) {
      const to = Math.min(total, from + hopSamples - inHop);
      for (const [channel, state] of states.entries()) energy += weightedEnergy(interleaved, channel, from, to, state);
      inHop += to - from;
      from = to;
      if (inHop < hopSamples) continue;
      onHop(energy);
      energy = 0;
      inHop = 0;
    }
  };
}

/** A meter that has heard nothing. */
export function createLoudnessMeter(): LoudnessMeter {
  const bins = (loudestLufs - absoluteGateLufs) * binsPerLu;
  const counts = new Float64Array(bins);
  const energies = new Float64Array(bins);
  const hops: number[] = [];
  const push = createHops((hopEnergy) => {
    hops.push(hopEnergy);
    if (hops.length > hopsPerBlock) hops.shift();
    if (hops.length < hopsPerBlock) return;
    const meanSquare = hops.reduce((sum, one) => sum + one, 0) / (hopSamples * hopsPerBlock);
    const bin = Math.floor((toLufs(meanSquare) - absoluteGateLufs) * binsPerLu);
    if (!(bin >= 0)) return;
    const at = Math.min(bin, bins - 1);
    counts[at] = (counts[at] ?? 0) + 1;
    energies[at] = (energies[at] ?? 0) + meanSquare;
  });

  /** Mean square of the blocks from a bin on; null when there are none. */
  function meanFrom(first: number): number | null {
    let count = 0;
    let energy = 0;
    for (let bin = Math.max(0, first); bin < bins; bin += 1) {
      count += counts[bin] ?? 0;
      energy += energies[bin] ?? 0;
    }
    return count === 0 ? null : energy / count;
  }

  return {
    push,
    integratedLufs() {
      const above = meanFrom(0);
      if (above === null) return null;
      const gate = toLufs(above) + relativeGateLu;
      const gated = meanFrom(Math.ceil((gate - absoluteGateLufs) * binsPerLu));
      return gated === null ? null : toLufs(gated);
    },
  };
}

/** Hops of the window of short-term loudness: 3 s. */
const hopsShortTerm = 30;

/** Measures the loudness of the last three seconds as they pass (EBU Tech 3341, "S"). */
export interface ShortTermMeter {
  /** Interleaved stereo at 48 kHz. */
  push(interleaved: Float32Array): void;
  /** LUFS of the last 3 s, renewed every 100 ms; null until they were heard, and for silence. */
  shortTermLufs(): number | null;
}

/** A short-term meter that has heard nothing. */
export function createShortTermMeter(): ShortTermMeter {
  const hops: number[] = [];
  const push = createHops((energy) => {
    hops.push(energy);
    if (hops.length > hopsShortTerm) hops.shift();
  });
  return {
    push,
    shortTermLufs() {
      if (hops.length < hopsShortTerm) return null;
      const lufs = toLufs(hops.reduce((sum, one) => sum + one, 0) / (hopSamples * hopsShortTerm));
      return lufs > absoluteGateLufs ? lufs : null;
    },
  };
}
