import { useAtom } from 'jotai';
import type { ProjectId } from '#shared/model/index.ts';
import { rememberedAtom } from './remembered.ts';

const idAtom = rememberedAtom<ProjectId | null>(
  'project',
  null,
  (value) => value === null || typeof value === 'string',
);

/** The project the user opened last, and how to open another. It may have been removed since. */
export function useOpenedProjectId(): [ProjectId | null, (id: ProjectId | null) => void] {
  return useAtom(idAtom);
}
