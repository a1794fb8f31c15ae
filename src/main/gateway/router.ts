import { type AnyRouter, implement } from '@orpc/server';
import type { Log } from '#main/platform/log/index.ts';
import { type CallContext, contract, type Handlers } from '#shared/contract/index.ts';
import { asAppError, toWireError } from './wire-error.ts';

/** Handlers for every part of the contract. */
export type ContractHandlers = { [Part in keyof typeof contract]: Handlers<(typeof contract)[Part]> };

/** How a {@link createRouter} is made. */
export interface RouterOptions {
  log: Log;
  /** Parse answers too: finds handlers that break the contract. Costs time on long lists; for tests and development. */
  isOutputValidated: boolean;
}

type Answer = (input: unknown, context: CallContext) => unknown;

/** The part of oRPC's implementer this file uses, without its 60 separate types. */
interface Implementer {
  handler(answer: (call: { input: unknown; signal?: AbortSignal }) => unknown): AnyRouter;
}

/** The contract's procedures over plain handlers: input parsed, errors typed, aborted when the caller goes away. */
export function createRouter(handlers: ContractHandlers, options: RouterOptions): AnyRouter {
  const base = implement(contract);
  const implementer = options.isOutputValidated ? base : base.$config({ initialOutputValidationIndex: Number.NaN });
  const parts = implementer as unknown as Record<string, Record<string, Implementer>>;
  const router: Record<string, Record<string, AnyRouter>> = {};
  for (const [part, procedures] of Object.entries(contract)) {
    const answers = handlers[part as keyof ContractHandlers] as unknown as Record<string, Answer>;
    const wrapped: Record<string, AnyRouter> = {};
    for (const name of Object.keys(procedures)) {
      const answer = answers[name];
      const procedure = parts[part]?.[name];
      if (!answer || !procedure) throw new Error(`the contract's ${part}.${name} has no handler`);
      wrapped[name] = procedure.handler(({ input, signal }) => respond(answer, input, signal));
    }
    router[part] = wrapped;
  }
  return router;
}

const neverAborted = new AbortController().signal;

async function respond(answer: Answer, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
  const value = await answer(input, { signal: signal ?? neverAborted });
  return isAsyncIterable(value) ? mapErrors(value) : value;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** A stream that fails does so with the wire's error too. Hand-made: a generator's `return` would wait for its `next`. */
function mapErrors(source: AsyncIterable<unknown>): AsyncIterableIterator<unknown> {
  const inner = source[Symbol.asyncIterator]();
  return {
    async next() {
      try {
        return await inner.next();
      } catch (error) {
        throw toWireError(error);
      }
    },
    async return(value) {
      await inner.return?.();
      return { done: true, value };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Wraps every call of a router, validation included: what is thrown becomes the wire's error, and bugs are logged. */
export function errorInterceptor(log: Log) {
  return async (call: { path: readonly string[]; next(): Promise<unknown> }): Promise<unknown> => {
    try {
      return await call.next();
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'internal') log.error('a call failed unexpectedly', { call: call.path.join('.'), error });
      else if (error.code !== 'cancelled') log.debug('a call was refused', { call: call.path.join('.'), error });
      throw toWireError(error);
    }
  };
}
