import { Ellipsis, Pause, Pencil, Play, Repeat2, Trash2, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Asset, GlobalOption, GlobalSlot, Project } from '#shared/model/index.ts';
import {
  originalUrl,
  playableUrl,
  renditionUrl,
  useApplyEdit,
  useAsset,
  useMediaBase,
  useUndo,
} from '../../engine/index.ts';
import { usePlayingCard } from '../../state/index.ts';
import { cn, IconButton, InlineEdit, Menu, type MenuItem, Popover, Slider, toast } from '../../ui/index.ts';
import { MediaThumb } from '../media/media-thumb.tsx';
import { Waveform } from '../media/waveform.tsx';
import { mediaOf, setGainEdit } from './global-media.ts';
import { LogoWords } from './logo-words.tsx';
import { useGlobalMedia, useMediaDrop } from './use-global-media.ts';

interface GlobalOptionTileProps {
  project: Project;
  slot: GlobalSlot;
  option: GlobalOption;
}

/** One alternative of music, voice-over or logo. Media dropped on it takes its place. */
export function GlobalOptionTile({ project, slot, option }: GlobalOptionTileProps) {
  const apply = useApplyEdit(project.id);
  const { undo } = useUndo(project.id);
  const media = useGlobalMedia(project, slot);
  const drop = useMediaDrop((transfer) => void media.drop(transfer, option.id));
  const [isRenaming, setIsRenaming] = useState(false);
  const held = mediaOf(option);
  const { data: asset } = useAsset(held?.assetId ?? null);
  const remove = () => {
    if (apply({ type: 'option.remove', optionId: option.id }))
      toast.done(`“${option.name}” removed.`, { label: 'Undo', onClick: undo });
  };
  const items: MenuItem[] = [
    { label: 'Swap…', icon: <Repeat2 />, onSelect: () => void media.pick(option.id) },
    { label: 'Rename', icon: <Pencil />, onSelect: () => setIsRenaming(true) },
    { kind: 'separator' },
    { label: 'Remove', icon: <Trash2 />, isDangerous: true, onSelect: remove },
  ];
  const hasSound = slot.kind !== 'logo' && asset;
  return (
    <li
      aria-label={option.name}
      {...drop.handlers}
      className={cn(
        'flex h-11 shrink-0 items-center gap-1.5 rounded-md border bg-raise pr-1 pl-1.5',
        drop.isOver ? 'border-accent' : 'border-line',
      )}
    >
      {hasSound && <PlaySound id={option.id} name={option.name} asset={asset} gainDb={held?.gainDb ?? 0} />}
      {slot.kind === 'logo' && asset && (
        <MediaThumb asset={asset} canScrub={false} className="relative size-8 shrink-0 rounded-sm" />
      )}
      {slot.kind === 'logo' && !held && <LogoWords option={option} className="size-8 shrink-0 rounded-sm" />}
      <div className="flex min-w-0 grow basis-0 flex-col">
        <InlineEdit
          label={`Name of ${option.name}`}
          value={option.name}
          isEditing={isRenaming}
          onEditingChange={setIsRenaming}
          onCommit={(name) => apply({ type: 'option.rename', optionId: option.id, name })}
          className="text-xs"
        />
        {hasSound && <Waveform asset={asset} className="relative h-4 w-full" />}
        {held && asset === null && <span className="text-xs text-warn">Not in the library</span>}
      </div>
      {hasSound && <Volume option={option} gainDb={held?.gainDb ?? 0} onCommit={(edit) => apply(edit)} />}
      <Menu items={items} align="end">
        <IconButton label={`More for ${option.name}`} size="sm">
          <Ellipsis />
        </IconButton>
      </Menu>
    </li>
  );
}

function PlaySound({ id, name, asset, gainDb }: { id: string; name: string; asset: Asset; gainDb: number }) {
  const [playing, setPlaying] = usePlayingCard();
  const mediaBase = useMediaBase();
  const audio = useRef<HTMLAudioElement>(null);
  const isPlaying = playing?.id === id;
  const url =
    playableUrl(mediaBase, asset) ?? renditionUrl(mediaBase, asset, 'proxy') ?? originalUrl(mediaBase, asset.id);
  useEffect(() => {
    if (audio.current) audio.current.volume = Math.min(1, 10 ** (gainDb / 20));
  });
  return (
    <>
      <IconButton
        label={isPlaying ? `Stop ${name}` : `Play ${name}`}
        size="sm"
        disabled={asset.isMissing}
        onClick={() => setPlaying(isPlaying ? null : { id, isMuted: false })}
      >
        {isPlaying ? <Pause /> : <Play />}
      </IconButton>
      {isPlaying && (
        // biome-ignore lint/a11y/useMediaCaption: music and voice-over of the ad being made
        <audio ref={audio} src={url} autoPlay onEnded={() => setPlaying(null)} />
      )}
    </>
  );
}

interface VolumeProps {
  option: GlobalOption;
  gainDb: number;
  onCommit: (edit: NonNullable<ReturnType<typeof setGainEdit>>) => void;
}

function Volume({ option, gainDb, onCommit }: VolumeProps) {
  const [shown, setShown] = useState(gainDb);
  useEffect(() => setShown(gainDb), [gainDb]);
  const text = shown <= -40 ? 'Silent' : `${shown > 0 ? '+' : ''}${shown} dB`;
  return (
    <Popover
      label={`Volume of ${option.name}`}
      side="top"
      align="end"
      className="w-56 p-3"
      trigger={
        <button
          type="button"
          aria-label={`Volume of ${option.name}: ${text}`}
          className="tabular flex h-6 shrink-0 items-center gap-1 rounded-md px-1 text-xs text-ink-3 hover:bg-lift hover:text-ink"
        >
          {shown <= -40 ? <VolumeX className="size-3.5" /> : <Volume2 className="size-3.5" />}
          {text}
        </button>
      }
    >
      <div className="flex items-center gap-3">
        <Slider
          label={`Volume of ${option.name}`}
          value={shown}
          min={-40}
          max={12}
          valueText={text}
          onChange={setShown}
          onCommit={(value) => {
            const edit = setGainEdit(option, value <= -40 ? -96 : value);
            if (edit) onCommit(edit);
          }}
        />
        <span className="tabular w-14 text-right text-sm">{text}</span>
      </div>
    </Popover>
  );
}
