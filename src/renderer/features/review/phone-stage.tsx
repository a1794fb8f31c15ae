import { Bookmark, CircleUserRound, Heart, MessageCircle, Music2, Send } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ExportView } from '#shared/contract/index.ts';
import { type Area, cautiousBox, fullSizes, type PlacementId, type Ratio, safeZoneOf } from '#shared/model/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { cn } from '../../ui/index.ts';
import { fitInside } from '../player/fit-inside.ts';
import { Film } from './film.tsx';

/** A usual phone, in the millimetres that screens take for millimetres, and the width of its frame. */
const phone = { widthMm: 72, heightMm: 154, bezelMm: 2 };
const pixelsPerMm = 96 / 25.4;
/** Tall pictures fill the screen; others lie in a feed. */
const fillsScreen: Readonly<Record<Ratio, boolean>> = { '9:16': true, '4:5': false, '1:1': false, '16:9': false };

/** The file as a viewer meets it: in the hand, muted, starting by itself, over and over. */
export function PhoneStage({ file, transport }: { file: ExportView; transport: Transport }) {
  const box = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const room = { width: element.clientWidth - 24, height: element.clientHeight - 52 };
      const size = { width: phone.widthMm * pixelsPerMm, height: phone.heightMm * pixelsPerMm };
      setScale(Math.min(1, fitInside(room, size).height / size.height));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each file starts by itself
  useEffect(() => {
    const before = transport.getState();
    transport.setMuted(true);
    transport.setLooping(true);
    transport.play(1);
    return () => {
      transport.setMuted(before.isMuted);
      transport.setLooping(before.isLooping);
    };
  }, [transport, file.id]);
  const mm = (millimetres: number) => millimetres * pixelsPerMm * scale;
  return (
    <div ref={box} className="flex min-h-0 grow flex-col items-center justify-center gap-2 overflow-hidden py-2">
      <figure
        aria-label="Phone"
        className="relative shrink-0 bg-raise ring-1 ring-line-strong"
        style={{
          width: mm(phone.widthMm),
          height: mm(phone.heightMm),
          padding: mm(phone.bezelMm),
          borderRadius: mm(9),
        }}
      >
        <div
          className="relative flex size-full flex-col overflow-hidden dark-area bg-black"
          style={{ borderRadius: mm(7) }}
        >
          <Screen file={file} unit={mm(1)} />
        </div>
      </figure>
      <p className="text-xs text-ink-3">
        {scale < 0.99 ? 'Smaller than life: the window is low' : 'About as large as in the hand'} · muted · words belong
        inside the dashed line
      </p>
    </div>
  );
}

function Screen({ file, unit }: { file: ExportView; unit: number }) {
  const { width, height } = fullSizes[file.ratio];
  const isFull = fillsScreen[file.ratio];
  return (
    <>
      {!isFull && <FeedHead unit={unit} />}
      <div
        className={cn('relative w-full shrink-0', isFull && 'my-auto')}
        style={{ aspectRatio: `${width} / ${height}` }}
      >
        <Film key={file.id} file={file} className="object-cover" />
        <SafeZone ratio={file.ratio} />
        {isFull && <Covering unit={unit} />}
      </div>
      {!isFull && <FeedFoot unit={unit} />}
    </>
  );
}

/** Where other shapes than upright ones are met here. */
const feeds: Partial<Record<Ratio, PlacementId>> = {
  '4:5': 'meta-feed-vertical',
  '1:1': 'meta-feed-square',
  '16:9': 'landscape',
};

/** In a feed its own box; over the whole screen the one that is safe on every platform. */
function safeBoxOf(ratio: Ratio): Area {
  const feed = feeds[ratio];
  return (feed && safeZoneOf(feed, ratio)?.safe) ?? cautiousBox(ratio);
}

/** Dims what a platform may cover and draws a line around the rest. */
function SafeZone({ ratio }: { ratio: Ratio }) {
  const { x, y, width, height } = safeBoxOf(ratio);
  const percent = (part: number) => `${part * 100}%`;
  return (
    <div
      aria-hidden
      data-testid="safe-zone"
      className="pointer-events-none absolute rounded-sm border border-dashed border-white/80 shadow-[0_0_0_999px_#00000052] [clip-path:none]"
      style={{ left: percent(x), top: percent(y), width: percent(width), height: percent(height) }}
    />
  );
}

/** What lies over full-screen videos: buttons at the right, name and words at the bottom. Neutral on purpose. */
function Covering({ unit }: { unit: number }) {
  const icons = [CircleUserRound, Heart, MessageCircle, Bookmark, Send, Music2];
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 text-white/85">
      <div
        className="absolute flex flex-col items-center"
        style={{ right: unit * 2.5, bottom: unit * 22, gap: unit * 4 }}
      >
        {icons.map((Icon) => (
          <Icon key={Icon.displayName} style={{ width: unit * 6, height: unit * 6 }} />
        ))}
      </div>
      <div className="absolute flex flex-col" style={{ left: unit * 4, bottom: unit * 10, gap: unit * 2 }}>
        <Line unit={unit} width={22} />
        <Line unit={unit} width={40} />
        <Line unit={unit} width={32} />
      </div>
    </div>
  );
}

function FeedHead({ unit }: { unit: number }) {
  return (
    <div
      aria-hidden
      className="flex shrink-0 items-center bg-panel"
      style={{ padding: unit * 3, gap: unit * 2, paddingTop: unit * 12 }}
    >
      <span className="rounded-full bg-line-strong" style={{ width: unit * 8, height: unit * 8 }} />
      <span className="flex flex-col" style={{ gap: unit * 1.5 }}>
        <Line unit={unit} width={24} />
        <Line unit={unit} width={14} />
      </span>
    </div>
  );
}

function FeedFoot({ unit }: { unit: number }) {
  return (
    <div aria-hidden className="flex grow flex-col bg-panel text-ink-3" style={{ padding: unit * 3, gap: unit * 3 }}>
      <span className="flex" style={{ gap: unit * 4 }}>
        {[Heart, MessageCircle, Send].map((Icon) => (
          <Icon key={Icon.displayName} style={{ width: unit * 6, height: unit * 6 }} />
        ))}
      </span>
      <Line unit={unit} width={52} />
      <Line unit={unit} width={38} />
    </div>
  );
}

function Line({ unit, width }: { unit: number; width: number }) {
  return (
    <span className="block rounded-full bg-current opacity-40" style={{ width: unit * width, height: unit * 1.8 }} />
  );
}
