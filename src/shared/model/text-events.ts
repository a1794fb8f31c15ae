import type { Frames } from '../units/index.ts';
import { isChanging } from './blend.ts';
import { layerOf } from './layers.ts';
import type { Ratio, Size } from './ratio.ts';
import type { TextEvent } from './text/index.ts';
import { isSteadyText, textChanges } from './text/moment.ts';
import type { PlacedClip, Timeline } from './timeline.ts';

/** Frames of `[from, to)` at which a text may begin to look different, in order, `from` first. */
function changesOf(clip: PlacedClip, timeline: Timeline, ratio: Ratio, from: Frames, to: Frames): Frames[] {
  const { content, startFrame } = clip;
  if (isChanging(clip, from, to, ratio)) return Array.from({ length: to - from }, (_, n) => from + n);
  if (content.kind !== 'text' || isSteadyText(content)) return [from];
  const origin = startFrame - content.elapsedFrames;
  const changes = textChanges(content, timeline.rate).map((frame) => frame + origin);
  return [from, ...changes.filter((frame) => frame > from && frame < to)];
}

/**
 * The events that a placed text is drawn by, from a frame of the ad up to (not including) another: one as long as it looks
 * the same, one per frame while it moves or fades. They look so wherever the stretch begins. Frames are the ad's. Empty for
 * what is no text.
 */
export function textEvents(
  clip: PlacedClip,
  timeline: Timeline,
  look: { ratio: Ratio; output: Size },
  fromFrame: Frames,
  toFrame: Frames,
): TextEvent[] {
  const { ratio, output } = look;
  if (clip.content.kind !== 'text' || toFrame <= fromFrame) return [];
  const changes = changesOf(clip, timeline, ratio, fromFrame, toFrame);
  const events: TextEvent[] = [];
  let lastLook = '';
  for (const [at, frame] of changes.entries()) {
    const endFrame = changes[at + 1] ?? toFrame;
    const layer = layerOf(clip, timeline, frame, ratio, output, () => null);
    if (layer?.kind !== 'text' || layer.opacity <= 0) continue;
    const thisLook = JSON.stringify(layer);
    const last = events.at(-1);
    if (last?.endFrame === frame && thisLook === lastLook) last.endFrame = endFrame;
    else events.push({ layer, startFrame: frame, endFrame });
    lastLook = thisLook;
  }
  return events;
}
