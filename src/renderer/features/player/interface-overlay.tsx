import {
  Bookmark,
  Camera,
  CircleUserRound,
  Ellipsis,
  Forward,
  Heart,
  type LucideIcon,
  MessageCircle,
  Music2,
  Repeat2,
  Search,
  Send,
  ThumbsDown,
  ThumbsUp,
  VolumeX,
} from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { assertNever } from '#shared/errors/index.ts';
import {
  type Area,
  type CoveredArea,
  cautiousBox,
  type Placement,
  placements,
  type Ratio,
  safeZoneOf,
} from '#shared/model/index.ts';
import { cn } from '../../ui/index.ts';
import { type OverlayChoice, overlayName } from './overlay-choice.ts';

/** A length in pixels of a screen 1080 wide; pictures of every shape are as wide as the screen. */
const px = (pixels: number): string => `${pixels / 10.8}cqw`;

const placed = ({ x, y, width, height }: Area): CSSProperties => ({
  left: `${x * 100}%`,
  top: `${y * 100}%`,
  width: `${width * 100}%`,
  height: `${height * 100}%`,
});

/** What a placement draws over the picture, as a sketch, with the line that words and logos stay within. */
export function InterfaceOverlay({ ratio, choice }: { ratio: Ratio; choice: OverlayChoice }) {
  const zone = choice === 'all' ? null : safeZoneOf(choice, ratio);
  const safe = zone?.safe ?? cautiousBox(ratio);
  return (
    <div
      aria-hidden
      data-testid="interface-overlay"
      data-placement={choice}
      className="pointer-events-none absolute inset-0 z-10 overflow-hidden text-white/90 [container-type:size]"
    >
      {zone?.covered.map((covered) => (
        <CoveredPart key={covered.part} covered={covered} placement={placements[zone.placement]} />
      ))}
      <div
        data-testid="safe-box"
        className="absolute rounded-sm border border-dashed border-white/80 drop-shadow-[0_0_1px_#000]"
        style={placed(safe)}
      >
        <span className="absolute top-0.5 left-1 max-w-full truncate text-2xs text-white/85 [text-shadow:0_0_2px_#000]">
          {overlayName(choice)}
        </span>
      </div>
    </div>
  );
}

function CoveredPart({ covered, placement }: { covered: CoveredArea; placement: Placement }) {
  return (
    <div
      data-part={covered.part}
      className={cn(
        'absolute overflow-hidden bg-black/40',
        covered.part === 'sound-button' && 'flex items-center justify-center rounded-full',
      )}
      style={placed(covered.area)}
    >
      <Sketch part={covered.part} placement={placement} />
    </div>
  );
}

function Sketch({ part, placement }: { part: CoveredArea['part']; placement: Placement }) {
  switch (part) {
    case 'top-bar':
      return placement.id === 'instagram-stories' ? <StoryHead /> : <TopBar platform={placement.platform} />;
    case 'buttons':
      return <Buttons platform={placement.platform} />;
    case 'caption':
      return <Caption platform={placement.platform} />;
    case 'call-to-action':
      return (
        <Row className="size-full justify-center">
          <Pill width={840} height={72} />
        </Row>
      );
    case 'sound-button':
      return <VolumeX style={{ width: '60%', height: '60%' }} strokeWidth={1.75} />;
    default:
      return assertNever(part);
  }
}

const buttonIcons: Record<'TikTok' | 'Meta' | 'YouTube', readonly LucideIcon[]> = {
  TikTok: [CircleUserRound, Heart, MessageCircle, Bookmark, Forward],
  Meta: [Heart, MessageCircle, Send],
  YouTube: [ThumbsUp, ThumbsDown, MessageCircle, Forward, Repeat2],
};

const family = (platform: Placement['platform']) =>
  platform === 'TikTok' || platform === 'YouTube' ? platform : 'Meta';

function Buttons({ platform }: Pick<Placement, 'platform'>) {
  return (
    <div className="flex size-full flex-col items-center justify-around">
      {buttonIcons[family(platform)].map((Icon) => (
        <Icon key={Icon.displayName} style={{ width: px(68), height: px(68) }} strokeWidth={1.75} />
      ))}
    </div>
  );
}

/** Tabs, search: what stands at the upper edge of a feed of videos. */
function TopBar({ platform }: Pick<Placement, 'platform'>) {
  const Corner = family(platform) === 'Meta' ? Camera : Search;
  return (
    <Row
      className={cn('absolute bottom-0 w-full', family(platform) === 'TikTok' ? 'justify-center' : 'justify-between')}
    >
      {family(platform) === 'TikTok' && <Line width={150} />}
      {family(platform) !== 'YouTube' && <Line width={170} />}
      {family(platform) === 'YouTube' && <span />}
      <span className={cn('flex', family(platform) === 'TikTok' && 'absolute')} style={{ gap: px(40), right: px(40) }}>
        <Corner style={{ width: px(60), height: px(60) }} strokeWidth={1.75} />
        {family(platform) === 'YouTube' && <Ellipsis style={{ width: px(60), height: px(60) }} strokeWidth={1.75} />}
      </span>
    </Row>
  );
}

function StoryHead() {
  return (
    <div className="flex flex-col" style={{ padding: `${px(48)} ${px(32)}`, gap: px(32) }}>
      <div className="flex" style={{ gap: px(10) }}>
        {['full', 'half', 'empty'].map((name) => (
          <span key={name} className="h-[0.6cqw] min-h-px grow rounded-full bg-white/35" />
        ))}
      </div>
      <div className="flex items-center" style={{ gap: px(24) }}>
        <CircleUserRound style={{ width: px(84), height: px(84) }} strokeWidth={1.5} />
        <Line width={260} />
      </div>
    </div>
  );
}

function Caption({ platform }: Pick<Placement, 'platform'>) {
  return (
    <div className="flex flex-col" style={{ padding: `${px(28)} ${px(36)}`, gap: px(30) }}>
      <div className="flex items-center" style={{ gap: px(24) }}>
        {family(platform) !== 'TikTok' && (
          <CircleUserRound style={{ width: px(80), height: px(80) }} strokeWidth={1.5} />
        )}
        <Line width={280} />
        {family(platform) !== 'TikTok' && <Pill width={190} height={64} />}
      </div>
      <Line width={680} />
      <Line width={520} />
      <div className="flex items-center" style={{ gap: px(18) }}>
        <Music2 style={{ width: px(40), height: px(40) }} strokeWidth={1.75} />
        <Line width={320} />
      </div>
    </div>
  );
}

function Row({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cn('flex items-center', className)} style={{ gap: px(40), padding: `${px(24)} ${px(40)}` }}>
      {children}
    </div>
  );
}

/** Stands for words. */
function Line({ width }: { width: number }) {
  return (
    <span className="block shrink-0 rounded-full bg-current opacity-55" style={{ width: px(width), height: px(24) }} />
  );
}

/** Stands for a button with words. */
function Pill({ width, height }: { width: number; height: number }) {
  return (
    <span
      className="block shrink-0 rounded-md border border-current opacity-60"
      style={{ width: px(width), height: px(height) }}
    />
  );
}
