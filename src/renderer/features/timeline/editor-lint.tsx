import { useRef } from 'react';
import type { Ratio } from '#shared/model/index.ts';
import { type Command, useCommands } from '../../ui/index.ts';
import { LintButton, type LintRow, useLintPanel } from '../lint/index.ts';
import { useTransportState } from '../player/index.ts';
import { type EditorModel, useEditor } from './editor-model.ts';
import { appliedToAll, type LayoutHolder, layoutChange, resetIn } from './model/ratio-layout.ts';
import { useOnlyThisRatio } from './only-this-ratio.ts';

/** The timeline's own name of what a finding is about; null when it is not shown as a clip of its own. */
function keyOf({ view, globals }: EditorModel, { finding }: LintRow): string | null {
  const { clipId, slotId, startFrame } = finding;
  const items = view.items.filter(
    ({ clip, section }) => clip.id === clipId && section.slotId === (slotId ?? section.slotId),
  );
  const item = items.find((one) => startFrame >= one.startFrame && startFrame < one.endFrame) ?? items[0];
  const global = globals.flatMap((lane) => lane.items).find(({ clip }) => clip.id === clipId);
  return item?.key ?? global?.key ?? null;
}

function selectedHolders({ selectedItems, selectedGlobal }: EditorModel): LayoutHolder[] {
  if (selectedItems.length > 0) return selectedItems.filter(({ lane }) => lane.kind === 'visual');
  return selectedGlobal?.slot.kind === 'logo' ? [selectedGlobal] : [];
}

/** Checks what is edited against the safe zones, and mends it; with the commands for layouts of single ratios. */
export function EditorLint({ onRatioChange }: { onRatioChange: (ratio: Ratio) => void }) {
  const model = useEditor();
  const { base, timeline, ratio, sources, transport, select, commit } = model;
  const group = 'Layout';
  // During a drag the last state at rest is looked at: hundreds of clips take longer than a picture of the drag may.
  const isDragging = useTransportState(transport, (state) => state.isScrubbing);
  const rested = useRef(timeline);
  if (!isDragging) rested.current = timeline;
  const scene = { project: base, timeline: rested.current, ratio, sources, commit, group };
  const { lint, isOpen, setOpen, move, openCommand } = useLintPanel(scene);
  const [isOnlyHere, setOnlyHere] = useOnlyThisRatio();
  const show = (row: LintRow) => {
    const key = keyOf(model, row);
    transport.pause();
    transport.seek(row.finding.startFrame);
    if (key) select([key]);
  };
  const holders = selectedHolders(model);
  const onSelection = { group, isEnabled: holders.length > 0 };
  const commands: Command[] = [
    openCommand,
    {
      ...{ id: 'lint.move', label: 'Move into the safe zone', keys: 'Alt+Shift+Z', ...onSelection },
      run: () => move(holders.map(({ clip }) => clip.id)),
    },
    {
      ...{ id: 'layout.onlyHere', group, keys: 'Alt+O', run: () => setOnlyHere(!isOnlyHere) },
      label: isOnlyHere ? 'Change layouts for all ratios' : `Change layouts only for ${ratio}`,
    },
    {
      ...{ id: 'layout.reset', label: 'Reset layout to all ratios', keys: 'Alt+Shift+R', ...onSelection },
      run: () => commit(layoutChange(holders, `Same layout in ${ratio}`, (shape) => resetIn(shape, ratio, null))),
    },
    {
      ...{ id: 'layout.apply', label: 'Apply layout to all ratios', keys: 'Alt+Shift+A', ...onSelection },
      run: () =>
        commit(layoutChange(holders, `Layout of ${ratio} in all`, (shape) => appliedToAll(shape, ratio, null))),
    },
  ];
  useCommands(commands);
  return (
    <LintButton
      lint={lint}
      ratio={ratio}
      rate={base.rate}
      isOpen={isOpen}
      onOpenChange={setOpen}
      onRatioChange={onRatioChange}
      onShow={show}
      onMove={(rows) => move(rows.map(({ clipId }) => clipId))}
    />
  );
}
