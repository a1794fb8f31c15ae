import { ImageOff } from 'lucide-react';
import { type CSSProperties, useEffect, useMemo, useState } from 'react';
import {
  type Asset,
  type FreePlacement,
  fullSizes,
  type Layer,
  type Ratio,
  type Rect,
  type Timeline,
} from '#shared/model/index.ts';
import { posterUrl, useAssets, useMediaBase } from '../../engine/index.ts';
import { previewSources, sizesOf } from '../../preview/source.ts';
import { pictureUrl, posterAssetIds, posterLayers, secondsOf } from './poster.ts';
import { PosterText } from './poster-text.tsx';

/** A still of a timeline, words included, laid out as the export is; fills its parent. */
export function PosterPicture({ timeline, ratio }: { timeline: Timeline; ratio: Ratio }) {
  const mediaBase = useMediaBase();
  const assets = useAssets(useMemo(() => posterAssetIds(timeline), [timeline]));
  const layers = useMemo(() => {
    const sizes = sizesOf(previewSources(assets.values(), ''));
    return posterLayers(timeline, ratio, sizes);
  }, [timeline, ratio, assets]);
  const isMissing = [...assets.values()].some((asset) => asset.isMissing);
  if (layers.length === 0) return <ImageOff className="absolute inset-0 m-auto size-5 text-ink-3" aria-hidden />;
  return (
    <span className="@container absolute inset-0 block overflow-hidden" aria-hidden>
      {layers.map((layer) => {
        if (layer.kind === 'text') return <PosterText key={layer.instance} layer={layer} output={fullSizes[ratio]} />;
        if (layer.kind === 'colour')
          return (
            <span
              key={layer.instance}
              className="absolute inset-0"
              style={{ backgroundColor: layer.colour, opacity: layer.opacity }}
            />
          );
        const asset = assets.get(layer.assetId);
        return asset && <MediaLayer key={layer.instance} {...{ layer, asset, mediaBase, ratio }} />;
      })}
      {isMissing && (
        <span className="absolute inset-x-0 bottom-0 dark-area bg-black/75 py-0.5 text-center text-xs text-warn">
          Missing
        </span>
      )}
    </span>
  );
}

interface MediaLayerProps {
  layer: Extract<Layer, { kind: 'media' }>;
  asset: Asset;
  mediaBase: string;
  ratio: Ratio;
}

function MediaLayer({ layer, asset, mediaBase, ratio }: MediaLayerProps) {
  const { rect, backdrop, free, opacity } = layer;
  const wanted = pictureUrl(mediaBase, asset, secondsOf(layer));
  const { url, onError } = useRetried(wanted, mediaBase === '' ? null : posterUrl(mediaBase, asset));
  const output = fullSizes[ratio];
  const place = ({ x, y, width, height }: Rect) => ({
    left: `${(x / output.width) * 100}%`,
    top: `${(y / output.height) * 100}%`,
    width: `${(width / output.width) * 100}%`,
    height: `${(height / output.height) * 100}%`,
  });
  if (!url) return null;
  const shared = { src: url, draggable: false, decoding: 'async' as const };
  return (
    <>
      {backdrop && (
        <img
          {...shared}
          alt=""
          className="absolute max-w-none blur-[4px] brightness-75"
          style={{ ...place(backdrop), opacity }}
        />
      )}
      <img
        {...shared}
        alt=""
        onError={onError}
        className="absolute max-w-none"
        style={{ ...place(free ? unturned(free) : rect), ...(free ? turn(free) : {}), opacity }}
      />
    </>
  );
}

const unturned = ({ centre, width, height }: FreePlacement): Rect => ({
  x: centre.x - width / 2,
  y: centre.y - height / 2,
  width,
  height,
});

/** The turn of a freely placed picture, and what cropping leaves of it. */
function turn({ rotationDeg, kept, from }: FreePlacement): CSSProperties {
  const rotate = { rotate: `${rotationDeg}deg` };
  if (!kept) return rotate;
  const part = (value: number, whole: number) => `${(Math.max(0, value) / whole) * 100}%`;
  const [right, bottom] = [from.width - kept.x - kept.width, from.height - kept.y - kept.height];
  const inset = [
    part(kept.y, from.height),
    part(right, from.width),
    part(bottom, from.height),
    part(kept.x, from.width),
  ];
  return { ...rotate, clipPath: `inset(${inset.join(' ')})` };
}

const mostTries = 6;

/**
 * A picture's address that is asked for again, ever more slowly, after it could not be read (ffmpeg is still being
 * looked for, the file is being written); the substitute is shown from the second failure on. Begins anew when either
 * address changes.
 */
function useRetried(wanted: string | null, substitute: string | null): { url: string | null; onError: () => void } {
  const identity = `${wanted} ${substitute}`;
  const [tries, setTries] = useState({ identity, count: 0, isWaiting: false });
  const count = tries.identity === identity ? tries.count : 0;
  const isWaiting = tries.identity === identity && tries.isWaiting;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setTries({ identity, count, isWaiting: false }), 500 * 2 ** count);
    return () => clearTimeout(timer);
  }, [identity, count, isWaiting]);
  const onError = () => setTries({ identity, count: count + 1, isWaiting: count < mostTries });
  if (isWaiting || count > mostTries)
    return { url: count > 1 && substitute !== wanted ? substitute : null, onError: () => undefined };
  return { url: wanted && count > 0 ? `${wanted}${wanted.includes('?') ? '&' : '?'}try=${count}` : wanted, onError };
}
