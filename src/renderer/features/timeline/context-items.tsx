import { ClipboardPaste, Copy, Film, Palette, Scissors, SquareSplitHorizontal, Trash2, Type } from 'lucide-react';
import type { MenuItem } from '../../ui/index.ts';
import type { EditorModel } from './editor-model.ts';
import { assetOf } from './model/trim.ts';
import type { TimelineActions } from './timeline-commands.ts';

/** Lines of the timeline's context menu for what is selected. */
export function contextItems(model: EditorModel, actions: TimelineActions): MenuItem[] {
  const [item] = model.selectedItems;
  const assetId = model.selectedItems.length === 1 && item ? assetOf(item) : null;
  const onSource = model.onOpenSource;
  if (!item) {
    return [
      { label: 'Paste', icon: <ClipboardPaste />, shortcut: 'Mod+V', onSelect: actions.paste },
      { kind: 'separator' },
      { label: 'Add text', icon: <Type />, shortcut: 'T', onSelect: actions.addText },
      { label: 'Add colour', icon: <Palette />, shortcut: 'Shift+T', onSelect: actions.addColour },
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
    { label: 'Paste', icon: <ClipboardPaste />, shortcut: 'Mod+V', onSelect: actions.paste },
    { label: 'Duplicate', shortcut: 'Mod+D', onSelect: actions.duplicate },
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
