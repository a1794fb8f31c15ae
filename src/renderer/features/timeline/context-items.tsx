import {
  AudioLines,
  Bookmark,
  ClipboardPaste,
  Copy,
  Equal,
  Film,
  Link2,
  Palette,
  Replace,
  Scissors,
  Spline,
  SquareSplitHorizontal,
  Trash2,
  Type,
  Unlink,
} from 'lucide-react';
import type { MenuItem } from '../../ui/index.ts';
import { clipboard, copiedClip } from './clipboard.ts';
import { type EditActions, hasSound } from './edit-actions.ts';
import type { EditorModel } from './editor-model.ts';
import { canDetach } from './model/detach-audio.ts';
import { type Gap, mainGaps } from './model/gaps.ts';
import { keepLinked } from './model/links.ts';
import { closeLaneGapsEdit } from './model/range.ts';
import { assetOf } from './model/trim.ts';
import { heard, type SoundActions } from './sound-actions.ts';
import type { TimelineActions } from './timeline-commands.ts';
import { addTransitionItems, transitionItemsMenu } from './transition-menu.tsx';
import type { RangeActions } from './use-range.ts';

/** Lines about what belongs together: only those that can be done. */
function linkItems(model: EditorModel, edits: EditActions): MenuItem[] {
  const { selectedItems, assets } = model;
  const canBeDetached = selectedItems.some((item) => canDetach(item, hasSound(item, assets)));
  const isLinked = selectedItems.some((item) => item.clip.linkId !== null);
  const isMedia = selectedItems.some((item) => item.clip.content.kind === 'media');
  const items: MenuItem[] = [
    ...(canBeDetached
      ? [{ label: 'Detach audio', icon: <AudioLines />, shortcut: 'Mod+Shift+D', onSelect: edits.detachAudio }]
      : []),
    ...(isLinked ? [{ label: 'Unlink', icon: <Unlink />, shortcut: 'Mod+Shift+L', onSelect: edits.unlink }] : []),
    ...(!isLinked && selectedItems.length > 1
      ? [{ label: 'Link', icon: <Link2 />, shortcut: 'Mod+L', onSelect: edits.link }]
      : []),
    ...(isMedia
      ? [
          {
            label: 'Replace media…',
            icon: <Replace />,
            shortcut: 'Alt+R',
            onSelect: () => void edits.replaceMedia(),
          },
        ]
      : []),
  ];
  return items.length === 0 ? [] : [{ kind: 'separator' }, ...items];
}

/** Lines about what selected clips sound like. */
function soundItems(model: EditorModel, sounds: SoundActions): MenuItem[] {
  const count = heard(model).length;
  const point = {
    label: 'Volume point at the playhead',
    icon: <Spline />,
    shortcut: 'Alt+V',
    onSelect: sounds.volumePoint,
  };
  const match = {
    label: 'Match loudness',
    icon: <Equal />,
    shortcut: 'Alt+N',
    onSelect: () => void sounds.matchLoudness(),
  };
  return [...(count > 0 ? [point] : []), ...(count > 1 ? [match] : [])];
}

/** Where on the timeline a menu was opened. */
export interface MenuPlace {
  /** The gap under the pointer. */
  gap: Gap | null;
  laneKey: string;
}

/** Lines about the stretch between in and out, where one is marked. */
function rangeItems({ range, remove, clear }: RangeActions): MenuItem[] {
  if (!range) return [];
  return [
    { label: 'Cut out from in to out', icon: <Scissors />, shortcut: "'", onSelect: () => remove(true) },
    { label: 'Empty from in to out', shortcut: ';', onSelect: () => remove(false) },
    { label: 'Clear in and out', shortcut: 'Alt+X', onSelect: clear },
    { kind: 'separator' },
  ];
}

/** The line that closes all gaps of the lane under the pointer, unless it is the main one, which has its own. */
function laneGapItems(model: EditorModel, laneKey: string): MenuItem[] {
  const lane = model.view.lanes.find((one) => one.key === laneKey && !one.isMain);
  const edit = lane ? closeLaneGapsEdit(lane) : null;
  if (!lane || !edit) return [];
  const close = () => void model.commit(keepLinked(model.base, edit, 'Close gaps'));
  return [{ label: `Close all gaps of “${lane.name}”`, onSelect: close }];
}

const pasteWords = () => (clipboard()?.kind === 'transition' ? 'Paste transition' : 'Paste');

/** Lines of the timeline's context menu for what is selected. */
export function contextItems(
  model: EditorModel,
  { actions, edits, sounds }: { actions: TimelineActions; edits: EditActions; sounds: SoundActions },
  { gap, laneKey, range }: MenuPlace & { range: RangeActions },
): MenuItem[] {
  const isOnTransition = model.selectedTransitions.length > 0 || model.selectedSeam !== null;
  if (!gap && isOnTransition && model.selectedItems.length === 0) return transitionItemsMenu(model, actions);
  // A right click into a gap is about the gap, whatever is selected.
  const [item] = gap ? [] : model.selectedItems;
  const assetId = model.selectedItems.length === 1 && item ? assetOf(item) : null;
  const onSource = model.onOpenSource;
  if (!item) {
    return [
      ...rangeItems(range),
      ...(gap ? [{ label: 'Close this gap', onSelect: () => edits.closeGap(gap) }] : []),
      ...laneGapItems(model, laneKey),
      {
        label: 'Close all gaps of the main track',
        shortcut: 'Shift+G',
        onSelect: edits.closeGaps,
        isDisabled: mainGaps(model.view).length === 0,
      },
      { kind: 'separator' },
      { label: pasteWords(), icon: <ClipboardPaste />, shortcut: 'Mod+V', onSelect: actions.paste },
      { kind: 'separator' },
      { label: 'Add text', icon: <Type />, shortcut: 'T', onSelect: actions.addText },
      { label: 'Add colour', icon: <Palette />, shortcut: 'Shift+T', onSelect: actions.addColour },
      { label: 'Add or edit a marker', icon: <Bookmark />, shortcut: 'M', onSelect: edits.mark },
      ...(model.selectedGlobal
        ? [
            { kind: 'separator' as const },
            { label: 'Remove', icon: <Trash2 />, shortcut: 'Delete', onSelect: actions.remove, isDangerous: true },
          ]
        : []),
    ];
  }
  return [
    { label: 'Split at the playhead', icon: <SquareSplitHorizontal />, shortcut: 'S', onSelect: actions.split },
    { kind: 'separator' },
    { label: 'Cut', icon: <Scissors />, shortcut: 'Mod+X', onSelect: actions.cut },
    { label: 'Copy', icon: <Copy />, shortcut: 'Mod+C', onSelect: actions.copy },
    { label: pasteWords(), icon: <ClipboardPaste />, shortcut: 'Mod+V', onSelect: actions.paste },
    { label: 'Duplicate', shortcut: 'Mod+D', onSelect: actions.duplicate },
    {
      label: 'Paste attributes…',
      shortcut: 'Mod+Alt+V',
      onSelect: edits.pasteAttributes,
      isDisabled: copiedClip() === null,
    },
    ...addTransitionItems(model),
    ...soundItems(model, sounds),
    ...linkItems(model, edits),
    ...(range.range ? [{ kind: 'separator' as const }, ...rangeItems(range).slice(0, -1)] : []),
    ...(assetId && onSource
      ? [
          { kind: 'separator' as const },
          { label: 'Open in source viewer', icon: <Film />, onSelect: () => onSource(assetId) },
        ]
      : []),
    { kind: 'separator' },
    {
      label: 'Delete and close the gap',
      icon: <Trash2 />,
      shortcut: 'Delete',
      onSelect: actions.remove,
      isDangerous: true,
    },
    { label: 'Delete and leave a gap', shortcut: 'Shift+Delete', onSelect: actions.lift, isDangerous: true },
  ];
}
