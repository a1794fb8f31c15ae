import { useEffect, useRef } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { posterUrl, renditionUrl } from '../../engine/media-urls.ts';
import { type Filmstrip, filmstripOf, tileAt } from '../../preview/source.ts';
import { useImage, usePeaks } from './media-cache.ts';
import { waveformColumns } from './model/waveform.ts';
import { paintSoon } from './paint-queue.ts';

interface ClipPictureProps {
  asset: Asset;
  mediaBase: string;
  /** Source seconds at the clip's left edge, and per pixel. */
  sourceInSeconds: number;
  secondsPerPixel: number;
  /** The part of the clip that is painted, in pixels from its left edge. */
  fromPixel: number;
  toPixel: number;
  /** Width of the clip in the same pixels: given, the picture stretches with the clip until it is painted anew. */
  fullWidth?: number;
  height: number;
  hasPicture: boolean;
  hasSound: boolean;
  /** 1 = as recorded. */
  gain: number;
  colour?: string;
}

/** Height of the waveform under pictures. */
const soundStripHeight = 16;

/** Filmstrip and waveform of the visible part of a clip, on one canvas. */
export function ClipPicture(props: ClipPictureProps) {
  const { asset, mediaBase, hasPicture, hasSound, height, fromPixel, toPixel, sourceInSeconds, secondsPerPixel } =
    props;
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const strip = hasPicture ? filmstripOf(mediaBase, asset) : null;
  const image = useImage(hasPicture ? (strip?.url ?? posterUrl(mediaBase, asset, 120)) : null);
  const waveform = asset.renditions.find((one) => one.kind === 'waveform')?.waveform ?? null;
  const peaks = usePeaks(hasSound && waveform ? renditionUrl(mediaBase, asset, 'waveform') : null);
  const width = Math.max(0, Math.ceil(toPixel - fromPixel));
  const stripKey = strip?.url ?? '';
  const bucketsPerSecond = waveform?.bucketsPerSecond ?? 0;
  const colour = props.colour ?? '#ffffff';
  const { gain } = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: stripKey stands for strip, which is a new object each time
  useEffect(() => {
    const canvas = canvasRef.current;
    if (!canvas) return;
    return paintSoon(canvas, () => {
      const context = canvas.getContext('2d');
      if (!context) return;
      const density = window.devicePixelRatio || 1;
      canvas.width = Math.max(1, Math.round(width * density));
      canvas.height = Math.max(1, Math.round(height * density));
      context.setTransform(density, 0, 0, density, -fromPixel * density, 0);
      if (image) paintStrip(context, { image, strip, height, fromPixel, toPixel, sourceInSeconds, secondsPerPixel });
      if (!peaks || bucketsPerSecond === 0) return;
      const from = sourceInSeconds + fromPixel * secondsPerPixel;
      const columns = waveformColumns(peaks, bucketsPerSecond, from, secondsPerPixel, width);
      paintWave(context, columns, { fromPixel, height, hasPicture, gain, colour });
    });
  }, [
    image,
    stripKey,
    peaks,
    bucketsPerSecond,
    width,
    height,
    fromPixel,
    toPixel,
    sourceInSeconds,
    secondsPerPixel,
    hasPicture,
    gain,
    colour,
  ]);

  const { fullWidth } = props;
  const part = (pixels: number) => (fullWidth ? `${(pixels / fullWidth) * 100}%` : pixels);
  return (
    <canvas
      ref={canvasRef}
      aria-hidden
      className="pointer-events-none absolute top-0"
      style={{ left: part(fromPixel), width: part(width), height }}
    />
  );
}

function paintWave(
  context: CanvasRenderingContext2D,
  columns: ArrayLike<number>,
  look: { fromPixel: number; height: number; hasPicture: boolean; gain: number; colour: string },
): void {
  const { fromPixel, height, hasPicture, gain } = look;
  const base = hasPicture ? height : height / 2;
  const reach = hasPicture ? soundStripHeight : height / 2 - 3;
  if (hasPicture) {
    context.fillStyle = 'rgba(6, 7, 10, 0.55)';
    context.fillRect(fromPixel, height - soundStripHeight, columns.length, soundStripHeight);
  }
  context.fillStyle = look.colour;
  for (let column = 0; column < columns.length; column += 1) {
    // Quiet music under a voice must still be seen: loudness is felt, and so drawn, less than linearly.
    const length = Math.max(0.5, Math.min(1, (columns[column] ?? 0) * gain) ** 0.6 * reach);
    if (hasPicture) context.fillRect(fromPixel + column, base - length, 1, length);
    else context.fillRect(fromPixel + column, base - length, 1, length * 2);
  }
}

function paintStrip(
  context: CanvasRenderingContext2D,
  part: {
    image: HTMLImageElement;
    strip: Filmstrip | null;
    height: number;
    fromPixel: number;
    toPixel: number;
    sourceInSeconds: number;
    secondsPerPixel: number;
  },
): void {
  const { image, strip, height, fromPixel, toPixel } = part;
  const shape = strip ? strip.tileWidth / strip.tileHeight : image.naturalWidth / image.naturalHeight;
  const tileWidth = Math.max(8, Math.round(height * shape));
  context.imageSmoothingQuality = 'medium';
  for (let x = Math.floor(fromPixel / tileWidth) * tileWidth; x < toPixel; x += tileWidth) {
    if (!strip) {
      context.drawImage(image, x, 0, tileWidth, height);
      continue;
    }
    const tile = tileAt(strip, part.sourceInSeconds + (x + tileWidth / 2) * part.secondsPerPixel);
    context.drawImage(image, tile.x, tile.y, tile.width, tile.height, x, 0, tileWidth, height);
  }
}
