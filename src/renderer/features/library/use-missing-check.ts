import { useEffect } from 'react';
import { attempt, useEngine } from '../../engine/index.ts';
import { useCommands } from '../../ui/index.ts';

const everyMs = 60_000;
let lookedAtMs = 0;

/**
 * Looks which files are still there when the library is opened or the window comes back, at most once a minute; at once
 * when missing files are what it was opened for.
 */
export function useMissingCheck(isAskedFor: boolean): void {
  const engine = useEngine();
  useEffect(() => {
    if (isAskedFor) lookedAtMs = 0;
    const abort = new AbortController();
    const look = () => {
      if (document.hidden || Date.now() - lookedAtMs < everyMs) return;
      lookedAtMs = Date.now();
      // Nobody asked for it: a failure is not worth a message.
      engine.library.checkMissing(undefined, { signal: abort.signal }).catch(() => undefined);
    };
    look();
    window.addEventListener('focus', look);
    return () => {
      window.removeEventListener('focus', look);
      abort.abort();
    };
  }, [engine, isAskedFor]);
  useCommands([
    {
      id: 'library.checkMissing',
      label: 'Look for missing files',
      group: 'Library',
      run: () => void attempt(() => engine.library.checkMissing()),
    },
  ]);
}
