import { type DragEvent, useState } from 'react';
import type { Asset, GlobalSlot, OptionId, Project } from '#shared/model/index.ts';
import { attempt, desktopBridge, useApplyEdit, useEngine } from '../../engine/index.ts';
import { toast } from '../../ui/index.ts';
import { hasFiles, readDroppedFiles } from '../import/dropped-files.ts';
import { useImport } from '../import/use-import.ts';
import { usePickMedia } from '../media/media-picker.tsx';
import { assetDragType, readAssetDrag } from '../timeline/asset-drag.ts';
import { fitsSlot, kindsFor, setGlobalMedia } from './global-media.ts';

/** Ways to put media into a global slot: picked, dragged from the tray, dropped as file. */
export function useGlobalMedia(project: Project, slot: GlobalSlot) {
  const apply = useApplyEdit(project.id);
  const engine = useEngine();
  const pick = usePickMedia();
  const importFiles = useImport();
  const put = (assets: Asset[], optionId: OptionId | null) => {
    const asset = assets.find((one) => fitsSlot(slot, one));
    if (asset) apply(setGlobalMedia(project, slot, asset, optionId));
    else if (assets.length > 0)
      toast.info(slot.kind === 'logo' ? 'A logo is a picture.' : `${slot.name} needs something with sound.`);
  };
  return {
    pick: async (optionId: OptionId | null) => {
      const title = optionId ? `Swap ${slot.name.toLowerCase()}` : `Add ${slot.name.toLowerCase()}`;
      put(await pick({ title, kinds: kindsFor(slot), hasSound: slot.kind !== 'logo', isMultiple: false }), optionId);
    },
    drop: async (transfer: DataTransfer, optionId: OptionId | null) => {
      const ids = readAssetDrag(transfer).map((one) => one.assetId);
      if (ids.length > 0) {
        const answer = await attempt(() => engine.library.getMany({ ids }));
        return put(answer?.assets ?? [], optionId);
      }
      if (!hasFiles(transfer)) return;
      const imported = await importFiles(await readDroppedFiles(transfer, desktopBridge()));
      put(imported?.assets ?? [], optionId);
    },
  };
}

/** Handlers of a place that takes media and files. */
export function useMediaDrop(onDrop: (transfer: DataTransfer) => void) {
  const [isOver, setIsOver] = useState(false);
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!hasFiles(event.dataTransfer) && !event.dataTransfer.types.includes(assetDragType)) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = 'copy';
        setIsOver(true);
      },
      onDragLeave: () => setIsOver(false),
      onDrop: (event: DragEvent) => {
        setIsOver(false);
        if (!hasFiles(event.dataTransfer) && !event.dataTransfer.types.includes(assetDragType)) return;
        event.preventDefault();
        // React's stop does not reach the window's own listener, which sees the prevented default instead.
        event.stopPropagation();
        onDrop(event.dataTransfer);
      },
    },
  };
}
