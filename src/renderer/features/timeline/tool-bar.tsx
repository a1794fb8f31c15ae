import {
  ArrowRightFromLine,
  GalleryHorizontal,
  type LucideIcon,
  MousePointer2,
  MoveHorizontal,
  Scissors,
  SeparatorVertical,
} from 'lucide-react';
import { IconButton } from '../../ui/index.ts';
import { tools } from './edit-actions.ts';
import type { Tool } from './model/tool-edits.ts';

const icons: Readonly<Record<Tool, LucideIcon>> = {
  select: MousePointer2,
  ripple: ArrowRightFromLine,
  roll: SeparatorVertical,
  slip: MoveHorizontal,
  slide: GalleryHorizontal,
  razor: Scissors,
};

/** What each tool makes of a drag, for its tooltip. */
const hints: Readonly<Record<Tool, string>> = {
  select: 'Select and move',
  ripple: 'Ripple: trim and close or open the gap',
  roll: 'Roll: move a cut between two clips',
  slip: 'Slip: show another part of the source',
  slide: 'Slide: move a clip between its neighbours',
  razor: 'Razor: cut where you click (Shift: all tracks)',
};

/** Cursors of clips and of their ends under each tool. */
export const toolCursors: Readonly<Record<Tool, string>> = {
  select: '',
  ripple: '[&_[data-clip]]:cursor-e-resize [&_[data-edge]]:cursor-e-resize',
  roll: '[&_[data-clip]]:cursor-col-resize [&_[data-edge]]:cursor-col-resize',
  slip: '[&_[data-clip]]:cursor-ew-resize [&_[data-edge]]:cursor-ew-resize',
  slide: '[&_[data-clip]]:cursor-grab [&_[data-edge]]:cursor-grab',
  razor: '[&_[data-clip]]:cursor-crosshair [&_[data-edge]]:cursor-crosshair',
};

/** The choice of what the pointer does on clips. */
export function ToolBar({ tool, onTool }: { tool: Tool; onTool: (tool: Tool) => void }) {
  return tools.map((one) => {
    const Icon = icons[one.tool];
    return (
      <IconButton
        key={one.tool}
        label={hints[one.tool]}
        shortcut={one.keys}
        isActive={one.tool === tool}
        onClick={() => onTool(one.tool)}
      >
        <Icon />
      </IconButton>
    );
  });
}
