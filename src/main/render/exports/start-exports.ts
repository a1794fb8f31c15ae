import { readdir } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import type { JobRequest, Jobs } from '#main/jobs/index.ts';
import type { ExportRequest, ExportView } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  completeVariant,
  type ExportBatchId,
  type JobId,
  newId,
  type Project,
  type ProjectId,
  type Ratio,
  variantKey,
} from '#shared/model/index.ts';
import { exportJobType, type RenderContext } from '../context.ts';
import { isHandoffWanted } from '../handoff/plan-handoff.ts';
import { findPreset } from '../plan/presets.ts';
import { secondsOf } from '../plan/segment-bounds.ts';
import { preflightOf, refuseUnfit } from '../preflight/preflight-request.ts';
import type { ExportRow } from '../schema.ts';
import type { RenderStore } from '../store.ts';
import type { NamedEstimate } from './estimate.ts';
import { estimate, perOutputMs } from './estimate.ts';
import { checkPattern, fileNameFor, nameKey, uniqueNames } from './file-names.ts';
import { exportView } from './views.ts';

/** What narrows a request down to what exporting again is about. */
export interface Narrowed {
  isWanted: (output: CellKey) => boolean;
  /** The number within the batch that a file's name was made with. */
  indexOf: (output: CellKey) => number;
  /** Names promised to other files of the same batch. */
  promised: readonly string[];
}

/** Plans a request and names its files; starts nothing. */
export async function estimateNamed(
  context: RenderContext,
  request: ExportRequest,
  signal: AbortSignal,
  narrowed?: Narrowed,
): Promise<NamedEstimate> {
  const { deps, tools, workers } = context;
  const { store } = tools;
  const settings = deps.settings.get();
  const project = await deps.projects.get(request.projectId);
  const preset = findPreset(request.presetId);
  const outDir = resolve(request.outDir ?? settings.exportFolder ?? deps.paths.exports);
  const variants = completeVariants(project, request);
  const input = { project, variants, request, preset, outDir, workers };
  const found = await estimate(tools, narrowed ? { ...input, isWanted: narrowed.isWanted } : input, signal);
  const pattern = request.namingPattern ?? settings.namingPattern;
  checkPattern(pattern, project);
  const date = localDate(tools.clock.nowMs());
  const nextRevision = store.nextRevisions(project.id);
  const revisions = found.outputs.map((output) => nextRevision(creativeKey(output), output.ratio));
  const indexes = found.outputs.map((output, n) => narrowed?.indexOf(output) ?? n + 1);
  const wanted = found.outputs.map(({ variant, ratio, version }, n) =>
    fileNameFor(pattern, {
      ...{ project, variant, ratio, version, preset, date, revision: revisions[n] ?? 1 },
      index: indexes[n] ?? n + 1,
      ...{ placements: request.placements, brand: settings.brandName, isRevisionNamed: request.isRevisionNamed },
      ids: () => idsOf(store, project.id, { variantKey: variantKey(project, variant), version }, ratio),
    }),
  );
  const taken = [...(await namesIn(outDir, wanted)), ...store.promisedNames(outDir), ...(narrowed?.promised ?? [])];
  const names = uniqueNames(wanted, new Set(taken.map(nameKey)));
  const outputs = found.outputs.map((output, n) => ({
    ...output,
    fileName: names[n] ?? 'ad.mp4',
    revision: revisions[n] ?? 1,
    nameIndex: indexes[n] ?? n + 1,
  }));
  return { ...found, outDir, outputs };
}

/** A request with its plan, ready to be stored. */
export interface PlannedRequest {
  request: ExportRequest;
  project: Project;
  found: NamedEstimate;
}

/** Stores exports and their jobs in one transaction. Throws what stands in the way of all of them. */
export async function startExports(
  context: RenderContext,
  request: ExportRequest,
  signal: AbortSignal,
): Promise<{ batchId: ExportBatchId; exports: ExportView[] }> {
  const project = await context.deps.projects.get(request.projectId);
  const found = await estimateNamed(context, request, signal);
  refuseHopeless([found]);
  refuseUnfit(preflightOf(project, request, found));
  return storeBatch(context, [{ request, project, found }]);
}

/** Stores planned requests as one batch. Throws what stands in the way of all their outputs. */
export function storeBatch(
  context: RenderContext,
  planned: readonly PlannedRequest[],
): { batchId: ExportBatchId; exports: ExportView[] } {
  const { deps, tools, changed } = context;
  refuseHopeless(planned.map(({ found }) => found));
  const batchId = newId<ExportBatchId>('batch');
  deps.db.transaction(() => {
    for (const one of planned) insertExports(context, batchId, one);
  });
  changed(batchId);
  return { batchId, exports: tools.store.batch(batchId).map((row) => exportView(deps.jobs, row)) };
}

function refuseHopeless(found: readonly NamedEstimate[]): void {
  const outputs = found.flatMap((one) => one.outputs);
  const blocking = found.flatMap((one) => one.problems).filter((problem) => problem.severity === 'error');
  const shared = blocking.find((problem) => problem.variantKey === null);
  const broken = new Set(blocking.map((problem) => problem.variantKey));
  const [first] = blocking;
  // One broken variant does not hold up the others: its own export fails and says why.
  if (shared) throw shared.error;
  if (first && outputs.every((output) => broken.has(output.variantKey))) throw first.error;
  if (outputs.length === 0)
    throw new AppError('invalid-input', 'There is nothing to export. Choose at least one variant and one ratio.');
}

function insertExports(
  { deps, tools }: RenderContext,
  batchId: ExportBatchId,
  { request, project, found }: PlannedRequest,
): void {
  const { store, clock } = tools;
  const now = clock.nowMs();
  const snapshotId = store.saveSnapshot(project, now);
  if (isHandoffWanted(request.handoff)) store.expectHandoff(batchId);
  const estimatedMs = estimatedTimes(found);
  const rows = found.outputs.map((output, index) => ({
    jobId: newId<JobId>('job'),
    ...{ id: newId<string>('export'), batchId, projectId: project.id, projectName: project.name, snapshotId },
    creativeId: store.creative(project.id, creativeKey(output), output.ratio),
    ...{ revision: output.revision, variant: output.variant, variantKey: output.variantKey },
    ...{ variantName: output.variantName, ratio: output.ratio, presetId: request.presetId },
    ...{ outDir: found.outDir, fileName: output.fileName, state: 'queued' as const, createdAt: now },
    ...{ version: output.version, rateControl: request.rateControl, handoff: request.handoff },
    ...{ placements: request.placements, namingPattern: request.namingPattern, nameIndex: output.nameIndex },
    rate: output.timeline.rate,
    frameCount: output.timeline.lengthFrames,
    durationSeconds: secondsOf(output.timeline.lengthFrames, output.timeline.rate),
    estimatedMs: estimatedMs[index] ?? 0,
  }));
  store.insertExports(rows);
  deps.jobs.enqueueMany(rows.map((row) => jobFor(row, row.jobId)));
}

/** An estimate's time by output: encoding goes to those that need it. */
function estimatedTimes({ outputs, estimatedMs, missingSeconds }: NamedEstimate): number[] {
  const encodeMs = Math.max(0, estimatedMs - outputs.length * perOutputMs);
  return outputs.map((one) => perOutputMs + encodeMs * (one.missingSeconds / Math.max(1e-9, missingSeconds)));
}

/** Which of a variant's files. */
export type CellKey = Pick<ExportRow, 'variantKey' | 'ratio' | 'version'>;

/** Names a variant's version among a project's creatives; see `0006_matrix.sql`. */
export function creativeKey({ variantKey: key, version }: Pick<ExportRow, 'variantKey' | 'version'>): string {
  return version === 'full' ? key : `${key}#${version}`;
}

type Queued = Pick<ExportRow, 'id' | 'batchId' | 'variantName' | 'ratio'>;

function jobFor(row: Queued, id: JobId): JobRequest {
  return {
    ...{ id, type: exportJobType, input: { exportId: row.id }, group: row.batchId },
    title: `Export ${row.variantName} ${row.ratio}`,
    // After what makes new footage visible, before proxies.
    priority: 40,
  };
}

/** Puts an export into the queue again, with other columns changed; inside a transaction all of it commits together. */
export function enqueueExport(jobs: Jobs, store: RenderStore, row: Queued, change: Partial<ExportRow>): void {
  const jobId = newId<JobId>('job');
  store.updateExport(row.id, { ...change, jobId });
  jobs.enqueue(jobFor(row, jobId));
}

function completeVariants(project: Project, request: ExportRequest) {
  const byKey = new Map(
    request.variants.map((partial) => {
      const variant = completeVariant(project, partial);
      if (!variant)
        throw new AppError('invalid-input', 'The project has no option to export yet. Put footage into a slot first.');
      return [variantKey(project, variant), variant] as const;
    }),
  );
  return [...byKey.values()];
}

/** What lies where files are to go: paths below the export folder. */
async function namesIn(outDir: string, wanted: readonly string[]): Promise<string[]> {
  const folders = new Set(wanted.map((name) => posix.dirname(name)));
  const found = [...folders].map(async (folder) => {
    const names = await readdir(join(outDir, folder)).catch(() => []);
    return names.map((name) => posix.join(folder, name));
  });
  return (await Promise.all(found)).flat();
}

/** Permanent ids of one output; made on first use. */
function idsOf(
  store: RenderStore,
  projectId: ProjectId,
  output: Pick<ExportRow, 'variantKey' | 'version'>,
  ratio: Ratio,
): { creative: string; group: string } {
  const key = creativeKey(output);
  return { creative: store.creative(projectId, key, ratio), group: store.ratioGroup(projectId, key) };
}

/** The day of a moment here, YYYY-MM-DD. */
export function localDate(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
