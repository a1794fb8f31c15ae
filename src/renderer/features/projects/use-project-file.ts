import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type AppError, toAppError } from '#shared/errors/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { keys, useEngine } from '../../engine/index.ts';
import { useOpenDialog, useOpenedProjectId } from '../../state/index.ts';
import { formatCount, toast } from '../../ui/index.ts';
import { useChoosePath } from '../paths/use-choose-path.ts';

/** Folders that a refused project file asks for; null when it was refused for another reason. */
export function foldersAskedFor(error: AppError): string[] | null {
  const folders = error.code === 'path-refused' ? error.details?.folders : null;
  return Array.isArray(folders) && folders.every((one) => typeof one === 'string') && folders.length > 0
    ? folders
    : null;
}

/** Reads a project file and opens its ad on the board. Media outside its folder is read only after the person agreed. */
export function useOpenProjectFile(): (path: string, grantedFolders?: readonly string[]) => void {
  const engine = useEngine();
  const queries = useQueryClient();
  const [, open] = useOpenedProjectId();
  const openDialog = useOpenDialog();
  const navigate = useNavigate();
  return useCallback(
    (path, grantedFolders = []) => {
      const read = async () => {
        const report = await engine.projects.importFile({ path, grantedFolders: [...grantedFolders] });
        await queries.invalidateQueries({ queryKey: keys.projects });
        open(report.projectId);
        await navigate({ to: '/' });
        const names = report.missingMedia.map((one) => one.name);
        if (names.length === 0) return toast.done('Project file opened.');
        const some = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}`;
        toast.info(`Opened, but ${formatCount(names.length, 'file')} could not be found: ${some}`, {
          label: 'Relink',
          onClick: () => void navigate({ to: '/library', search: { missing: true } }),
        });
      };
      read().catch((failure: unknown) => {
        const error = toAppError(failure);
        const folders = foldersAskedFor(error);
        if (folders && grantedFolders.length === 0) openDialog({ kind: 'grant-folders', path, folders });
        else toast.error(error);
      });
    },
    [engine, queries, open, openDialog, navigate],
  );
}

/** A name that every file system takes. */
export function fileNameFor(projectName: string): string {
  const safe = projectName
    .replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `${safe.slice(0, 120) || 'ad'}.spotloom.json`;
}

/** Writes a project to a file the person chooses. */
export function useSaveProjectFile(): (id: ProjectId, name: string) => Promise<void> {
  const engine = useEngine();
  const choose = useChoosePath();
  return async (id, name) => {
    const path = await choose.save('Save project file', fileNameFor(name), '.spotloom.json');
    if (!path) return;
    const write = async (isOverwriting: boolean) => {
      const answer = await engine.projects.exportFile({ id, path, isOverwriting });
      toast.done(`Saved to ${answer.path}`);
    };
    try {
      await write(false);
    } catch (error) {
      if (toAppError(error).code !== 'conflict') return toast.error(error);
      toast.info('A file of that name is there already.', {
        label: 'Replace it',
        onClick: () => void write(true).catch((failure: unknown) => toast.error(failure)),
      });
    }
  };
}
