import { Image, Mic, Music, Plus } from 'lucide-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import type { GlobalSlot, OptionId, Project } from '#shared/model/index.ts';
import { attempt, desktopBridge, useApplyEdit, useEngine } from '../../engine/index.ts';
import { cn, IconButton, Menu, toast } from '../../ui/index.ts';
import { hasFiles, readDroppedFiles } from '../import/dropped-files.ts';
import { useImport } from '../import/use-import.ts';
import { usePickMedia } from '../media/media-picker.tsx';
import { assetDragType, readAssetDrag } from '../timeline/asset-drag.ts';
import { fitsSlot, kindsFor, setGlobalMedia, stripKinds } from './global-media.ts';
import { GlobalOptionTile } from './global-option-tile.tsx';

const icons: Record<(typeof stripKinds)[number], ReactNode> = {
  music: <Music />,
  'voice-over': <Mic />,
  logo: <Image />,
};

/** What accompanies the whole ad: music, voice-over, logo. Each alternative multiplies the variants. */
export function GlobalStrip({ project }: { project: Project }) {
  const slots = project.globals.filter((slot) => (stripKinds as readonly string[]).includes(slot.kind));
  if (slots.length === 0) return null;
  return (
    <section aria-label="For the whole ad" className="flex shrink-0 divide-x divide-line border-t border-line bg-panel">
      {slots.map((slot) => (
        <StripSlot key={slot.id} project={project} slot={slot} />
      ))}
    </section>
  );
}

/** Ways to put media into a global slot: picked, dragged from the tray, dropped as file. */
export function useGlobalMedia(project: Project, slot: GlobalSlot) {
  const apply = useApplyEdit(project.id);
  const engine = useEngine();
  const pick = usePickMedia();
  const importFiles = useImport();
  const put = (assets: Parameters<typeof setGlobalMedia>[2][], optionId: OptionId | null) => {
    const asset = assets.find((one) => fitsSlot(slot, one));
    if (asset) apply(setGlobalMedia(project, slot, asset, optionId));
    else if (assets.length > 0)
      toast.info(slot.kind === 'logo' ? 'A logo is a picture.' : `${slot.name} needs something with sound.`);
  };
  return {
    pick: async (optionId: OptionId | null) => {
      const title = optionId ? `Swap ${slot.name.toLowerCase()}` : `Add ${slot.name.toLowerCase()}`;
      put(await pick({ title, kinds: kindsFor(slot), isMultiple: false }), optionId);
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

function StripSlot({ project, slot }: { project: Project; slot: GlobalSlot }) {
  const media = useGlobalMedia(project, slot);
  const apply = useApplyEdit(project.id);
  const drop = useMediaDrop((transfer) => void media.drop(transfer, null));
  const hasNone = slot.options.some((option) => option.content.kind === 'none');
  const addNone = () =>
    void apply({
      type: 'global.addOption',
      slotId: slot.id,
      option: {
        id: `option-${crypto.randomUUID().slice(0, 18)}` as OptionId,
        name: `No ${slot.name.toLowerCase()}`,
        content: { kind: 'none' },
      },
    });
  return (
    <section
      aria-label={slot.name}
      {...drop.handlers}
      className={cn('flex min-w-0 grow basis-0 flex-col px-3 py-2', drop.isOver && 'bg-accent-soft')}
    >
      <header className="mb-1 flex h-6 items-center gap-1.5 text-sm">
        <span className="text-ink-3 [&>svg]:size-3.5" aria-hidden>
          {icons[slot.kind as (typeof stripKinds)[number]]}
        </span>
        <h3 className="font-semibold text-ink">{slot.name}</h3>
        <div className="grow" />
        {slot.options.length === 0 ? (
          <IconButton label={`Add ${slot.name.toLowerCase()}`} size="sm" onClick={() => void media.pick(null)}>
            <Plus />
          </IconButton>
        ) : (
          <Menu
            align="end"
            items={[
              { label: 'Add an alternative…', onSelect: () => void media.pick(null) },
              { label: `Also without ${slot.name.toLowerCase()}`, isDisabled: hasNone, onSelect: addNone },
            ]}
          >
            <IconButton label={`Add ${slot.name.toLowerCase()}`} size="sm">
              <Plus />
            </IconButton>
          </Menu>
        )}
      </header>
      {slot.options.length === 0 ? (
        <button
          type="button"
          onClick={() => void media.pick(null)}
          className="h-11 rounded-md border border-dashed border-line-strong text-xs text-ink-3 hover:border-ink-3 hover:text-ink-2"
        >
          {slot.kind === 'logo' ? 'Drop a picture here' : 'Drop sound here'}
        </button>
      ) : (
        <ul className="flex max-h-24 flex-col gap-1 overflow-y-auto">
          {slot.options.map((option) => (
            <GlobalOptionTile key={option.id} project={project} slot={slot} option={option} />
          ))}
        </ul>
      )}
    </section>
  );
}
