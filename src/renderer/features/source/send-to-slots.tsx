import {
  type Asset,
  editsForNewOption,
  nextOptionName,
  type ProjectId,
  stillFramesAt,
  type TimedSlot,
} from '#shared/model/index.ts';
import { useApplyEdit, useProject, useSettings } from '../../engine/queries.ts';
import { Button, Kbd, toast, useCommands } from '../../ui/index.ts';
import { keepFocus } from '../player/index.ts';
import { type Marks, rangeSeconds } from './marks.ts';

interface SendToSlotsProps {
  projectId: ProjectId;
  asset: Asset;
  marks: Marks;
}

const roleDots = { hook: 'bg-hook', body: 'bg-body', cta: 'bg-cta', custom: 'bg-custom' } as const;

/** One button and one key per slot of the ad: the marked range becomes its next option. */
export function SendToSlots({ projectId, asset, marks }: SendToSlotsProps) {
  const { data: state } = useProject(projectId);
  const apply = useApplyEdit(projectId);
  const stillSeconds = useSettings().data?.stillSeconds ?? 3;
  const slots = state?.project.slots.slice(0, 9) ?? [];
  const canSend = asset.kind === 'video' || asset.kind === 'image' || asset.kind === 'audio';
  const send = (slot: TimedSlot) => {
    if (!state) return;
    const { project } = state;
    const name = nextOptionName(slot);
    const edit = editsForNewOption({
      project,
      slotId: slot.id,
      items: [{ asset, ...rangeSeconds(asset, marks) }],
      stillFrames: stillFramesAt(project.rate, stillSeconds),
      name,
    });
    if (apply(edit)) toast.done(`${name} added to ${project.name}.`);
  };
  useCommands(
    slots.map((slot, index) => ({
      id: `source.send.${slot.id}`,
      label: `Send to ${slot.name}`,
      group: 'Source viewer',
      keys: String(index + 1),
      isEnabled: canSend,
      run: () => send(slot),
    })),
  );
  if (slots.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus where it was
    <div onMouseDown={keepFocus} className="flex flex-wrap items-center gap-1.5">
      <span className="mr-0.5 text-sm text-ink-3">Send to</span>
      {slots.map((slot, index) => (
        <Button key={slot.id} disabled={!canSend} onClick={() => send(slot)}>
          <span aria-hidden className={`size-2 rounded-full ${roleDots[slot.role]}`} />
          <span>
            <span className="sr-only">Send to </span>
            {slot.name}
          </span>
          <Kbd keys={String(index + 1)} />
        </Button>
      ))}
    </div>
  );
}
