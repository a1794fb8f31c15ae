import { useEffect, useRef } from 'react';
import type { Heard } from './listen.ts';

/** Quietest level shown, dBFS. */
const quietestDb = -60;
/** How fast the bar falls, dB per second. */
const fallDbPerSecond = 24;
/** How long the red end stays lit. */
const litMs = 2000;

/** Level of the microphone, −60 to 0 dBFS, with a red end for what was too loud. Drawn past React. */
export function InputMeter({ read }: { read: () => Heard }) {
  const root = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLSpanElement>(null);
  const lamp = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let request = 0;
    let [shownDb, atMs, saidMs, clippedMs] = [quietestDb, performance.now(), 0, Number.NEGATIVE_INFINITY];
    const next = () => {
      request = requestAnimationFrame(next);
      const nowMs = performance.now();
      const { peak, clipped } = read();
      const db = peak > 0 ? 20 * Math.log10(peak) : quietestDb;
      shownDb = Math.max(quietestDb, db, shownDb - ((nowMs - atMs) / 1000) * fallDbPerSecond);
      atMs = nowMs;
      const part = Math.min(1, (shownDb - quietestDb) / -quietestDb);
      if (bar.current) bar.current.style.clipPath = `inset(0 ${((1 - part) * 100).toFixed(1)}% 0 0)`;
      if (clipped > 0) clippedMs = nowMs;
      if (lamp.current) lamp.current.style.opacity = nowMs - clippedMs < litMs ? '1' : '0.15';
      if (nowMs - saidMs < 250) return;
      saidMs = nowMs;
      root.current?.setAttribute('aria-valuenow', String(Math.round(Math.min(0, shownDb))));
    };
    request = requestAnimationFrame(next);
    return () => cancelAnimationFrame(request);
  }, [read]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> draws a bar of its own
    <div
      ref={root}
      role="meter"
      aria-label="Level of the microphone"
      aria-valuemin={quietestDb}
      aria-valuemax={0}
      aria-valuenow={quietestDb}
      title="Peaks of the microphone, −60 to 0 dBFS; speak so that it stays below the red"
      className="flex items-center gap-1"
    >
      <span className="relative h-2 grow overflow-hidden rounded-xs bg-raise">
        <span
          ref={bar}
          className="absolute inset-0 bg-[linear-gradient(90deg,var(--color-ok)_0%,var(--color-ok)_70%,var(--color-warn)_85%,var(--color-bad)_99%)]"
          style={{ clipPath: 'inset(0 100% 0 0)' }}
        />
      </span>
      <span ref={lamp} aria-hidden className="h-2 w-1.5 rounded-xs bg-bad opacity-15" />
    </div>
  );
}
