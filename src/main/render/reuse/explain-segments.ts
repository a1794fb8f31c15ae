import type { SegmentOrigin } from '#shared/contract/render.ts';
import { assertNever } from '#shared/errors/index.ts';
import { type Rate, toNumber } from '#shared/units/index.ts';
import type { SegmentParts, SegmentRecord } from '../plan/segment-record.ts';

/** What the segments of an export are held against. */
export interface ExplainInput {
  segments: readonly SegmentRecord[];
  /** Those of the revision before; null when there was none. */
  previous: readonly SegmentRecord[] | null;
  /** True for fingerprints that an earlier export had made. */
  wasMadeBefore: (fingerprint: string) => boolean;
  rate: Rate;
}

type Reason = SegmentOrigin['reason'];

/** Asked in this order: what explains most comes first. */
const partReasons: readonly (readonly [keyof SegmentParts, Reason])[] = [
  ['workshop', 'engine'],
  ['settings', 'settings'],
  ['sources', 'source'],
  ['text', 'text'],
  ['timing', 'timing'],
  ['picture', 'picture'],
];

function sameParts(a: SegmentParts, b: SegmentParts): number {
  return partReasons.filter(([part]) => a[part] === b[part]).length;
}

function overlap(a: SegmentRecord, b: SegmentRecord): number {
  return Math.min(a.startFrame + a.frames, b.startFrame + b.frames) - Math.max(a.startFrame, b.startFrame);
}

/** The one of the last revision that it most likely was: most in common, then nearest. Null when none is like it. */
function nearest(segment: SegmentRecord, candidates: readonly SegmentRecord[]): SegmentRecord | null {
  const related = candidates.filter((one) => overlap(segment, one) > 0 || one.parts.sources === segment.parts.sources);
  const score = (one: SegmentRecord) => sameParts(segment.parts, one.parts) * 1e9 + overlap(segment, one);
  return related.reduce<SegmentRecord | null>(
    (best, one) => (best === null || score(one) > score(best) ? one : best),
    null,
  );
}

function reasonOf(segment: SegmentRecord, candidates: readonly SegmentRecord[], input: ExplainInput): Reason {
  if (!segment.isMade) return 'reused';
  const isInPrevious = input.previous?.some((one) => one.fingerprint === segment.fingerprint) ?? false;
  if (isInPrevious || input.wasMadeBefore(segment.fingerprint)) return 'evicted';
  const before = nearest(segment, candidates);
  if (!before) return 'first-time';
  const changed = partReasons.find(([part]) => before.parts[part] !== segment.parts[part]);
  // The order of layers, say: nothing but the drawing is left.
  return changed?.[1] ?? 'picture';
}

function sentence(reason: Reason, at: string): string {
  switch (reason) {
    case 'reused':
      return 'Reused: it had been made before, and nothing in it changed.';
    case 'first-time':
      return `What is seen at ${at} had never been made before.`;
    case 'source':
      return `The footage at ${at} is another file than before.`;
    case 'timing':
      return `The cut at ${at} changed: other moments of the footage, or for another time.`;
    case 'picture':
      return `The picture at ${at} changed: its size, place, colour or order.`;
    case 'text':
      return `The text at ${at} changed.`;
    case 'settings':
      return 'The size or quality settings changed.';
    case 'engine':
      return 'Spotloom, ffmpeg or the fonts changed since.';
    case 'evicted':
      return 'It had been made before, but was no longer in the cache.';
    default:
      return assertNever(reason);
  }
}

/** "0:02" */
function timeOf(frame: number, rate: Rate): string {
  const seconds = Math.floor(frame / toNumber(rate));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** For each segment of an export where it came from, or why it had to be encoded. Pure. */
export function explainSegments(input: ExplainInput): SegmentOrigin[] {
  const { segments, previous, rate } = input;
  const kept = new Set(segments.map((segment) => segment.fingerprint));
  const candidates = (previous ?? []).filter((one) => !kept.has(one.fingerprint));
  return segments.map((segment) => {
    const reason = reasonOf(segment, candidates, input);
    const because = sentence(reason, timeOf(segment.startFrame, rate));
    return { startFrame: segment.startFrame, frames: segment.frames, reason, because };
  });
}
