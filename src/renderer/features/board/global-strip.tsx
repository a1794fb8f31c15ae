import { Image, Mic, Music, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { type GlobalSlot, newId, type OptionId, type Project } from '#shared/model/index.ts';
import { useApplyEdit } from '../../engine/index.ts';
import { cn, IconButton, Menu } from '../../ui/index.ts';
import { stripKinds } from './global-media.ts';
import { GlobalOptionTile } from './global-option-tile.tsx';
import { useGlobalMedia, useMediaDrop } from './use-global-media.ts';

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
    <section
      aria-label="For the whole ad"
      tabIndex={-1}
      data-area
      className="ring-inset-focus flex shrink-0 divide-x divide-line border-t border-line bg-panel"
    >
      {slots.map((slot) => (
        <StripSlot key={slot.id} project={project} slot={slot} />
      ))}
    </section>
  );
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
        id: newId<OptionId>('option'),
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
