import { createContext, type RefObject, useContext, useEffect, useRef } from 'react';
import type { MeterReading, MeterWatch } from '../../../preview/sound/audio-output.ts';
import { watchOutput } from '../../../preview/sound/meters.ts';
import type { Transport } from '../../../preview/transport.ts';

type Listener = (reading: MeterReading) => void;

/** Tells meters what is heard, once per picture; nothing of React is drawn anew for it. */
export class MeterFeed {
  readonly #listeners = new Set<Listener>();
  readonly #transport: Transport;
  #watch: MeterWatch | null = null;
  #request = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  readonly listen = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    const next = () => {
      this.#request = requestAnimationFrame(next);
      this.#watch ??= watchOutput(this.#transport);
      if (!this.#watch) return;
      const { isPlaying, speed, isWaiting } = this.#transport.getState();
      const reading = this.#watch.read(isPlaying && speed === 1 && !isWaiting);
      for (const listener of this.#listeners) listener(reading);
    };
    this.#request = requestAnimationFrame(next);
  }

  stop(): void {
    cancelAnimationFrame(this.#request);
    this.#watch?.stop();
    this.#watch = null;
  }
}

const FeedContext = createContext<MeterFeed | null>(null);
/** Gives meters their feed. */
export const FeedProvider = FeedContext.Provider;

/** Quietest level a bar shows, dBFS. */
const quietestDb = -60;
/** How fast a bar falls, dB per second: slowly enough to be read (IEC 60268-18: 20 dB in 1.7 s). */
const fallDbPerSecond = 12;

const toDb = (level: number): number => (level > 0 ? 20 * Math.log10(level) : Number.NEGATIVE_INFINITY);

function showBar(bar: HTMLElement | null, db: number): void {
  if (!bar) return;
  const part = Math.min(1, Math.max(0, (db - quietestDb) / -quietestDb));
  bar.style.clipPath = `inset(0 ${((1 - part) * 100).toFixed(1)}% 0 0)`;
}

interface PeakMeterProps {
  label: string;
  /** Highest samples of both sides in a reading. */
  select: (reading: MeterReading) => { left: number; right: number };
}

/** Peaks of both sides as bars from −60 to 0 dBFS; a red end stays lit for a while after a peak at full scale. */
export function PeakMeter({ label, select }: PeakMeterProps) {
  const feed = useContext(FeedContext);
  const root = useRef<HTMLDivElement>(null);
  const left = useRef<HTMLSpanElement>(null);
  const right = useRef<HTMLSpanElement>(null);
  const clip = useRef<HTMLSpanElement>(null);
  const latest = useRef(select);
  latest.current = select;
  useEffect(() => {
    if (!feed) return;
    const shown = { left: quietestDb, right: quietestDb };
    let [atMs, saidMs, clippedMs] = [performance.now(), 0, Number.NEGATIVE_INFINITY];
    return feed.listen((reading) => {
      const nowMs = performance.now();
      const fallen = ((nowMs - atMs) / 1000) * fallDbPerSecond;
      atMs = nowMs;
      const peaks = latest.current(reading);
      shown.left = Math.max(quietestDb, toDb(peaks.left), shown.left - fallen);
      shown.right = Math.max(quietestDb, toDb(peaks.right), shown.right - fallen);
      showBar(left.current, shown.left);
      showBar(right.current, shown.right);
      if (Math.max(peaks.left, peaks.right) >= 1) clippedMs = nowMs;
      if (clip.current) clip.current.style.opacity = nowMs - clippedMs < 2000 ? '1' : '0.15';
      if (nowMs - saidMs < 250) return;
      saidMs = nowMs;
      root.current?.setAttribute('aria-valuenow', String(Math.round(Math.max(shown.left, shown.right))));
    });
  }, [feed]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> draws one bar of its own
    <div
      ref={root}
      role="meter"
      aria-label={label}
      aria-valuemin={quietestDb}
      aria-valuemax={0}
      aria-valuenow={quietestDb}
      title="Peaks, −60 to 0 dBFS"
      className="flex items-center gap-1"
    >
      <span className="flex grow flex-col gap-px">
        <Bar bar={left} />
        <Bar bar={right} />
      </span>
      <span ref={clip} aria-hidden className="h-2 w-1.5 rounded-xs bg-bad opacity-15" />
    </div>
  );
}

function Bar({ bar }: { bar: RefObject<HTMLSpanElement | null> }) {
  return (
    <span className="relative h-1 overflow-hidden rounded-xs bg-raise">
      <span
        ref={bar}
        className="absolute inset-0 bg-[linear-gradient(90deg,var(--color-ok)_0%,var(--color-ok)_70%,var(--color-warn)_85%,var(--color-bad)_99%)]"
        style={{ clipPath: 'inset(0 100% 0 0)' }}
      />
    </span>
  );
}

/** Loudness of the last three seconds in numbers; a dash until as much was heard. */
export function LoudnessMeter() {
  const feed = useContext(FeedContext);
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let saidMs = 0;
    return feed?.listen(({ shortTermLufs }) => {
      const nowMs = performance.now();
      if (nowMs - saidMs < 200 || !text.current) return;
      saidMs = nowMs;
      text.current.textContent = shortTermLufs === null ? '–' : shortTermLufs.toFixed(1).replace('-', '−');
    });
  }, [feed]);
  return (
    <p
      className="flex items-baseline gap-1 text-xs text-ink-3"
      title="Loudness of the last 3 seconds (EBU R 128, short-term)"
    >
      <span>Last 3 s</span>
      <span ref={text} data-testid="short-term" className="tabular ml-auto text-sm text-ink">
        –
      </span>
      <span>LUFS</span>
    </p>
  );
}
