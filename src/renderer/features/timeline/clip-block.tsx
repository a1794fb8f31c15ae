import { Film, Gauge, Image as ImageIcon, Layers, Link2, Palette, Snowflake, Type, VolumeX } from 'lucide-react';
import { memo } from 'react';
import type { Asset, Ratio } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { cn } from '../../ui/index.ts';
import { ClipKeyframes } from './clip-keyframes.tsx';
import { ClipPicture } from './clip-picture.tsx';
import { clipName } from './model/clip-name.ts';
import type { ClipItem } from './model/lanes.ts';
import { isSameBut, isSameClip } from './model/same-clip.ts';

/** What a clip has room for: nothing, handles at its ends, its name as well, handles drawn over the picture. */
export type ClipRoom = 'none' | 'handles' | 'name' | 'all';

/** The part of a clip's filmstrip and waveform that is painted, at a zoom that has come to rest. */
export interface PicturePart {
  pixelsPerFrame: number;
  /** In pixels from the clip's left edge. */
  fromPixel: number;
  toPixel: number;
}

interface ClipBlockProps {
  item: ClipItem;
  asset: Asset | null;
  mediaBase: string;
  ratio: Ratio;
  framesPerSecond: number;
  room: ClipRoom;
  /** Null = nothing of it is in view. */
  picture: PicturePart | null;
  /** How much of the clip's beginning is scrolled out of view. */
  hiddenPixels: number;
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

/** What a clip of a width has room for. */
export function roomOf(widthPixels: number): ClipRoom {
  if (widthPixels <= 14) return 'none';
  if (widthPixels < 30) return 'handles';
  return widthPixels > 40 ? 'all' : 'name';
}

function isSamePicture(a: PicturePart | null, b: PicturePart | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && isSameBut(a, b);
}

function isSame(before: ClipBlockProps, after: ClipBlockProps): boolean {
  const { item, picture, ...rest } = before;
  const { item: nextItem, picture: nextPicture, ...nextRest } = after;
  return isSameBut(rest, nextRest) && isSamePicture(picture, nextPicture) && isSameClip(item, nextItem);
}

/** One clip on its lane, without its place. */
export const ClipBlock = memo(function ClipBlock(props: ClipBlockProps) {
  const { item, asset, ratio, room, height, isSelected, isLifted } = props;
  const { clip } = item;
  const look = lookOf(item, asset);
  const isMissing = clip.content.kind === 'media' && (asset?.isMissing ?? false);
  const name = clipName(item, asset);
  const isNamed = room === 'name' || room === 'all';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a thing to drag, with handles inside; keys reach it through the timeline's commands
    <div
      role="button"
      // Selected ones are reached by Tab, for their menu.
      tabIndex={isSelected ? 0 : -1}
      aria-label={isNamed ? undefined : `Clip ${name}`}
      aria-pressed={isSelected}
      data-clip={item.key}
      data-kind={clip.content.kind}
      className={cn(
        'group absolute top-0 cursor-default overflow-hidden rounded-md [contain:strict] after:pointer-events-none after:absolute after:inset-0 after:rounded-md after:ring-inset focus-visible:outline-none focus-visible:after:ring-3 focus-visible:after:ring-white',
        isSelected ? 'after:ring-2 after:ring-accent' : 'after:ring-1 after:ring-white/15 hover:after:ring-white/35',
        looks[look],
        isLifted && 'opacity-35',
        item.lane.isHidden && 'opacity-40',
        isMissing && 'bg-[repeating-linear-gradient(135deg,#b3262f_0_8px,#3a1013_8px_20px)]',
      )}
      style={{ height, ...(clip.content.kind === 'colour' ? { backgroundColor: clip.content.colour } : {}) }}
    >
      {asset && !isMissing && props.picture && <MediaPicture {...props} asset={asset} picture={props.picture} />}
      {isNamed && (
        <ClipLabel
          item={item}
          asset={asset}
          name={name}
          ratio={ratio}
          hiddenPixels={props.hiddenPixels}
          hasGround={look === 'media'}
          isSelected={isSelected && room === 'all'}
        />
      )}
      {!item.track.isLocked && room !== 'none' && (
        <>
          <TrimHandle edge="start" name={name} isSelected={isSelected} />
          <TrimHandle edge="end" name={name} isSelected={isSelected} />
        </>
      )}
      <ClipKeyframes item={item} ratio={ratio} isSelected={isSelected} />
    </div>
  );
}, isSame);

function MediaPicture(props: ClipBlockProps & { asset: Asset; picture: PicturePart }) {
  const { item, asset, mediaBase, framesPerSecond, height } = props;
  const { pixelsPerFrame, fromPixel, toPixel } = props.picture;
  const { clip } = item;
  if (clip.content.kind !== 'media') return null;
  const isSound = item.lane.kind === 'audio' || asset.kind === 'audio';
  return (
    <ClipPicture
      asset={asset}
      mediaBase={mediaBase}
      sourceInSeconds={toNumber(clip.content.sourceInSeconds)}
      secondsPerPixel={clip.content.isFrozen ? 0 : toNumber(clip.content.speed) / framesPerSecond / pixelsPerFrame}
      fromPixel={fromPixel}
      toPixel={toPixel}
      fullWidth={clip.lengthFrames * pixelsPerFrame}
      height={height}
      hasPicture={!isSound}
      hasSound={
        !clip.content.isFrozen &&
        asset.probe.audio.length > 0 &&
        !clip.audio.isMuted &&
        !item.track.isMuted &&
        height > 30
      }
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
  hiddenPixels: number;
  hasGround: boolean;
  isSelected: boolean;
}) {
  const { item, asset, name, ratio, hiddenPixels, hasGround, isSelected } = props;
  const { clip } = item;
  const { content } = clip;
  const icons = {
    text: Type,
    colour: Palette,
    sequence: Layers,
    composition: Layers,
    media: asset?.kind === 'image' ? ImageIcon : Film,
  };
  const Icon = icons[content.kind];
  const isFrozen = content.kind === 'media' && content.isFrozen === true;
  const isSpedUp = content.kind === 'media' && !isFrozen && content.speed.num !== content.speed.den;
  return (
    <span
      className={cn(
        'pointer-events-none absolute top-0.5 left-0.5 flex h-4 max-w-[calc(100%-4px)] items-center gap-1 rounded-sm px-1 text-xs leading-none',
        hasGround && 'bg-black/60',
        // Clear of the handle.
        isSelected && 'ml-2',
      )}
      style={hiddenPixels > 0 ? { translate: `${hiddenPixels}px` } : undefined}
    >
      {item.lane.kind === 'visual' && content.kind !== 'media' && <Icon className="size-3 shrink-0" aria-hidden />}
      <span className="sr-only">Clip </span>
      <span className="truncate">{name}</span>
      {isFrozen && <Snowflake className="size-3 shrink-0" aria-label="Freeze frame" />}
      {isSpedUp && (
        <span className="tabular flex items-center gap-0.5 text-[#e3b04f]">
          <Gauge className="size-3" aria-hidden />
          {Math.round(toNumber(content.speed) * 100)} %
        </span>
      )}
      {clip.linkId !== null && <Link2 className="size-3 shrink-0 text-white/75" aria-label="Linked" />}
      {clip.audio.isMuted && <VolumeX className="size-3 shrink-0 text-white/75" aria-label="Muted" />}
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
        "absolute inset-y-0 z-1 flex w-2 items-center justify-center before:h-3.5 before:w-0.5 before:rounded-full before:bg-white/90 before:content-['']",
        edge === 'start' ? 'left-0 cursor-w-resize' : 'right-0 cursor-e-resize',
        isSelected ? 'bg-accent' : 'before:opacity-0 group-hover:bg-white/25 group-hover:before:opacity-100',
      )}
    />
  );
}
