import type { Frames } from '#shared/units/index.ts';
import type { TransportState } from './transport.ts';

/** Counts the frames that were due while playing and were not shown. */
export interface DropMeter {
  /** Called at every repaint; `isShown`: the picture is that of `state.frame`. Returns how many more were dropped. */
  look(state: Pick<TransportState, 'frame' | 'isPlaying' | 'speed' | 'isWaiting'>, isShown: boolean): Frames;
}

/** Creates {@link DropMeter}. Only playing forwards at its own speed counts: fast winding cannot show every frame. */
export function createDropMeter(): DropMeter {
  let shown: Frames | null = null;
  return {
    look({ frame, isPlaying, speed, isWaiting }, isShown) {
      const before = shown;
      if (!isPlaying || speed !== 1 || isWaiting || before === null || frame < before) {
        shown = isPlaying && speed === 1 ? frame : null;
        return 0;
      }
      if (!isShown) return 0;
      shown = frame;
      return Math.max(0, frame - before - 1);
    },
  };
}
