import { AppError } from '#shared/errors/index.ts';
import { completeVariant, type Project, type ProjectId, variantKey, variantName } from '#shared/model/index.ts';
import type { RenderContext } from '../context.ts';
import type { ExportRow } from '../schema.ts';

/** The columns of an export that show its project as it is now. */
export type FreshColumns = Pick<ExportRow, 'snapshotId' | 'projectName' | 'variantName'>;

/** Projects as they are now; or why one is not there any more. */
export async function projectsOf(
  { deps }: RenderContext,
  rows: readonly Pick<ExportRow, 'projectId'>[],
): Promise<Map<ProjectId, Project | AppError>> {
  const projects = new Map<ProjectId, Project | AppError>();
  for (const projectId of new Set(rows.map((row) => row.projectId))) {
    try {
      projects.set(projectId, await deps.projects.get(projectId));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
      projects.set(projectId, error);
    }
  }
  return projects;
}

/** True while the project still has the very variant that was exported. */
export function hasVariant(project: Project, row: Pick<ExportRow, 'variant' | 'variantKey'>): boolean {
  const completed = completeVariant(project, row.variant);
  return completed !== null && variantKey(project, completed) === row.variantKey;
}

/** The error for a variant that has left its project. */
export function variantGone(): AppError {
  return new AppError('not-found', 'This variant is not in the project any more. Export another one.');
}

/**
 * Makes the columns that renew exports, keeping each project once; use it within the transaction that stores them. An
 * error when the export cannot be made any more.
 */
export function renewal(
  { tools }: RenderContext,
  projects: ReadonlyMap<ProjectId, Project | AppError>,
): (row: ExportRow) => FreshColumns | AppError {
  const snapshots = new Map<ProjectId, number>();
  return (row) => {
    const project = projects.get(row.projectId);
    if (project instanceof AppError) return project;
    if (!project || !hasVariant(project, row)) return variantGone();
    const snapshotId = snapshots.get(project.id) ?? tools.store.saveSnapshot(project, tools.clock.nowMs());
    snapshots.set(project.id, snapshotId);
    return { snapshotId, projectName: project.name, variantName: variantName(project, row.variant) };
  };
}
