import type { AssetId, PlacedClip, Timeline } from '#shared/model/index.ts';
import { type Frames, toNumber } from '#shared/units/index.ts';
import type { PreviewSources } from './source.ts';

/** A stretch of one source that one media element can play through: one clip, or neighbours cut from it without a jump. */
export interface MediaRun {
  /** Instance of its first clip. */
  readonly key: string;
  readonly assetId: AssetId;
  readonly startFrame: Frames;
  readonly endFrame: Frames;
  /** Source seconds at `startFrame`. */
  readonly sourceStart: number;
  readonly speed: number;
  /** Strip of the mixer that all its clips go through. */
  readonly bus: string | null;
  readonly clips: readonly PlacedClip[];
}

/** A run that should have an element now. */
export interface WantedRun {
  readonly run: MediaRun;
  /** 0 or less = on screen or to be heard now. */
  readonly startsInFrames: number;
}

/** An element of the pool: which run it serves and which asset it has loaded. */
export interface PoolSlot {
  readonly id: number;
  readonly key: string | null;
  readonly assetId: AssetId | null;
}

/** A picture without its sound, or a sound without its picture: where sounds cross, both are one element's work. */
const isApart = (clip: PlacedClip): boolean => !(clip.hasPicture && clip.hasSound);

function follows(run: MediaRun, clip: PlacedClip, sourceIn: number, speed: number, framesPerSecond: number): boolean {
  if (run.assetId !== (clip.content.kind === 'media' ? clip.content.assetId : null)) return false;
  if (run.speed !== speed || run.bus !== clip.mix.bus) return false;
  if (run.endFrame !== clip.startFrame && !(isApart(clip) && clip.startFrame < run.endFrame)) return false;
  const reached = run.sourceStart + ((clip.startFrame - run.startFrame) / framesPerSecond) * speed;
  return Math.abs(reached - sourceIn) < 0.5 / framesPerSecond;
}

/** All stretches of a timeline that media elements must play, by start. */
export function mediaRuns(timeline: Timeline, sources: PreviewSources): MediaRun[] {
  const framesPerSecond = timeline.rate.num / timeline.rate.den;
  const runs: MediaRun[] = [];
  /** Indexes of runs by where they end. */
  const ends = new Map<Frames, number[]>();
  /** Indexes of runs under way that take part in transitions. */
  let crossing: number[] = [];
  const clips = timeline.clips.toSorted((a, b) => a.startFrame - b.startFrame);
  for (const clip of clips) {
    if (clip.content.kind !== 'media') continue;
    const source = sources.get(clip.content.assetId);
    if (!source || (source.mode !== 'moving' && source.mode !== 'sound')) continue;
    if (!clip.hasPicture && !(clip.hasSound && source.hasSound)) continue;
    const sourceIn = toNumber(clip.content.sourceInSeconds);
    // A freeze frame stands at its moment.
    const speed = clip.content.isFrozen ? 0 : toNumber(clip.content.speed);
    const isBefore = (at: number) => {
      const run = runs[at];
      return run !== undefined && follows(run, clip, sourceIn, speed, framesPerSecond);
    };
    crossing = crossing.filter((at) => (runs[at]?.endFrame ?? 0) > clip.startFrame);
    const beside = isApart(clip) ? crossing.find(isBefore) : undefined;
    const index = ends.get(clip.startFrame)?.find(isBefore) ?? beside ?? runs.length;
    const before = runs[index];
    const endFrame = Math.max(before?.endFrame ?? 0, clip.startFrame + clip.lengthFrames);
    ends.set(
      endFrame,
      [...(ends.get(endFrame) ?? []), index].sort((a, b) => a - b),
    );
    if ((clip.blends || clip.crossings) && !crossing.includes(index)) crossing.push(index);
    if (before) runs[index] = { ...before, endFrame, clips: [...before.clips, clip] };
    else {
      runs.push({
        key: clip.instance,
        assetId: clip.content.assetId,
        startFrame: clip.startFrame,
        endFrame,
        sourceStart: sourceIn,
        speed,
        bus: clip.mix.bus,
        clips: [clip],
      });
    }
  }
  return runs;
}

/** Source seconds a run shows at a position of the ad. */
export function runSeconds(run: MediaRun, position: number, framesPerSecond: number): number {
  return run.sourceStart + ((position - run.startFrame) / framesPerSecond) * run.speed;
}

/**
 * The runs that should have an element: those at the position, then those that come up within the look-ahead
 * (backwards when playing backwards), soonest first; at most `limit`.
 */
export function wantedRuns(
  runs: readonly MediaRun[],
  frame: Frames,
  lookAheadFrames: Frames,
  direction: 1 | -1,
  limit: number,
): WantedRun[] {
  const wanted: WantedRun[] = [];
  for (const run of runs) {
    const startsInFrames = direction > 0 ? run.startFrame - frame : frame - (run.endFrame - 1);
    const isOver = direction > 0 ? run.endFrame <= frame : run.startFrame > frame;
    if (!isOver && startsInFrames <= lookAheadFrames) wanted.push({ run, startsInFrames: Math.max(0, startsInFrames) });
  }
  return wanted.toSorted((a, b) => a.startsInFrames - b.startsInFrames).slice(0, limit);
}

/**
 * Gives every wanted run an element: the one it has; else a free one that has its file loaded; else an empty one;
 * else a new one while there are fewer than `limit`; else any free one. Answers run key by element id;
 * negative ids stand for elements to be made.
 */
export function assignRuns(
  slots: readonly PoolSlot[],
  wanted: readonly WantedRun[],
  limit: number,
): Map<number, MediaRun> {
  const assigned = new Map<number, MediaRun>();
  const open: MediaRun[] = [];
  for (const { run } of wanted) {
    const slot = slots.find((candidate) => candidate.key === run.key && !assigned.has(candidate.id));
    if (slot) assigned.set(slot.id, run);
    else open.push(run);
  }
  let made = 0;
  for (const run of open) {
    const free = slots.filter((slot) => !assigned.has(slot.id));
    const slot =
      free.find((candidate) => candidate.assetId === run.assetId) ??
      free.find((candidate) => candidate.assetId === null);
    if (slot) assigned.set(slot.id, run);
    else if (slots.length + made < limit) {
      made += 1;
      assigned.set(-made, run);
    } else if (free[0]) assigned.set(free[0].id, run);
  }
  return assigned;
}

/** How a media element is brought back to the clock. */
export type Correction = { kind: 'none' } | { kind: 'rate'; factor: number } | { kind: 'seek' };

/** Judges an element that is `driftSeconds` ahead of (positive) or behind the clock: small drift is played away, large drift is sought away. */
export function correctDrift(driftSeconds: number): Correction {
  const size = Math.abs(driftSeconds);
  if (size > 0.3) return { kind: 'seek' };
  if (size < 0.02) return { kind: 'none' };
  return { kind: 'rate', factor: driftSeconds > 0 ? (size > 0.1 ? 0.92 : 0.97) : size > 0.1 ? 1.08 : 1.03 };
}
