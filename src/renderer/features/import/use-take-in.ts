import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ProjectState } from '#shared/contract/index.ts';
import type { ProjectId, SlotId } from '#shared/model/index.ts';
import { stillFramesAt } from '#shared/model/recipes.ts';
import { keys, useApplyEdit, useSettings } from '../../engine/index.ts';
import { toast } from '../../ui/index.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import type { Incoming } from './dropped-files.ts';
import { addOptionsEdit, sortMedia, splitForPart } from './sort-media.ts';
import { useImport } from './use-import.ts';
import { useOfferSound } from './use-offer-sound.ts';

/** Where files should land after they have been imported. */
export type Landing = { kind: 'library' } | { kind: 'by-name' } | { kind: 'slot'; slotId: SlotId };

/** Imports files and puts them where they belong: the library alone, the slots their names say, or one slot. */
export function useTakeIn(): (incoming: Incoming, landing: Landing) => Promise<void> {
  const importFiles = useImport();
  const queries = useQueryClient();
  const { id, state } = useCurrentProject();
  const offerSound = useOfferSound(state?.project ?? null);
  const apply = useApplyEdit(id ?? ('none' as ProjectId));
  const stillSeconds = useSettings().data?.stillSeconds ?? 3;
  return useCallback(
    async (incoming, landing) => {
      const imported = await importFiles(incoming);
      if (!imported || landing.kind === 'library' || !id) return;
      const project = queries.getQueryData<ProjectState>(keys.project(id))?.project;
      if (!project) return;
      const stillFrames = stillFramesAt(project.rate, stillSeconds);
      if (landing.kind === 'slot') {
        const { shown, sounds } = splitForPart(imported.assets);
        const wanted = shown.map((asset) => ({ slotId: landing.slotId, item: { asset } }));
        const edit = addOptionsEdit(project, wanted, stillFrames);
        // Sound beside pictures waits in the tray; alone it would seem to have vanished.
        if (edit) apply(edit);
        else offerSound(sounds, project.slots.find((slot) => slot.id === landing.slotId)?.name ?? 'this part');
        return;
      }
      const { edit, added } = sortMedia(project, imported.assets, stillFrames);
      if (edit && apply(edit)) {
        toast.done(`Sorted by name: ${added.map((one) => `${one.count} → ${one.slotName}`).join(', ')}`);
      }
    },
    [importFiles, queries, id, apply, stillSeconds, offerSound],
  );
}
