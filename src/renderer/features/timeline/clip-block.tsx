import { Film, Gauge, Image as ImageIcon, Layers, Link2, Palette, Type, VolumeX } from 'lucide-react';
import { memo } from 'react';
import type { Asset, Ratio } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { cn } from '../../ui/index.ts';
import { ClipKeyframes } from './clip-keyframes.tsx';
import { ClipPicture } from './clip-picture.tsx';
import { overscanPixels } from './lane-sizes.ts';
import { clipName } from './model/clip-name.ts';
import type { ClipItem } from './model/lanes.ts';

interface ClipBlockProps {
  item: ClipItem;
  asset: Asset | null;
  mediaBase: string;
  ratio: Ratio;
  pixelsPerFrame: number;
  framesPerSecond: number;
  /** Visible pixels of the lane. */
  fromPixel: number;
  toPixel: number;
  height: number;
  isSelected: boolean;
  /** Being dragged elsewhere: drawn faintly in its old place. */
  isLifted: boolean;
}

const looks = {
  media: 'bg-[#233042] text-white',
  sound: 'bg-[#16302d] text-[#bfe8e1]',
  text: 'bg-[#4a3a68] text-white',
  colour: 'text-white',
  nested: 'bg-[#3d3a2a] text-white',
} as const;

/** Kind of a clip as it is drawn. */
function lookOf(item: ClipItem, asset: Asset | null): keyof typeof looks {
  switch (item.clip.content.kind) {
    case 'text':
      return 'text';
    case 'colour':
      return 'colour';
    case 'media':
      return item.lane.kind === 'audio' || asset?.kind === 'audio' ? 'sound' : 'media';
    default:
      return 'nested';
  }
}

/** Pixels from which a clip has room for its label, which then names it. */
const narrowest = 22;

/** One clip on its lane. */
export const ClipBlock = memo(function ClipBlock(props: ClipBlockProps) {
  const { item, asset, ratio, pixelsPerFrame, height, isSelected, isLifted } = props;
  const { clip } = item;
  const look = lookOf(item, asset);
  const left = item.startFrame * pixelsPerFrame;
  const width = Math.max(2, clip.lengthFrames * pixelsPerFrame - 1);
  // The name stays in view while a long clip is scrolled past.
  const hidden = Math.max(0, Math.min(width - 80, props.fromPixel + overscanPixels - left));
  const isMissing = clip.content.kind === 'media' && (asset?.isMissing ?? false);
  const name = clipName(item, asset);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a thing to drag, with handles inside; keys reach it through the timeline's commands
    <div
      role="button"
      tabIndex={-1}
      aria-label={width < narrowest ? `Clip ${name}` : undefined}
      aria-pressed={isSelected}
      data-clip={item.key}
      data-kind={clip.content.kind}
      className={cn(
        'group absolute top-0 cursor-default overflow-hidden rounded-md focus-visible:outline-none',
        looks[look],
        isLifted && 'opacity-35',
        item.lane.isHidden && 'opacity-40',
        isMissing && 'bg-[repeating-linear-gradient(135deg,#b3262f_0_8px,#3a1013_8px_20px)]',
      )}
      style={{
        left,
        width,
        height,
        ...(clip.content.kind === 'colour' ? { backgroundColor: clip.content.colour } : {}),
      }}
    >
      {asset && !isMissing && <MediaPicture {...props} asset={asset} />}
      <ClipLabel
        item={item}
        asset={asset}
        name={name}
        ratio={ratio}
        width={width}
        hiddenPixels={hidden}
        hasGround={look === 'media'}
        isSelected={isSelected}
      />
      <span
        aria-hidden
        className={cn(
          'pointer-events-none absolute inset-0 rounded-md ring-inset',
          isSelected ? 'ring-2 ring-accent' : 'ring-1 ring-white/15 group-hover:ring-white/35',
        )}
      />
      <ClipKeyframes item={item} ratio={ratio} pixelsPerFrame={pixelsPerFrame} isSelected={isSelected} />
      {!item.track.isLocked && width > 14 && (
        <>
          <TrimHandle edge="start" name={name} isSelected={isSelected} />
          <TrimHandle edge="end" name={name} isSelected={isSelected} />
        </>
      )}
    </div>
  );
});

function MediaPicture(props: ClipBlockProps & { asset: Asset }) {
  const { item, asset, mediaBase, pixelsPerFrame, framesPerSecond, height } = props;
  const { clip } = item;
  if (clip.content.kind !== 'media') return null;
  const left = item.startFrame * pixelsPerFrame;
  const width = clip.lengthFrames * pixelsPerFrame;
  const fromPixel = Math.max(0, Math.floor(props.fromPixel - left));
  const toPixel = Math.min(width, Math.ceil(props.toPixel - left));
  if (toPixel <= fromPixel) return null;
  const isSound = item.lane.kind === 'audio' || asset.kind === 'audio';
  return (
    <ClipPicture
      asset={asset}
      mediaBase={mediaBase}
      sourceInSeconds={toNumber(clip.content.sourceInSeconds)}
      secondsPerPixel={toNumber(clip.content.speed) / framesPerSecond / pixelsPerFrame}
      fromPixel={fromPixel}
      toPixel={toPixel}
      height={height}
      hasPicture={!isSound}
      hasSound={asset.probe.audio.length > 0 && !clip.audio.isMuted && !item.track.isMuted && height > 30}
      gain={10 ** (clip.audio.gainDb / 20)}
      colour={isSound ? '#5fb3a8' : 'rgba(255,255,255,0.75)'}
    />
  );
}

function ClipLabel(props: {
  item: ClipItem;
  asset: Asset | null;
  name: string;
  ratio: Ratio;
  width: number;
  /** How much of the clip's beginning is scrolled out of view. */
  hiddenPixels: number;
  hasGround: boolean;
  isSelected: boolean;
}) {
  const { item, asset, name, ratio, width, hiddenPixels, hasGround } = props;
  const { clip } = item;
  if (width < narrowest) return null;
  const { content } = clip;
  const isSelected = props.isSelected && width > 40;
  const icons = {
    text: Type,
    colour: Palette,
    sequence: Layers,
    composition: Layers,
    media: asset?.kind === 'image' ? ImageIcon : Film,
  };
  const Icon = icons[content.kind];
  const isSpedUp = content.kind === 'media' && content.speed.num !== content.speed.den;
  return (
    <span
      className={cn(
        'pointer-events-none absolute top-0.5 left-0.5 flex h-4 max-w-[calc(100%-4px)] items-center gap-1 rounded-sm px-1 text-xs leading-none',
        hasGround && 'bg-black/60',
        // Clear of the handle.
        isSelected && 'ml-2',
      )}
      style={{ translate: `${hiddenPixels}px` }}
    >
      {item.lane.kind === 'visual' && content.kind !== 'media' && <Icon className="size-3 shrink-0" aria-hidden />}
      <span className="sr-only">Clip </span>
      <span className="truncate">{name}</span>
      {isSpedUp && (
        <span className="tabular flex items-center gap-0.5 text-warn">
          <Gauge className="size-3" aria-hidden />
          {Math.round(toNumber(content.speed) * 100)} %
        </span>
      )}
      {clip.linkId !== null && <Link2 className="size-3 shrink-0 text-ink-2" aria-label="Linked" />}
      {clip.audio.isMuted && <VolumeX className="size-3 shrink-0 text-ink-2" aria-label="Muted" />}
      {clip.overrides[ratio] && (
        <span className="rounded-sm bg-accent px-0.5 text-2xs font-semibold text-accent-ink">{ratio}</span>
      )}
    </span>
  );
}

function TrimHandle({ edge, name, isSelected }: { edge: 'start' | 'end'; name: string; isSelected: boolean }) {
  return (
    <span
      aria-hidden
      data-edge={edge}
      title={`Drag to trim the ${edge} of ${name}`}
      className={cn(
        'absolute inset-y-0 flex w-2 items-center justify-center',
        edge === 'start' ? 'left-0 cursor-w-resize' : 'right-0 cursor-e-resize',
        isSelected ? 'bg-accent' : 'group-hover:bg-white/25',
      )}
    >
      <span
        className={cn('h-3.5 w-0.5 rounded-full bg-white/90', !isSelected && 'opacity-0 group-hover:opacity-100')}
      />
    </span>
  );
}
