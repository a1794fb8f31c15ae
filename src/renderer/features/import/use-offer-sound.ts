import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ProjectState } from '#shared/contract/index.ts';
import type { Asset, GlobalSlot, Project } from '#shared/model/index.ts';
import { keys, useApplyEdit } from '../../engine/index.ts';
import { formatCount, toast } from '../../ui/index.ts';
import { setGlobalMedia } from '../board/global-media.ts';

/** Explains that sound cannot be an option of a part, which needs a picture, and offers to put it under the whole ad. */
export function useOfferSound(project: Project | null): (assets: readonly Asset[], partName: string) => void {
  const queries = useQueryClient();
  const apply = useApplyEdit(project?.id ?? ('none' as Project['id']));
  return useCallback(
    (assets, partName) => {
      const [sound] = assets;
      if (!sound || !project) return;
      const put = (kind: GlobalSlot['kind'], label: string) => {
        const onClick = () => {
          // As it is when the offer is taken up.
          const current = queries.getQueryData<ProjectState>(keys.project(project.id))?.project ?? project;
          const slot = current.globals.find((one) => one.kind === kind);
          if (slot && apply(setGlobalMedia(current, slot, sound, null)))
            toast.done(`“${sound.name}” added to ${slot.name}.`);
        };
        return project.globals.some((one) => one.kind === kind) ? { label, onClick } : undefined;
      };
      const message =
        assets.length === 1
          ? `“${sound.name}” has no picture, so it is no option of ${partName}. Play it under the whole ad?`
          : `${formatCount(assets.length, 'sound')} have no picture, so they are no options of ${partName}. They are in the library; drag them to music or voice-over.`;
      if (assets.length > 1) return toast.info(message);
      toast.info(message, put('music', 'As music'), put('voice-over', 'As voice-over'));
    },
    [apply, queries, project],
  );
}
