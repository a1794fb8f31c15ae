import { useNavigate } from '@tanstack/react-router';
import { FilePlus2, FolderInput, Library, Pencil, Scissors, Trash2 } from 'lucide-react';
import { type AssetId, newId, type OptionId, type Project, type TimedSlot } from '#shared/model/index.ts';
import { editsForNewOption, type MediaItem, stillFramesAt } from '#shared/model/recipes.ts';
import { attempt, desktopBridge, useApplyEdit, useEngine, useSettings, useUndo } from '../../engine/index.ts';
import { type MenuItem, toast } from '../../ui/index.ts';
import { hasFiles, readDroppedFiles } from '../import/dropped-files.ts';
import { addOptionsEdit, isShown, splitForPart } from '../import/sort-media.ts';
import { chooseFiles } from '../import/use-choose-media.ts';
import { useOfferSound } from '../import/use-offer-sound.ts';
import { useTakeIn } from '../import/use-take-in.ts';
import { usePickMedia } from '../media/media-picker.tsx';
import { type DraggedAsset, readAssetDrag } from '../timeline/asset-drag.ts';
import { readOptionDrag } from './option-drag.ts';

interface SlotPlace {
  project: Project;
  slot: TimedSlot;
  index: number;
  rename: () => void;
}

interface SlotActions {
  items: MenuItem[];
  rename: (name: string) => void;
  drop: (transfer: DataTransfer) => void;
  addFromLibrary: () => void;
  addFiles: () => void;
}

/** Puts media into a slot: one new option each. */
export function useAddToSlot(project: Project): (slot: TimedSlot, dragged: readonly DraggedAsset[]) => Promise<void> {
  const engine = useEngine();
  const apply = useApplyEdit(project.id);
  const offerSound = useOfferSound(project);
  const stillSeconds = useSettings().data?.stillSeconds ?? 3;
  return async (slot, dragged) => {
    const answer = await attempt(() => engine.library.getMany({ ids: dragged.map((one) => one.assetId) }));
    if (!answer) return;
    const known = new Map<AssetId, (typeof answer.assets)[number]>(answer.assets.map((asset) => [asset.id, asset]));
    const wanted = dragged.flatMap(({ assetId, ...range }) => {
      const asset = known.get(assetId);
      const item: MediaItem | null = asset && isShown(asset) ? { asset, ...range } : null;
      return item ? [{ slotId: slot.id, item }] : [];
    });
    const edit = addOptionsEdit(project, wanted, stillFramesAt(project.rate, stillSeconds));
    if (edit) return void apply(edit);
    const { sounds } = splitForPart(answer.assets);
    if (sounds.length > 0) offerSound(sounds, slot.name);
    else
      toast.info(
        'Captions go onto a timeline, by “Put captions on” in their menu. Documents cannot be put into an ad.',
      );
  };
}

function useAdding(project: Project, slot: TimedSlot) {
  const apply = useApplyEdit(project.id);
  const add = useAddToSlot(project);
  const takeIn = useTakeIn();
  const pick = usePickMedia();
  const navigate = useNavigate();
  const addFromLibrary = async () => {
    const assets = await pick({ title: `Add to ${slot.name}`, kinds: ['video', 'image'], isMultiple: true });
    if (assets.length > 0)
      await add(
        slot,
        assets.map((asset) => ({ assetId: asset.id })),
      );
  };
  const addFiles = async () => takeIn(await chooseFiles(), { kind: 'slot', slotId: slot.id });
  const addEmpty = () => {
    const optionId = newId<OptionId>('option');
    if (!apply(editsForNewOption({ project, slotId: slot.id, items: [], stillFrames: 1, optionId }))) return;
    void navigate({ to: '/edit/$kind/$id', params: { kind: 'option', id: optionId } });
  };
  const addNone = () =>
    void apply({
      type: 'option.add',
      slotId: slot.id,
      option: { id: newId<OptionId>('option'), name: `No ${slot.name}`, content: { kind: 'none' } },
    });
  const drop = (transfer: DataTransfer) => {
    const optionId = readOptionDrag(transfer);
    if (optionId) {
      const from = slot.options.findIndex((one) => one.id === optionId);
      const index = slot.options.length - (from >= 0 ? 1 : 0);
      return void apply({ type: 'option.move', optionId, slotId: slot.id, index });
    }
    const dragged = readAssetDrag(transfer);
    if (dragged.length > 0) return void add(slot, dragged);
    if (hasFiles(transfer)) {
      void readDroppedFiles(transfer, desktopBridge()).then((files) =>
        takeIn(files, { kind: 'slot', slotId: slot.id }),
      );
    }
  };
  return { addFromLibrary, addFiles, addEmpty, addNone, drop };
}

/** What can be done with a part of the ad. */
export function useSlotActions({ project, slot, index, rename }: SlotPlace): SlotActions {
  const apply = useApplyEdit(project.id);
  const { undo } = useUndo(project.id);
  const adding = useAdding(project, slot);
  const remove = () => {
    if (apply({ type: 'slot.remove', slotId: slot.id }))
      toast.done(`“${slot.name}” removed.`, { label: 'Undo', onClick: undo });
  };
  const hasNone = slot.options.some((option) => option.content.kind === 'none');
  const items: MenuItem[] = [
    { label: 'Add from the library…', icon: <Library />, onSelect: () => void adding.addFromLibrary() },
    { label: 'Add files…', icon: <FolderInput />, onSelect: () => void adding.addFiles() },
    { label: 'Add an empty timeline', icon: <Scissors />, onSelect: adding.addEmpty },
    { label: `Add “No ${slot.name}”`, icon: <FilePlus2 />, isDisabled: hasNone, onSelect: adding.addNone },
    { kind: 'separator' },
    { label: 'Rename', icon: <Pencil />, onSelect: rename },
    {
      label: 'Move left',
      isDisabled: index === 0,
      onSelect: () => void apply({ type: 'slot.move', slotId: slot.id, index: index - 1 }),
    },
    {
      label: 'Move right',
      isDisabled: index >= project.slots.length - 1,
      onSelect: () => void apply({ type: 'slot.move', slotId: slot.id, index: index + 1 }),
    },
    { kind: 'separator' },
    {
      label: 'Remove part',
      icon: <Trash2 />,
      isDangerous: true,
      isDisabled: project.slots.length < 2,
      onSelect: remove,
    },
  ];
  return {
    items,
    rename: (name) => void apply({ type: 'slot.rename', slotId: slot.id, name }),
    drop: adding.drop,
    addFromLibrary: () => void adding.addFromLibrary(),
    addFiles: () => void adding.addFiles(),
  };
}
