import type { ExportRequestInput } from '#shared/contract/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { type EngineClient, useEstimate, useProject, useProjectExports } from '../../engine/index.ts';
import { useSettled } from './use-export-choice.ts';

/** What exporting a request comes to. */
type Estimate = Awaited<ReturnType<EngineClient['render']['estimate']>>;

/** An estimate on its way. */
export interface LiveEstimate {
  /** The last answer; null before the first, and while nothing is asked. */
  answer: Estimate | null;
  error: unknown;
  /** False while the figures belong to an earlier choice. */
  isFresh: boolean;
}

/** Follows a request once it has been still for a moment, and what it depends on: the project, and exports begun or ended. */
export function useLiveEstimate(projectId: ProjectId, request: ExportRequestInput | null): LiveEstimate {
  const settled = useSettled(request, 200);
  const { data: state } = useProject(projectId);
  const exports = useProjectExports(projectId);
  const done = exports.filter((one) => one.state !== 'queued' && one.state !== 'running').length;
  const isExporting = done < exports.length;
  const stamp = `${state?.headSeq ?? 0}:${isExporting ? 'exporting' : done}`;
  const { data, error, isFetching } = useEstimate(settled, stamp);
  return {
    answer: request === null ? null : (data ?? null),
    error: request === null ? null : error,
    isFresh: !isFetching && settled === request,
  };
}
