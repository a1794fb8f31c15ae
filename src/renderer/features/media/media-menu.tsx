import { Ban, Captions, Eye, FolderPlus, Link2, Music, Plus, RotateCw, Star, Trash2 } from 'lucide-react';
import type { Asset, ProjectId } from '#shared/model/index.ts';
import { useCollections } from '../../engine/index.ts';
import { useOpenSource } from '../../state/index.ts';
import type { MenuItem } from '../../ui/index.ts';
import { putItems } from '../captions/put-items.ts';
import { usePutCaptions } from '../captions/use-put-captions.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { useMediaActions } from './use-media-actions.ts';

/** Lines of the menu over one or more media items. `onGone` is told when they leave the listing. */
export function useMediaMenu(assets: readonly Asset[], onGone?: () => void): MenuItem[] {
  const actions = useMediaActions();
  const { id: projectId, state } = useCurrentProject();
  const putCaptions = usePutCaptions(projectId ?? ('none' as ProjectId));
  const { data: collections = [] } = useCollections();
  const openSource = useOpenSource();
  const [first] = assets;
  if (!first) return [];
  const ids = assets.map((asset) => asset.id);
  const isRejected = assets.every((asset) => asset.isRejected);
  const hasSound = assets.length === 1 && first.probe.audio.length > 0;
  const isCaption = assets.length === 1 && first.kind === 'caption';
  const captionItems = state && isCaption ? putItems(state.project, first, putCaptions) : [];
  const failed = assets.some((asset) => asset.renditions.some((rendition) => rendition.state === 'failed'));
  return [
    ...(assets.length === 1
      ? [{ label: 'Open', icon: <Eye />, shortcut: 'Enter', onSelect: () => openSource(first.id) }]
      : []),
    ...(captionItems.length > 0 ? [{ label: 'Put captions on', icon: <Captions />, items: captionItems }] : []),
    ...(state && !isCaption
      ? [
          {
            label: 'Add to the ad',
            icon: <Plus />,
            items: [
              ...state.project.slots.map((slot) => ({
                label: slot.name,
                onSelect: () => actions.addToSlot(assets, slot.id),
              })),
              ...(hasSound
                ? [
                    { kind: 'separator' as const },
                    { label: 'Music', icon: <Music />, onSelect: () => actions.addMusic(first) },
                  ]
                : []),
            ],
          },
        ]
      : []),
    { kind: 'separator' },
    {
      label: 'Rating',
      icon: <Star />,
      items: [5, 4, 3, 2, 1, 0].map((rating) => ({
        label: rating === 0 ? 'None' : '★'.repeat(rating),
        shortcut: String(rating),
        isChecked: assets.every((asset) => asset.rating === rating),
        onSelect: () => actions.update(ids, { rating }),
      })),
    },
    {
      label: isRejected ? 'Take back the rejection' : 'Reject',
      icon: <Ban />,
      shortcut: 'X',
      onSelect: () => {
        actions.update(ids, { isRejected: !isRejected });
        if (!isRejected) onGone?.();
      },
    },
    ...(collections.length > 0
      ? [
          {
            label: 'Put into collection',
            icon: <FolderPlus />,
            items: collections.map((collection) => ({
              label: collection.name,
              onSelect: () => actions.addToCollection(ids, collection),
            })),
          },
        ]
      : []),
    { kind: 'separator' },
    ...(assets.length === 1 && first.isMissing
      ? [{ label: 'Find the file…', icon: <Link2 />, onSelect: () => actions.relink(first.id) }]
      : []),
    ...(failed ? [{ label: 'Make previews again', icon: <RotateCw />, onSelect: () => actions.derive(ids) }] : []),
    {
      label: 'Remove from the library',
      icon: <Trash2 />,
      shortcut: 'Delete',
      isDangerous: true,
      onSelect: () => actions.remove(ids, onGone),
    },
  ];
}
