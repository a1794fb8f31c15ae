import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { toAppError } from '#shared/errors/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { useEngine } from '../../engine/index.ts';
import { useOpenedProjectId } from '../../state/index.ts';
import { formatCount, toast } from '../../ui/index.ts';
import { useChoosePath } from '../paths/use-choose-path.ts';

/** Reads a project file and opens its ad on the board. Media outside its folder is asked for. */
export function useOpenProjectFile(): (path: string) => void {
  const engine = useEngine();
  const [, open] = useOpenedProjectId();
  const navigate = useNavigate();
  return useCallback(
    (path) => {
      const read = async () => {
        try {
          const report = await engine.projects.importFile({ path });
          open(report.projectId);
          await navigate({ to: '/' });
          const missing = report.missingMedia.length;
          if (missing === 0) toast.done('Project file opened.');
          else {
            const names = report.missingMedia
              .slice(0, 3)
              .map((one) => one.name)
              .join(', ');
            toast.info(
              `Opened, but ${formatCount(missing, 'file')} could not be found: ${names}${missing > 3 ? ' …' : ''}`,
              {
                label: 'Relink',
                onClick: () => void navigate({ to: '/library', search: { missing: true } }),
              },
            );
          }
        } catch (error) {
          toast.error(error);
        }
      };
      void read();
    },
    [engine, open, navigate],
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
