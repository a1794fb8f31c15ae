import { useCallback, useMemo, useRef } from 'react';
import type { Review } from '#shared/contract/index.ts';
import { useEngine } from '../../engine/index.ts';
import { type Saying, useKeepAnswer, useKeepSaying, useTakeBack } from '../../state/index.ts';
import { toast } from '../../ui/index.ts';

/** Says things of exports. What is said shows at once; calls for one export reach the engine in order. */
export interface Verdicts {
  /** `known`: what the lists say. A `same` step is taken back together with the one before it. */
  say(exportId: string, known: Review, change: Partial<Saying>, step?: 'new' | 'same'): void;
  /** Takes the last step back; answers the export it was about, or null when there is none. */
  takeBack(knownOf: (exportId: string) => Review | null): string | null;
}

/** See {@link Verdicts}. */
export function useVerdicts(): Verdicts {
  const engine = useEngine();
  const keep = useKeepSaying();
  const keepAnswer = useKeepAnswer();
  const popStep = useTakeBack();
  const queue = useRef(new Map<string, Promise<void>>());
  const send = useCallback(
    (exportId: string, change: Partial<Saying>) => {
      const call = async () => {
        try {
          const answer = await engine.render.review({ exportId, ...change });
          // While more is on its way, what is shown is already later than this answer.
          if (queue.current.get(exportId) === mine) keepAnswer(exportId, answer);
        } catch (error) {
          keepAnswer(exportId, null);
          toast.error(error);
        }
      };
      const mine: Promise<void> = (queue.current.get(exportId) ?? Promise.resolve()).then(call);
      queue.current.set(exportId, mine);
    },
    [engine, keepAnswer],
  );
  return useMemo(
    () => ({
      say(exportId, known, change, step = 'new') {
        keep({ exportId, known, change, step });
        send(exportId, change);
      },
      takeBack(knownOf) {
        const last = popStep();
        const known = last && knownOf(last.exportId);
        if (!last || !known) return null;
        keep({ exportId: last.exportId, known, change: last.before, step: 'none' });
        send(last.exportId, last.before);
        return last.exportId;
      },
    }),
    [keep, send, popStep],
  );
}
