import { useEffect } from 'react';
import type { ProjectState } from '#shared/contract/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { useProject, useProjects } from '../../engine/index.ts';
import { useOpenedProjectId } from '../../state/index.ts';

/** The project the studio is working on. */
export interface CurrentProject {
  /** Null while unknown or when there is no project at all. */
  id: ProjectId | null;
  state: ProjectState | null;
  /** True once it is certain that there is no project. */
  isNone: boolean;
  error: unknown;
  open: (id: ProjectId) => void;
}

/** The project opened last if it still exists, else the one changed last. */
export function useCurrentProject(): CurrentProject {
  const [openedId, setOpenedId] = useOpenedProjectId();
  const { data: projects, error: listError } = useProjects();
  const newest = projects?.reduce<(typeof projects)[number] | null>(
    (best, one) => (best && best.updatedAtMs >= one.updatedAtMs ? best : one),
    null,
  );
  const isKnown = projects?.some((one) => one.id === openedId) ?? false;
  const id = projects ? (isKnown ? openedId : (newest?.id ?? null)) : null;
  const project = useProject(id);
  useEffect(() => {
    // What is open stays open, also when another ad is changed later.
    if (id !== null && openedId === null) setOpenedId(id);
  }, [id, openedId, setOpenedId]);
  return {
    id,
    state: project.data ?? null,
    isNone: projects !== undefined && id === null,
    error: listError ?? project.error,
    open: setOpenedId,
  };
}
