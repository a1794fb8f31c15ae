import { AudioLines, Captions, FileQuestion, FileText, FileVideo, ImageIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { posterUrl, useMediaBase } from '../../engine/index.ts';
import { cn, formatDuration } from '../../ui/index.ts';
import { useScrub } from './use-scrub.ts';
import { Waveform } from './waveform.tsx';

const icons: Record<Asset['kind'], ReactNode> = {
  video: <FileVideo />,
  image: <ImageIcon />,
  audio: <AudioLines />,
  caption: <Captions />,
  document: <FileText />,
};

/** An asset as a picture: thumbnail with hover-scrub, waveform, or a sign for its kind. `className` gives position and size. */
export function MediaThumb({
  asset,
  className,
  canScrub = true,
}: {
  asset: Asset;
  className?: string;
  canScrub?: boolean;
}) {
  const mediaBase = useMediaBase();
  const scrub = useScrub(asset, mediaBase);
  const poster = mediaBase ? posterUrl(mediaBase, asset) : null;
  const seconds = asset.probe.durationSeconds ? toNumber(asset.probe.durationSeconds) : 0;
  return (
    <div
      className={cn(
        'flex items-center justify-center overflow-hidden',
        asset.probe.video?.hasAlpha === true ? 'bg-checker' : 'dark-area bg-black',
        className,
      )}
      {...(canScrub ? scrub.handlers : {})}
    >
      {asset.kind === 'audio' ? (
        <Waveform asset={asset} className="absolute inset-x-2 inset-y-3" />
      ) : (
        <Poster key={poster} url={scrub.frame ?? poster} asset={asset} isHidden={scrub.tile !== null} />
      )}
      {scrub.tile && (
        <div
          className="absolute inset-0 m-auto max-h-full max-w-full bg-no-repeat"
          style={{ ...scrub.tile, ...fitStyle(scrub.tile.aspectRatio) }}
        />
      )}
      {scrub.fraction !== null && (
        <>
          <span
            className="absolute inset-y-0 w-px bg-accent"
            style={{ left: `${scrub.fraction * 100}%` }}
            aria-hidden
          />
          <span className="tabular absolute top-1 left-1 rounded-sm bg-black/70 px-1 text-2xs text-white" aria-hidden>
            {formatDuration(scrub.fraction * seconds)}
          </span>
        </>
      )}
    </div>
  );
}

/** As large as fits with this shape: by height for upright pictures, by width for the rest. */
function fitStyle(aspectRatio: string): { width?: string; height?: string } {
  const [width = 1, height = 1] = aspectRatio.split('/').map(Number);
  return width > height * (4 / 3) ? { width: '100%' } : { height: '100%' };
}

function Poster({ url, asset, isHidden }: { url: string | null; asset: Asset; isHidden: boolean }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (!url || broken === url) {
    return (
      <span className="text-ink-3 [&>svg]:size-7" aria-hidden>
        {asset.isMissing ? <FileQuestion className="text-warn" /> : icons[asset.kind]}
      </span>
    );
  }
  return (
    <img
      src={url}
      alt=""
      draggable={false}
      loading="lazy"
      decoding="async"
      onError={() => setBroken(url)}
      className={cn('size-full object-contain', isHidden && 'invisible')}
    />
  );
}
