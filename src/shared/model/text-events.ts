import type { Frames } from '../units/index.ts';
import { isChanging } from './blend.ts';
import { layerOf } from './layers.ts';
import type { Ratio, Size } from './ratio.ts';
import type { TextEvent } from './text/index.ts';
import type { PlacedClip, Timeline } from './timeline.ts';

/**
 * The events that a placed text is drawn by, from a frame of the ad up to (not including) another: one as long as it looks
 * the same, one per frame while it moves or fades. Frames are the ad's. Empty for what is no text.
 */
export function textEvents(
  clip: PlacedClip,
  timeline: Timeline,
  look: { ratio: Ratio; output: Size },
  fromFrame: Frames,
  toFrame: Frames,
): TextEvent[] {
  const { ratio, output } = look;
  if (clip.content.kind !== 'text') return [];
  const step = isChanging(clip, fromFrame, toFrame, ratio) ? 1 : toFrame - fromFrame;
  const events: TextEvent[] = [];
  let lastLook = '';
  for (let frame = fromFrame; frame < toFrame; frame += step) {
    const layer = layerOf(clip, timeline, frame, ratio, output, () => null);
    if (layer?.kind !== 'text' || layer.opacity <= 0) continue;
    const thisLook = JSON.stringify(layer);
    const last = events.at(-1);
    if (last?.endFrame === frame && thisLook === lastLook) last.endFrame = frame + step;
    else events.push({ layer, startFrame: frame, endFrame: frame + step });
    lastLook = thisLook;
  }
  return events;
}
