import { cancelledError } from '#shared/errors/index.ts';

interface Flight<Result> {
  result: Promise<Result>;
  abort: AbortController;
  waiters: number;
}

/** Lets several callers that want the same thing at the same time wait for one making of it. */
export type ShareWork<Result> = (
  key: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
) => Promise<Result>;

/** Creates {@link ShareWork}. A caller that gives up leaves the others alone; the last one stops the work and waits for its end. */
export function createShareWork<Result>(): ShareWork<Result> {
  const flights = new Map<string, Flight<Result>>();

  function join(key: string, work: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const known = flights.get(key);
    if (known) return known;
    const abort = new AbortController();
    const result = work(abort.signal).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    const flight: Flight<Result> = { result, abort, waiters: 0 };
    result.catch(() => {});
    flights.set(key, flight);
    return flight;
  }

  return async (key, signal, work) => {
    if (signal.aborted) throw cancelledError();
    const flight = join(key, work);
    flight.waiters += 1;
    const left = Promise.withResolvers<never>();
    const onAbort = () => left.reject(cancelledError());
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([flight.result, left.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      flight.waiters -= 1;
      if (flight.waiters === 0 && flights.get(key) === flight) {
        flights.delete(key);
        flight.abort.abort();
        await flight.result.catch(() => {});
      }
    }
  };
}
