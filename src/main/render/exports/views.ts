import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Jobs, JobView } from '#main/jobs/index.ts';
import type { ExportState, ExportView, Review } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ExportRow } from '../schema.ts';

/** The job of an unfinished export; null when the queue has forgotten it. */
function jobOf(jobs: Jobs, row: ExportRow): JobView | null {
  if (row.finishedAt !== null || row.jobId === null) return null;
  try {
    return jobs.get(row.jobId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    throw error;
  }
}

function stateOf(row: ExportRow, job: JobView | null): ExportState {
  if (row.finishedAt !== null) return row.state;
  if (row.isPaused) return 'paused';
  switch (job?.state) {
    case 'waiting':
    case 'queued':
    case 'retrying':
      return 'queued';
    case 'running':
      return 'running';
    case 'failed':
      return 'failed';
    case 'succeeded':
      return 'finished';
    default:
      return 'cancelled';
  }
}

/** Where an export stands: its row knows its end, until then its job does. */
export function exportState(jobs: Jobs, row: ExportRow): ExportState {
  return stateOf(row, jobOf(jobs, row));
}

/** Before anybody said anything. */
const noReview: Review = { verdict: 'none', notes: [], updatedAtMs: 0 };

/** An export as people see it: the row, and the job while there is one. */
export function exportView(jobs: Jobs, row: ExportRow & { review?: Review | null }): ExportView {
  const job = jobOf(jobs, row);
  const state = stateOf(row, job);
  const path = join(row.outDir, row.fileName);
  return {
    id: row.id,
    batchId: row.batchId,
    projectId: row.projectId,
    projectName: row.projectName,
    variant: row.variant,
    variantKey: row.variantKey,
    variantName: row.variantName,
    ratio: row.ratio,
    version: row.version,
    placements: row.placements,
    presetId: row.presetId,
    rateControl: row.rateControl,
    state,
    fraction: state === 'finished' ? 1 : (job?.progress?.fraction ?? 0),
    step: state === 'running' ? job?.progress?.step || null : null,
    jobId: row.jobId,
    fileName: row.fileName,
    path,
    isFileMissing: state === 'finished' && !existsSync(path),
    sizeBytes: row.sizeBytes,
    rate: row.rate,
    frameCount: row.frameCount,
    durationSeconds: row.durationSeconds,
    sections: row.sections,
    error: state === 'failed' ? (row.error ?? job?.error ?? null) : null,
    check: row.checkReport,
    review: row.review ?? noReview,
    creativeId: row.creativeId,
    releaseId: row.releaseId,
    revision: row.revision,
    createdAtMs: row.createdAt,
    finishedAtMs: row.finishedAt,
  };
}

/** True when it has come to an end. */
export function isOver(state: ExportState): boolean {
  return state === 'finished' || state === 'failed' || state === 'cancelled';
}

/** True when nothing more will happen to it by itself. */
export function isResting(state: ExportState): boolean {
  return isOver(state) || state === 'paused';
}
