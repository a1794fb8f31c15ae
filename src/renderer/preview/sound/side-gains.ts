/** Linear factors of both sides. */
export interface SideGains {
  readonly left: number;
  readonly right: number;
}

/** Both sides silent. */
export const silence: SideGains = { left: 0, right: 0 };

/** A way through which the sides of a sound are turned up and down apart. */
export interface SideGainNodes {
  readonly input: AudioNode;
  readonly output: AudioNode;
  readonly left: AudioParam;
  readonly right: AudioParam;
}

/** Nodes of a new way, silent at first. A single channel goes to both sides at its own level, as exports have it. */
export function createSideGains(context: BaseAudioContext): SideGainNodes {
  const input = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' });
  const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
  const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
  const addSide = (side: number): AudioParam => {
    const node = new GainNode(context, { gain: 0 });
    splitter.connect(node, side);
    node.connect(merger, 0, side);
    return node.gain;
  };
  input.connect(splitter);
  return { input, output: merger, left: addSide(0), right: addSide(1) };
}

/** Lets the sides follow gains that are `stepSeconds` apart, the first at `startSeconds`: straight lines between, then level. */
export function followGains(
  { left, right }: Pick<SideGainNodes, 'left' | 'right'>,
  gains: readonly SideGains[],
  startSeconds: number,
  stepSeconds: number,
): void {
  for (const [n, gain] of gains.entries()) {
    const at = startSeconds + n * stepSeconds;
    if (n === 0) {
      left.setValueAtTime(gain.left, at);
      right.setValueAtTime(gain.right, at);
    } else {
      left.linearRampToValueAtTime(gain.left, at);
      right.linearRampToValueAtTime(gain.right, at);
    }
  }
}
