import { type PointerEvent, useRef, useState } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { frameUrl, renditionUrl } from '../../engine/index.ts';
import { type TileStyle, tileAt, tileStyle } from './filmstrip.ts';

/** What a thumbnail shows while the pointer moves over it. */
export interface Scrub {
  /** 0 to 1; null while the pointer is elsewhere. */
  fraction: number | null;
  /** A filmstrip tile … */
  tile: (TileStyle & { backgroundImage: string; aspectRatio: string }) | null;
  /** … or, before there is one, a frame made on demand. */
  frame: string | null;
  handlers: {
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerLeave: () => void;
  };
}

/** At most this often is a frame asked of the engine while scrubbing. */
const frameEveryMs = 140;

/** Hover-scrubbing of a video: filmstrip when it is ready, single frames before. */
export function useScrub(asset: Asset, mediaBase: string): Scrub {
  const [fraction, setFraction] = useState<number | null>(null);
  const [frame, setFrame] = useState<string | null>(null);
  const askedAt = useRef(0);
  const seconds = asset.probe.durationSeconds ? toNumber(asset.probe.durationSeconds) : 0;
  const canScrub = asset.kind === 'video' && seconds > 0;
  const rendition = asset.renditions.find((one) => one.kind === 'filmstrip');
  const strip = rendition?.filmstrip ?? null;
  const sheet = strip ? renditionUrl(mediaBase, asset, 'filmstrip') : null;
  const tile =
    strip && sheet && fraction !== null
      ? {
          ...tileStyle(strip, tileAt(strip, fraction, seconds)),
          backgroundImage: `url("${sheet}")`,
          aspectRatio: `${strip.tileWidth} / ${strip.tileHeight}`,
        }
      : null;
  return {
    fraction: canScrub ? fraction : null,
    tile,
    frame: fraction !== null && !sheet ? frame : null,
    handlers: {
      onPointerMove: (event) => {
        if (!canScrub || event.pointerType === 'touch') return;
        const box = event.currentTarget.getBoundingClientRect();
        const at = Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width)));
        setFraction(at);
        if (sheet || asset.isMissing || Date.now() - askedAt.current < frameEveryMs) return;
        askedAt.current = Date.now();
        // In steps, so that going over it again finds the frames in the cache.
        const step = Math.max(0.2, seconds / 40);
        setFrame(
          frameUrl(mediaBase, asset.id, Math.min(seconds * 0.98, Math.round((at * seconds) / step) * step), 240),
        );
      },
      onPointerLeave: () => {
        setFraction(null);
        setFrame(null);
      },
    },
  };
}
