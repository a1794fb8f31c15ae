import type { PlacedClip, Timeline } from '#shared/model/index.ts';
import {
  ceil,
  divide,
  type Frames,
  frameToSeconds,
  multiply,
  type Rate,
  type Rational,
  rational,
  round,
  subtract,
} from '#shared/units/index.ts';

/** Segments of footage are cut at whole multiples of this on the source's clock (times its speed). */
const gridSeconds: Rational = rational(2);
/** A cut on the grid keeps this distance from edit points. */
const gridMargin: Rational = rational(3, 4);
/** Edit points nearer to each other than this share a segment. */
const shortestPiece: Rational = rational(2, 5);
/** A stretch of a text no longer than this is cut in two: changing a word then keeps two processors busy half as long. */
const shortText: Rational = rational(4);
/** Halves of a text are not shorter than this. */
const shortestHalf: Rational = rational(3, 5);
/** Below this many frames an encoder's reordering delay is not the usual one, and pieces do not join. */
export const fewestFrames = 4;

/** Ends of a clip with a picture at which something else is seen: not where it goes on as its own handle in a transition. */
function seenEnds(clip: PlacedClip, instances: ReadonlySet<string>): Frames[] {
  const { instance, overrun, startFrame, lengthFrames } = clip;
  const goesOnBefore = overrun === 'after' || instances.has(`${instance}~before`);
  const goesOnAfter = (overrun === 'before' && !instance.endsWith('~dip')) || instances.has(`${instance}~after`);
  return [...(goesOnBefore ? [] : [startFrame]), ...(goesOnAfter ? [] : [startFrame + lengthFrames])];
}

/**
 * Frames at which what is drawn may change: ends of every clip with a picture, of sections, and of the transitions between
 * them (the cut inside of one is none). Sorted, from 0 to the end.
 */
export function editPoints(timeline: Timeline): Frames[] {
  const points = new Set<Frames>([0, timeline.lengthFrames]);
  const seen = timeline.clips.filter(({ hasPicture }) => hasPicture);
  const instances = new Set(seen.flatMap(({ instance, overrun }) => (overrun ? [instance] : [])));
  for (const clip of seen) for (const end of seenEnds(clip, instances)) points.add(end);
  for (const end of sectionEnds(timeline)) points.add(end);
  return [...points].filter((point) => point >= 0 && point <= timeline.lengthFrames).sort((a, b) => a - b);
}

/** Where sections begin, or the transitions into them begin and end. */
function sectionEnds({ sections }: Timeline): Frames[] {
  return sections.flatMap(({ startFrame, entrance }) =>
    entrance ? [entrance.startFrame, entrance.endFrame] : [startFrame],
  );
}

/** Where to cut a stretch without edit points: on the leading clip's source clock, or evenly from its start. */
function gridCuts(start: Frames, end: Frames, leading: PlacedClip | null, rate: Rate): Frames[] {
  const margin = Math.max(fewestFrames, round(multiply(gridMargin, rate)));
  const cuts: Frames[] = [];
  const offer = (cut: Frames) => {
    if (cut - start >= margin && end - cut >= margin) cuts.push(cut);
  };
  if (leading?.content.kind === 'media' && !leading.content.isFrozen) {
    const { sourceInSeconds, speed } = leading.content;
    const step = multiply(gridSeconds, speed);
    const framesOf = (seconds: Rational) => ceil(multiply(divide(seconds, speed), rate));
    let turn = ceil(divide(sourceInSeconds, step));
    for (let cut = start; cut < end; turn += 1) {
      cut = leading.startFrame + framesOf(subtract(multiply(step, rational(turn)), sourceInSeconds));
      offer(cut);
    }
    return cuts;
  }
  const step = Math.max(fewestFrames, round(multiply(gridSeconds, rate)));
  for (let cut = start + step; cut < end; cut += step) offer(cut);
  return cuts;
}

/** The middle of a stretch that a short text of its own covers; null elsewhere. It moves with the text alone. */
function middleOfText(timeline: Timeline, start: Frames, end: Frames): Frames | null {
  const { rate, clips } = timeline;
  const middle = start + Math.ceil((end - start) / 2);
  const shortest = Math.max(fewestFrames, round(multiply(shortestHalf, rate)));
  if (end - start > round(multiply(shortText, rate)) || end - middle < shortest) return null;
  const isOwn = clips.some(
    ({ content, hasPicture, startFrame, lengthFrames }) =>
      hasPicture && content.kind === 'text' && startFrame === start && startFrame + lengthFrames === end,
  );
  return isOwn ? middle : null;
}

/** Drops boundaries that would make pieces too short; section starts (`strong`) hold longest. */
function spaced(points: readonly Frames[], strong: ReadonlySet<Frames>, rate: Rate): Frames[] {
  const shortest = Math.max(fewestFrames, round(multiply(shortestPiece, rate)));
  const end = points.at(-1) ?? 0;
  const kept: Frames[] = [0];
  for (const point of points.slice(1)) {
    const isStrong = strong.has(point) || point === end;
    const needed = isStrong ? fewestFrames : shortest;
    if (isStrong)
      while (kept.length > 1 && !strong.has(kept.at(-1) ?? 0) && point - (kept.at(-1) ?? 0) < shortest) kept.pop();
    if (point - (kept.at(-1) ?? 0) >= needed) kept.push(point);
    else if (point === end) {
      while (kept.length > 1 && point - (kept.at(-1) ?? 0) < fewestFrames) kept.pop();
      kept.push(point);
    }
  }
  return kept;
}

/**
 * Boundaries of segments, from 0 to the length. They follow edit points and the clock of the footage, never the ad's own
 * clock, so that a trim in one place leaves the segments of all others as they were.
 */
export function segmentBounds(timeline: Timeline, leadingAt: (frame: Frames) => PlacedClip | null): Frames[] {
  const { rate, lengthFrames } = timeline;
  if (lengthFrames <= 0) return [];
  const strong = new Set(sectionEnds(timeline));
  const hard = spaced(editPoints(timeline), strong, rate);
  return hard.flatMap((point, index) => {
    const next = hard[index + 1];
    if (next === undefined) return [point];
    const middle = middleOfText(timeline, point, next);
    return [point, ...(middle === null ? gridCuts(point, next, leadingAt(point), rate) : [middle])];
  });
}

/** Seconds of some frames, for people. */
export function secondsOf(frames: Frames, rate: Rate): number {
  const seconds = frameToSeconds(frames, rate);
  return seconds.num / seconds.den;
}
