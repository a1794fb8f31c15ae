import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { renditionUrl, useMediaBase } from '../../engine/index.ts';
import { cn } from '../../ui/index.ts';

/** Peaks to draw: the loudest of each column, 0 to 1. */
export function columnPeaks(pairs: Int8Array, columns: number): number[] {
  const buckets = Math.floor(pairs.length / 2);
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * buckets) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * buckets) / columns));
    let peak = 0;
    for (let bucket = from; bucket < Math.min(to, buckets); bucket += 1) {
      peak = Math.max(peak, Math.abs(pairs[bucket * 2] ?? 0), Math.abs(pairs[bucket * 2 + 1] ?? 0));
    }
    return peak / 128;
  });
}

function usePeaks(asset: Asset): Int8Array | null {
  const mediaBase = useMediaBase();
  const url = renditionUrl(mediaBase, asset, 'waveform');
  const { data } = useQuery({
    queryKey: ['waveform', url],
    queryFn: async ({ signal }) => {
      const response = await fetch(url ?? '', { signal });
      if (!response.ok) return null;
      return new Int8Array(await response.arrayBuffer());
    },
    enabled: url !== null && mediaBase !== '',
  });
  return data ?? null;
}

/** The sound of an asset as bars; empty until its waveform has been made. */
export function Waveform({ asset, className }: { asset: Asset; className?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const peaks = usePeaks(asset);
  useEffect(() => {
    const target = canvas.current;
    const parent = target?.parentElement;
    if (!target || !parent || !peaks) return;
    const draw = () => {
      const { width, height } = parent.getBoundingClientRect();
      const scale = window.devicePixelRatio || 1;
      target.width = Math.max(1, Math.round(width * scale));
      target.height = Math.max(1, Math.round(height * scale));
      const context = target.getContext('2d');
      if (!context) return;
      const step = 3 * scale;
      const columns = Math.floor(target.width / step);
      context.fillStyle = getComputedStyle(target).color;
      columnPeaks(peaks, columns).forEach((peak, index) => {
        const bar = Math.max(scale, peak * target.height);
        context.fillRect(index * step, (target.height - bar) / 2, 2 * scale, bar);
      });
    };
    const observer = new ResizeObserver(draw);
    observer.observe(parent);
    draw();
    return () => observer.disconnect();
  }, [peaks]);
  return (
    <div className={cn('text-sound', className)} aria-hidden>
      {peaks ? (
        <canvas ref={canvas} className="size-full" />
      ) : (
        <div className="absolute inset-x-0 top-1/2 h-px bg-line-strong" />
      )}
    </div>
  );
}
