import { Move, RotateCcw } from 'lucide-react';
import type { LayoutPatch } from '#shared/model/index.ts';
import { IconButton, Menu } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import { type PanKind, panEdit } from '../model/keyframe-edits.ts';
import { type LayoutHolder, layoutChange, putBack } from '../model/ratio-layout.ts';
import { useOnlyThisRatio } from '../only-this-ratio.ts';
import { Group, Row } from './parts.tsx';
import { type LayoutValue, useLayoutChange, useLayoutShown, ValueRow } from './value-row.tsx';

const usualColours = { exposure: 0, contrast: 0, saturation: 1, temperature: 0, blurPx: 0 } satisfies LayoutPatch;
const usualCrop = { cropLeft: 0, cropTop: 0, cropRight: 0, cropBottom: 0 } satisfies LayoutPatch;

const lookParts = Object.keys(usualColours) as LayoutValue[];
const cropParts = Object.keys(usualCrop) as LayoutValue[];

const pans: readonly { kind: PanKind; label: string }[] = [
  { kind: 'in', label: 'Zoom in slowly' },
  { kind: 'out', label: 'Zoom out slowly' },
  { kind: 'left', label: 'Move left slowly' },
  { kind: 'right', label: 'Move right slowly' },
];

/** Colours, blur and crop of pictures; slow moves (Ken Burns) for stills. */
export function LookGroup({ holders, isStill }: { holders: readonly LayoutHolder[]; isStill: boolean }) {
  const { ratio, commit } = useEditor();
  const layout = useLayoutShown(holders);
  const look = useLayoutChange(holders, 'Change look');
  const crop = useLayoutChange(holders, 'Crop');
  const [isOnlyHere] = useOnlyThisRatio();
  if (!layout) return null;
  const reset = (label: string, usual: LayoutPatch) =>
    commit(layoutChange(holders, label, (shape) => putBack(shape, ratio, usual, isOnlyHere)));
  return (
    <>
      <Group
        title="Look"
        action={
          <IconButton label="Reset look" size="sm" onClick={() => reset('Reset look', usualColours)}>
            <RotateCcw />
          </IconButton>
        }
      >
        {isStill && (
          <Row label="Slow move">
            <Menu
              align="end"
              items={pans.map(({ kind, label }) => ({
                label,
                onSelect: () => commit(panEdit(holders, ratio, kind)),
              }))}
            >
              <button
                type="button"
                className="flex h-7 grow items-center gap-1.5 rounded-md border border-line-strong bg-raise px-2 text-sm hover:border-ink-3/60"
              >
                <Move aria-hidden className="size-3.5 text-ink-3" /> Ken Burns
              </button>
            </Menu>
          </Row>
        )}
        {lookParts.map((part) => (
          <ValueRow key={part} part={part} holders={holders} value={layout[part]} change={look} />
        ))}
      </Group>
      <Group
        title="Crop"
        action={
          <IconButton label="Reset crop" size="sm" onClick={() => reset('Reset crop', usualCrop)}>
            <RotateCcw />
          </IconButton>
        }
      >
        {cropParts.map((part) => (
          <ValueRow key={part} part={part} holders={holders} value={layout[part]} change={crop} />
        ))}
      </Group>
    </>
  );
}
