import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Jobs } from '#main/jobs/index.ts';
import type { ExportRequest, ExportView } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { completeVariant, type ExportBatchId, newId, type Project, variantKey } from '#shared/model/index.ts';
import { findPreset } from '../plan/presets.ts';
import { secondsOf } from '../plan/segment-bounds.ts';
import type { ExportRow } from '../schema.ts';
import type { RenderStore } from '../store.ts';
import { exportJobType, type NamedEstimate, type RenderContext } from '../types.ts';
import { estimate } from './estimate.ts';
import { fileNameFor, uniqueNames } from './file-names.ts';
import { exportView } from './views.ts';

/** Plans a request and names its files; starts nothing. */
export async function estimateNamed(
  context: RenderContext,
  request: ExportRequest,
  signal: AbortSignal,
): Promise<NamedEstimate> {
  const { deps, tools, workers } = context;
  const { store } = tools;
  const settings = deps.settings.get();
  const project = await deps.projects.get(request.projectId);
  const preset = findPreset(request.presetId);
  const outDir = resolve(request.outDir ?? settings.exportFolder ?? deps.paths.exports);
  const variants = completeVariants(project, request);
  const found = await estimate(tools, { project, variants, request, preset, outDir, workers }, signal);
  const pattern = request.namingPattern ?? settings.namingPattern;
  const date = localDate(tools.clock.nowMs());
  const revisions = found.outputs.map((output) => store.nextRevision(project.id, creativeKey(output), output.ratio));
  const wanted = found.outputs.map(({ variant, ratio, version }, n) =>
    fileNameFor(pattern, { project, variant, ratio, version, preset, date, revision: revisions[n] ?? 1, index: n + 1 }),
  );
  const taken = new Set([...(await namesIn(outDir)), ...store.promisedNames(outDir)]);
  const names = uniqueNames(wanted, (name) => taken.has(name.toLowerCase()));
  const outputs = found.outputs.map((output, n) => ({
    ...output,
    fileName: names[n] ?? 'ad.mp4',
    revision: revisions[n] ?? 1,
  }));
  return { ...found, outDir, outputs };
}

/** Stores exports and their jobs in one transaction. Throws what stands in the way of all of them. */
export async function startExports(
  context: RenderContext,
  request: ExportRequest,
  signal: AbortSignal,
): Promise<{ batchId: ExportBatchId; exports: ExportView[] }> {
  const { deps, tools } = context;
  const project = await deps.projects.get(request.projectId);
  const found = await estimateNamed(context, request, signal);
  const blocking = found.problems.filter((problem) => problem.severity === 'error');
  const shared = blocking.find((problem) => problem.variantKey === null);
  const broken = new Set(blocking.map((problem) => problem.variantKey));
  const [first] = blocking;
  // One broken variant does not hold up the others: its own export fails and says why.
  if (shared) throw shared.error;
  if (first && found.outputs.every((output) => broken.has(output.variantKey))) throw first.error;
  if (found.outputs.length === 0)
    throw new AppError('invalid-input', 'There is nothing to export. Choose at least one variant and one ratio.');
  const batchId = insertAll(context, request, project, found);
  return { batchId, exports: tools.store.batch(batchId).map((row) => exportView(deps.jobs, row)) };
}

function insertAll(
  { deps, tools, changed }: RenderContext,
  request: ExportRequest,
  project: Project,
  found: NamedEstimate,
): ExportBatchId {
  const { store, clock } = tools;
  const batchId = newId<ExportBatchId>('batch');
  const now = clock.nowMs();
  deps.db.transaction(() => {
    const snapshotId = store.saveSnapshot(project, now);
    for (const output of found.outputs) {
      const row = {
        ...{ id: newId<string>('export'), batchId, projectId: project.id, projectName: project.name, snapshotId },
        creativeId: store.creative(project.id, creativeKey(output), output.ratio),
        ...{ revision: output.revision, variant: output.variant, variantKey: output.variantKey },
        ...{ variantName: output.variantName, ratio: output.ratio, presetId: request.presetId },
        ...{ outDir: found.outDir, fileName: output.fileName, state: 'queued' as const, createdAt: now },
        ...{ version: output.version, rateControl: request.rateControl, handoff: request.handoff },
        placements: request.placements,
        rate: output.timeline.rate,
        frameCount: output.timeline.lengthFrames,
        durationSeconds: secondsOf(output.timeline.lengthFrames, output.timeline.rate),
      };
      store.insertExport(row);
      enqueueExport(deps.jobs, store, row);
    }
  });
  changed(batchId);
  return batchId;
}

/** Names a variant's version among a project's creatives; see `0006_matrix.sql`. */
export function creativeKey({ variantKey: key, version }: Pick<ExportRow, 'variantKey' | 'version'>): string {
  return version === 'full' ? key : `${key}#${version}`;
}

/** Puts an export into the queue; inside a transaction the two commit together. */
export function enqueueExport(
  jobs: Jobs,
  store: RenderStore,
  row: Pick<ExportRow, 'id' | 'batchId' | 'variantName' | 'ratio'>,
): void {
  const jobId = jobs.enqueue({
    type: exportJobType,
    input: { exportId: row.id },
    title: `Export ${row.variantName} ${row.ratio}`,
    group: row.batchId,
    // After what makes new footage visible, before proxies.
    priority: 40,
  });
  store.updateExport(row.id, { jobId });
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

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).map((name) => name.toLowerCase());
}

function localDate(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
