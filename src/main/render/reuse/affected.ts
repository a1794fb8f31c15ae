import type { ProjectId } from '#shared/model/index.ts';
import type { RenderContext } from '../context.ts';
import type { NamedEstimate } from '../exports/estimate.ts';
import { releaseStates } from '../exports/variant-states.ts';
import { planAgain } from './reexport.ts';

/** What an edit has touched, and what exporting it again comes to. */
export interface Affected extends NamedEstimate {
  exportIds: string[];
}

/** The sums of several estimates; each is about other files. */
function sumUp(found: readonly NamedEstimate[]): NamedEstimate {
  const [first] = found;
  const sum = (pick: (one: NamedEstimate) => number) => found.reduce((total, one) => total + pick(one), 0);
  return {
    outputs: found.flatMap((one) => one.outputs),
    problems: found.flatMap((one) => one.problems),
    totalSeconds: sum((one) => one.totalSeconds),
    distinctSeconds: sum((one) => one.distinctSeconds),
    missingSeconds: sum((one) => one.missingSeconds),
    estimatedMs: sum((one) => one.estimatedMs),
    estimatedBytes: sum((one) => one.estimatedBytes),
    freeBytes: Math.min(...found.map((one) => one.freeBytes), first ? Number.POSITIVE_INFINITY : 0),
    outDir: first?.outDir ?? '',
  };
}

/**
 * The exports whose newest release differs from the project as it is now. Left out are those that are being exported
 * again already, and those taken off the list: how they were exported is not known any more.
 */
export async function findAffected(
  context: RenderContext,
  projectId: ProjectId,
  signal: AbortSignal,
): Promise<Affected> {
  const { deps, tools } = context;
  const states = await releaseStates(tools, await deps.projects.get(projectId), signal);
  const underWay = tools.store.creativesUnderWay(projectId);
  const changed = states.filter((one) => one.isChanged && !underWay.has(one.creativeId));
  const rows = changed.length === 0 ? [] : tools.store.exportsOf(changed.map((one) => one.exportId));
  const planned = await planAgain(context, rows, signal);
  return { ...sumUp(planned.map(({ found }) => found)), exportIds: rows.map((row) => row.id) };
}
