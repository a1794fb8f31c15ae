import { useNavigate } from '@tanstack/react-router';
import { Maximize2, Play, Scissors, Share } from 'lucide-react';
import { type KeyboardEvent, memo } from 'react';
import type { Project, SourceLengths } from '#shared/model/index.ts';
import { frameToSeconds, toNumber } from '#shared/units/index.ts';
import { useOpenDialog, usePlayingCard, useShowVariant } from '../../state/index.ts';
import { Badge, ContextMenu, formatShortLength, IconButton, type MenuItem } from '../../ui/index.ts';
import { StateMark } from '../exports/state-mark.tsx';
import { PlayablePicture } from './playable-picture.tsx';
import { useVariantTimeline, type VariantCellData } from './use-variants.ts';

interface VariantCellProps {
  project: Project;
  cell: VariantCellData;
  lengths: SourceLengths;
  /** In the ratio shown. */
  mark: 'exported' | 'changed' | null;
}

/** One variant: plays in place, opens in the large player. */
export const VariantCell = memo(function VariantCell({ project, cell, lengths, mark }: VariantCellProps) {
  const timeline = useVariantTimeline(project, cell.variant, lengths);
  const showVariant = useShowVariant();
  const openDialog = useOpenDialog();
  const navigate = useNavigate();
  const [, setPlaying] = usePlayingCard();
  const open = () => {
    setPlaying(null);
    showVariant(cell.variant);
  };
  const items: MenuItem[] = [
    { label: 'Play large', icon: <Play />, shortcut: 'Enter', onSelect: open },
    {
      label: 'Open timeline',
      icon: <Scissors />,
      onSelect: () => void navigate({ to: '/edit/$kind/$id', params: { kind: 'variant', id: cell.key } }),
    },
    {
      label: 'Export this one…',
      icon: <Share />,
      onSelect: () => openDialog({ kind: 'export', variants: [cell.variant] }),
    },
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    open();
  };
  return (
    <ContextMenu items={items}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter on the play button inside opens the large player */}
      <div
        data-testid="variant-cell"
        onKeyDown={onKeyDown}
        onDoubleClick={open}
        className="group relative overflow-hidden rounded-md border border-line bg-raise hover:border-line-strong"
      >
        <PlayablePicture id={`variant:${cell.key}`} name={cell.name} timeline={timeline} />
        <IconButton
          label={`Open ${cell.name} large`}
          size="sm"
          onClick={open}
          className="absolute top-1 right-1 bg-black/65 text-white not-group-focus-within:not-group-hover:opacity-0"
        >
          <Maximize2 />
        </IconButton>
        <p className="mx-1.5 my-1 line-clamp-3 h-10.5 text-xs leading-3.5 text-ink-2" title={cell.name}>
          {cell.shortName}
        </p>
        <span className="absolute top-1 left-1 flex gap-1">
          {timeline && (
            <Badge tone="dark">
              {formatShortLength(toNumber(frameToSeconds(timeline.lengthFrames, project.rate)))}
            </Badge>
          )}
          {mark && (
            <Badge tone="dark">
              <StateMark state={mark} />
            </Badge>
          )}
        </span>
      </div>
    </ContextMenu>
  );
});
