import { type ExportRequest, type ExportView, exportRequestSchema } from '#shared/contract/render.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import { type ExportBatchId, type Project, variantKey } from '#shared/model/index.ts';
import type { RenderContext } from '../context.ts';
import { findExport } from '../exports/manage-exports.ts';
import { hasVariant, projectsOf, variantGone } from '../exports/renew-export.ts';
import { type CellKey, estimateNamed, type PlannedRequest, storeBatch } from '../exports/start-exports.ts';
import { exportState, exportView, isOver } from '../exports/views.ts';
import type { ExportRow } from '../schema.ts';
import { resumeExports } from './pause-exports.ts';

/** Some exports of the same project with the same settings. */
interface Alike {
  project: Project;
  rows: ExportRow[];
}

/** Sorts exports by their settings, in the order they were asked for. Those whose variant is gone are left out. */
async function alikeExports(context: RenderContext, rows: readonly ExportRow[]): Promise<Alike[]> {
  const projects = await projectsOf(context, rows);
  const groups = new Map<string, Alike>();
  for (const row of [...rows].sort((a, b) => a.seq - b.seq)) {
    const project = projects.get(row.projectId);
    if (!project || project instanceof AppError || !hasVariant(project, row)) continue;
    const { projectId, presetId, rateControl, placements, handoff, outDir, namingPattern } = row;
    const key = JSON.stringify([projectId, presetId, rateControl, placements, handoff, outDir, namingPattern]);
    const group = groups.get(key) ?? { project, rows: [] };
    groups.set(key, group);
    group.rows.push(row);
  }
  return [...groups.values()];
}

const cellKey = ({ variantKey: key, ratio, version }: CellKey) => `${ratio} ${version} ${key}`;

function requestOf({ project, rows }: Alike): ExportRequest {
  const first = rows[0];
  const variants = new Map(rows.map((row) => [variantKey(project, row.variant), row.variant]));
  return exportRequestSchema.parse({
    ...{ projectId: project.id, presetId: first?.presetId, outDir: first?.outDir },
    ...{ rateControl: first?.rateControl, placements: first?.placements, handoff: first?.handoff },
    namingPattern: first?.namingPattern,
    variants: [...variants.values()],
    ratios: [...new Set(rows.map((row) => row.ratio))],
    versions: [...new Set(rows.map((row) => row.version))],
  });
}

/**
 * Plans exports again as their next revisions: with the project as it is now and the settings they had. Exports whose
 * variant has left the project are left out.
 */
export async function planAgain(
  context: RenderContext,
  rows: readonly ExportRow[],
  signal: AbortSignal,
): Promise<PlannedRequest[]> {
  const planned: PlannedRequest[] = [];
  const promised: string[] = [];
  for (const alike of await alikeExports(context, rows)) {
    if (signal.aborted) throw cancelledError();
    const cells = new Map(alike.rows.map((row) => [cellKey(row), row]));
    const request = requestOf(alike);
    const found = await estimateNamed(context, request, signal, {
      isWanted: (output) => cells.has(cellKey(output)),
      indexOf: (output) => cells.get(cellKey(output))?.nameIndex ?? 1,
      promised,
    });
    promised.push(...found.outputs.map((output) => output.fileName));
    planned.push({ request, project: alike.project, found });
  }
  return planned;
}

/** Exports some again as one batch, each as its next revision. Throws `not-found` when none of their variants is left. */
export async function reexport(
  context: RenderContext,
  exportIds: readonly string[],
  signal: AbortSignal,
): Promise<{ batchId: ExportBatchId; exports: ExportView[] }> {
  const { store } = context.tools;
  // The newest of each creative: two revisions of one file are one export.
  const rows = new Map(store.exportsOf(exportIds).map((row) => [row.creativeId, row]));
  const planned = await planAgain(context, [...rows.values()], signal);
  if (planned.length === 0) throw variantGone();
  return storeBatch(context, planned);
}

/** Renders one again: what is paused, failed or was cancelled as itself, a finished one as its next revision. */
export async function rerunExport(context: RenderContext, id: string, signal: AbortSignal): Promise<ExportView> {
  const { deps, tools } = context;
  const state = exportState(deps.jobs, findExport(tools, id));
  if (state === 'finished') {
    const [again] = (await reexport(context, [id], signal)).exports;
    if (!again) throw variantGone();
    return again;
  }
  if (!isOver(state) && state !== 'paused')
    throw new AppError('conflict', 'This export is still under way. Cancel it first.');
  await resumeExports(context, { exportIds: [id] });
  return exportView(deps.jobs, findExport(tools, id));
}
