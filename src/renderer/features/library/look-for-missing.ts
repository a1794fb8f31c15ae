import { useEffect } from 'react';
import { type EngineClient, useEngine } from '../../engine/index.ts';
import { onUnreadable } from '../../preview/unreadable.ts';

/** Shortest time between two looks that nobody asked for: longer while nothing is missing. */
const everyMs = 60_000;
const whileMissingMs = 5_000;
/** While something is missing, it is looked for this often without anybody doing anything. */
const againMs = 30_000;

/** Longest pause between looks because of something that cannot be read and is not missing. */
const longestPauseMs = 300_000;

let suspectedPauseMs = whileMissingMs;
let lookedAtMs = Number.NEGATIVE_INFINITY;
let lastMissing = 0;

async function look(engine: EngineClient, signal: AbortSignal, isSuspected = false): Promise<void> {
  const pauseMs = lastMissing > 0 ? whileMissingMs : isSuspected ? suspectedPauseMs : everyMs;
  if (document.hidden || performance.now() - lookedAtMs < pauseMs) return;
  lookedAtMs = performance.now();
  try {
    lastMissing = (await engine.library.checkMissing(undefined, { signal })).missing;
    if (isSuspected)
      suspectedPauseMs = lastMissing > 0 ? whileMissingMs : Math.min(longestPauseMs, suspectedPauseMs * 2);
  } catch {
    // Nobody asked for it: a failure is not worth a message.
  }
}

/**
 * Looks which files are still there whenever the window comes back (at most once a minute) or the player cannot read one,
 * and keeps looking while some are missing: what is put back is found without anybody asking. Once, at the top of the page.
 */
export function useLookForMissing(): void {
  const engine = useEngine();
  useEffect(() => {
    const abort = new AbortController();
    const onFocus = () => void look(engine, abort.signal);
    const timer = setInterval(() => void (lastMissing > 0 && look(engine, abort.signal)), againMs);
    window.addEventListener('focus', onFocus);
    // What the player cannot read any more may be gone.
    const stopHearing = onUnreadable(() => void look(engine, abort.signal, true));
    return () => {
      stopHearing();
      window.removeEventListener('focus', onFocus);
      clearInterval(timer);
      abort.abort();
    };
  }, [engine]);
}

/** Looks as soon as a page opens that is about the files; at once when missing ones are what it was opened for. */
export function useLookNow(isAskedFor: boolean): void {
  const engine = useEngine();
  useEffect(() => {
    if (isAskedFor) lookedAtMs = Number.NEGATIVE_INFINITY;
    const abort = new AbortController();
    void look(engine, abort.signal);
    return () => abort.abort();
  }, [engine, isAskedFor]);
}
