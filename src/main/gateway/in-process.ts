import { createORPCClient } from '@orpc/client';
import { type AnyProcedure, type AnyRouter, createProcedureClient } from '@orpc/server';
import type { Log } from '#main/platform/log/index.ts';
import { type EngineClient, errorFromWire } from '#shared/contract/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import { errorInterceptor } from './router.ts';

/** A client that calls the router directly: the terminal face and tests. Behaves as the other transports do. */
export function createInProcessClient(router: AnyRouter, log: Log): EngineClient {
  const interceptors = [errorInterceptor(log)];
  const calls = new Map<string, ReturnType<typeof createProcedureClient>>();
  const callOf = (path: readonly string[]) => {
    const key = path.join('.');
    const known = calls.get(key);
    if (known) return known;
    const procedure = path.reduce<unknown>((at, name) => ownProperty(at, name), router);
    if (procedure === undefined) throw new AppError('not-found', `There is no call "${key}".`);
    const call = createProcedureClient(procedure as AnyProcedure, {
      path,
      context: {},
      interceptors: interceptors as never,
    });
    calls.set(key, call);
    return call;
  };
  return createORPCClient({
    async call(path, input, { signal }) {
      try {
        if (signal?.aborted) throw cancelledError();
        const answer = callOf(path)(input, signal === undefined ? {} : { signal });
        return mapStream(await (signal === undefined ? answer : untilAborted(answer, signal)));
      } catch (error) {
        throw errorFromWire(error);
      }
    },
  });
}

function ownProperty(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Over a wire the caller hears of its own cancellation at once, though the handler may still be stopping. */
function untilAborted(answer: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelledError());
    signal.addEventListener('abort', onAbort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function mapStream(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(Symbol.asyncIterator in value)) return value;
  const inner = (value as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  const iterator: AsyncIterableIterator<unknown> = {
    async next() {
      try {
        return await inner.next();
      } catch (error) {
        throw errorFromWire(error);
      }
    },
    async return(done) {
      await inner.return?.();
      return { done: true, value: done };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
