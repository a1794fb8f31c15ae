import { useEffect } from 'react';
import type { OpenRecording } from '#shared/contract/index.ts';
import { type EngineClient, useConnectionStatus, useEngine } from '../../engine/index.ts';
import { formatDuration, toast } from '../../ui/index.ts';
import { isOwnRecording } from './take-writer.ts';

/** Nobody has written for as long: the page that recorded is gone. One that records writes twice a second. */
export const lostAfterMs = 20_000;
/** Whoever records goes on first, once the engine is back. */
const graceMs = 10_000;
/** Shorter ones are none. */
const leastSeconds = 0.3;

/** Which of the recordings not ended are nobody's any more, and when it is worth looking again for the others. */
export function sortLost(recordings: readonly OpenRecording[]): {
  lost: OpenRecording[];
  empty: OpenRecording[];
  lookAgainMs: number | null;
} {
  const idle = recordings.filter(({ idleMs }) => idleMs >= lostAfterMs);
  const young = recordings.filter(({ idleMs }) => idleMs < lostAfterMs);
  return {
    lost: idle.filter(({ seconds }) => seconds >= leastSeconds),
    empty: idle.filter(({ seconds }) => seconds < leastSeconds),
    lookAgainMs: young.length === 0 ? null : lostAfterMs - Math.min(...young.map(({ idleMs }) => idleMs)) + 1000,
  };
}

/**
 * Makes media of recordings whose page was closed, or whose engine was ended, in the middle. Once, at the top of the
 * page: it looks when the page opens, and again for those that may still be going on somewhere.
 */
export function useKeepLostRecordings(): void {
  const engine = useEngine();
  const isConnected = useConnectionStatus() === 'connected';
  useEffect(() => {
    if (!isConnected) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const look = async () => {
      const lookAgainMs = await keepLost(engine).catch(() => null);
      // Only once more: what goes on after that is a recording.
      if (isCurrent && lookAgainMs !== null)
        timer = setTimeout(() => void keepLost(engine).catch(() => null), lookAgainMs);
    };
    timer = setTimeout(() => void look(), graceMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [engine, isConnected]);
}

async function keepLost(engine: EngineClient): Promise<number | null> {
  const { recordings } = await engine.recordings.list();
  const { lost, empty, lookAgainMs } = sortLost(recordings.filter(({ recordingId }) => !isOwnRecording(recordingId)));
  for (const { recordingId } of empty) await engine.recordings.discard({ recordingId });
  for (const { recordingId, seconds } of lost) {
    try {
      const { assetId } = await engine.recordings.finish({ recordingId });
      const { name } = await engine.library.get({ id: assetId });
      toast.done(`A voice-over that was cut off (${formatDuration(seconds)}) is among your media: “${name}”.`);
    } catch (error) {
      toast.error(error);
    }
  }
  return lookAgainMs;
}
