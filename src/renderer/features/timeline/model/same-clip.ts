import type { ClipItem } from './lanes.ts';

/** True when a clip is drawn as before. Where it lies is no reason to draw it anew. */
export function isSameClip(a: ClipItem, b: ClipItem): boolean {
  if (a === b) return true;
  if (a.key !== b.key || a.lane.kind !== b.lane.kind || a.lane.isHidden !== b.lane.isHidden) return false;
  if (a.track.isLocked !== b.track.isLocked || a.track.isMuted !== b.track.isMuted) return false;
  if (a.section.values !== b.section.values || a.section.sequence?.fields !== b.section.sequence?.fields) return false;
  return a.clip === b.clip || isSameBut(a.clip, b.clip, 'startFrame');
}

/** Compares what two things hold, each value by `Object.is`. */
export function isSameBut<Thing extends object>(a: Thing, b: Thing, but?: keyof Thing): boolean {
  const keys = Object.keys(a) as (keyof Thing)[];
  return keys.length === Object.keys(b).length && keys.every((key) => key === but || Object.is(a[key], b[key]));
}
