import type { SegmentOrigin } from '#shared/contract/render.ts';
import { findExport } from '../exports/manage-exports.ts';
import type { RenderTools } from '../render-tools.ts';
import { explainSegments } from './explain-segments.ts';

/** Where the pieces of an export came from. */
export interface Explanation {
  /** Empty when nothing was kept of it: it never came to encoding, or is older than the records. */
  segments: SegmentOrigin[];
  previousRevision: number | null;
}

/** Says of each segment of an export that it was reused, or what had changed since the revision before. */
export function explainExport(tools: RenderTools, exportId: string): Explanation {
  const { store } = tools;
  const row = findExport(tools, exportId);
  const before = store.revisionBefore(row);
  const previousRevision = before?.revision ?? null;
  const segments = store.segmentsOf(exportId);
  if (!segments) return { segments: [], previousRevision };
  const explained = explainSegments({
    segments,
    previous: before && store.segmentsOf(before.id),
    wasMadeBefore: (fingerprint) => store.wasSegmentMade(row, fingerprint),
    rate: row.rate,
  });
  return { segments: explained, previousRevision };
}
