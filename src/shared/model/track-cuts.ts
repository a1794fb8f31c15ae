import type { Frames } from '../units/index.ts';
import type { Blend, BlendRole } from './blend.ts';
import type { Clip } from './clip.ts';
import type { ClipId } from './ids.ts';
import type { Track } from './project.ts';
import { type TrackTransition, type Transition, type TransitionSpan, transitionSpan } from './transition.ts';

const endOf = (clip: Clip): Frames => clip.startFrame + clip.lengthFrames;

/** A transition with its clips and the frames of its sequence on which it plays. */
export interface TrackCut extends TransitionSpan {
  transition: TrackTransition;
  from: Clip;
  to: Clip;
}

/** True when one clip begins where the other ends. */
export function isCut(from: Clip | undefined, to: Clip | undefined): boolean {
  return from !== undefined && to !== undefined && endOf(from) === to.startFrame;
}

/**
 * The transitions of a track that have their two clips, by start. A clip with a transition at both ends gives each of
 * them half of its length at most, with one it may give all of it.
 */
export function trackCuts(track: Track): TrackCut[] {
  if (track.transitions.length === 0 || track.kind !== 'visual') return [];
  const clips = new Map<ClipId, Clip>(track.clips.map((clip) => [clip.id, clip]));
  const pairs = track.transitions.flatMap((transition) => {
    const from = clips.get(transition.fromClipId);
    const to = clips.get(transition.toClipId);
    return from && to && isCut(from, to) ? [{ transition, from, to }] : [];
  });
  const leaving = new Set(pairs.map(({ from }) => from.id));
  const coming = new Set(pairs.map(({ to }) => to.id));
  const most = (clip: Clip) =>
    leaving.has(clip.id) && coming.has(clip.id) ? Math.floor(clip.lengthFrames / 2) : clip.lengthFrames;
  return pairs
    .flatMap((pair) => {
      const span = transitionSpan(pair.transition, pair.to.startFrame, most(pair.from), most(pair.to));
      return span ? [{ ...pair, ...span }] : [];
    })
    .sort((a, b) => a.startFrame - b.startFrame);
}

/** What a transition does to a clip, on a clock that is `originFrame` ahead of the span's. */
export function blendOf(
  { kind, direction, curve }: Transition,
  { startFrame, endFrame }: TransitionSpan,
  role: BlendRole,
  originFrame: Frames = 0,
): Blend {
  return { kind, direction, curve, role, startFrame: originFrame + startFrame, lengthFrames: endFrame - startFrame };
}
