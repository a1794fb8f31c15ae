import type { SegmentOrigin } from '#shared/contract/index.ts';

/** Neighbouring pieces with the same reason. */
export type Stretch = SegmentOrigin;

/** Neighbours with the same reason as one; the sentence of the first speaks for all. */
export function stretchesOf(segments: readonly SegmentOrigin[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const one of segments) {
    const last = stretches.at(-1);
    if (last?.reason === one.reason) stretches.splice(-1, 1, { ...last, frames: last.frames + one.frames });
    else stretches.push({ ...one });
  }
  return stretches;
}

/** Frames by reason, in the order of first appearance. */
export function sumByReason(segments: readonly SegmentOrigin[]): Map<SegmentOrigin['reason'], number> {
  const sums = new Map<SegmentOrigin['reason'], number>();
  for (const { reason, frames } of segments) sums.set(reason, (sums.get(reason) ?? 0) + frames);
  return sums;
}

/** "as v2", or "as next versions" when they differ. */
export function nextVersionName(revisions: readonly number[]): string {
  const [first] = revisions;
  return first !== undefined && revisions.every((one) => one === first) ? `as v${first}` : 'as next versions';
}
