import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { ProjectState } from '#shared/contract/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { EditInput, Project, ProjectId } from '#shared/model/index.ts';
import { toast } from '../ui/toast.tsx';
import { useEngine } from './context.tsx';
import { projectEdits } from './project-edits.ts';
import { keys } from './query-keys.ts';

/** Projects, newest change first as the engine lists them. */
export function useProjects(isRemoved = false) {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.projects, isRemoved],
    queryFn: ({ signal }) => engine.projects.list({ isRemoved }, { signal }),
    select: (answer) => answer.projects,
  });
}

/** One project with its place in its history; ahead of the engine by the edits under way. */
export function useProject(id: ProjectId | null) {
  const engine = useEngine();
  const queries = useQueryClient();
  return useQuery({
    queryKey: id ? keys.project(id) : ['project', 'none'],
    queryFn: async ({ signal }) => {
      if (!id) throw new Error('no project');
      await projectEdits(queries).settled(id);
      return engine.projects.get({ id }, { signal });
    },
    enabled: id !== null,
  });
}

/** The steps of a project's history from one on back (null = from the newest that redo would bring). */
export function useHistoryPath(id: ProjectId, fromSeq: number | null, limit: number) {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.history(id), fromSeq, limit],
    queryFn: ({ signal }) => engine.projects.historyPath({ id, fromSeq, limit }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Applies an edit at once and sends it; answers whether it was accepted here. Refusals are shown to the person. */
export type ApplyEdit = (edit: EditInput) => boolean;

/** The way to change a project. Edits show immediately, reach the engine in order, and are undone by `useUndo`. */
export function useApplyEdit(projectId: ProjectId): ApplyEdit {
  const engine = useEngine();
  const queries = useQueryClient();
  return useCallback(
    (edit) => {
      try {
        projectEdits(queries)
          .apply(engine, projectId, edit)
          .catch((error: unknown) => toast.error(error));
        return true;
      } catch (error) {
        toast.error(error);
        return false;
      }
    },
    [engine, queries, projectId],
  );
}

/** The project as it is now, edits of this turn included: what was drawn may be older. Null while it is not read. */
export function useNewestProject(projectId: ProjectId): () => Project | null {
  const queries = useQueryClient();
  return useCallback(
    () => queries.getQueryData<ProjectState>(keys.project(projectId))?.project ?? null,
    [queries, projectId],
  );
}

/** Undo and redo of a project, after the edits under way. */
export function useUndo(projectId: ProjectId): {
  undo: () => void;
  redo: () => void;
  restoreTo: (seq: number) => void;
  /** As a new step that undo takes back. */
  restoreAsStep: (seq: number, label: string) => void;
} {
  const engine = useEngine();
  const queries = useQueryClient();
  return useMemo(() => {
    const edits = projectEdits(queries);
    const tell = (error: unknown) => toast.error(toAppError(error));
    return {
      undo: () => void edits.step(engine, projectId, 'undo').catch(tell),
      redo: () => void edits.step(engine, projectId, 'redo').catch(tell),
      restoreTo: (seq) =>
        void edits.travel(projectId, () => engine.projects.restoreTo({ id: projectId, seq })).catch(tell),
      restoreAsStep: (seq, label) =>
        void edits.travel(projectId, () => engine.projects.restoreAsStep({ id: projectId, seq, label })).catch(tell),
    };
  }, [engine, queries, projectId]);
}
