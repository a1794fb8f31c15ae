import { type ClientLink, createORPCClient } from '@orpc/client';
import { StandardRPCLink } from '@orpc/client/standard';
import { ClientPeer } from '@orpc/standard-server-peer';
import { type EngineClient, errorFromWire } from '#shared/contract/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { Channel } from './channel.ts';

/** The link every call of the engine goes through. */
export type EngineLink = ClientLink<Record<never, never>>;

/** One live connection to an engine. */
export interface Connection {
  link: EngineLink;
  /** Resolves when it has ended, whichever side ended it. */
  closed: Promise<void>;
  close(): void;
}

/** What calls reject with when the engine goes away. */
export function notConnectedError(): AppError {
  return new AppError('not-connected', 'The connection to the engine was lost. Spotloom reconnects by itself.', {
    retry: 'retry',
  });
}

/**
 * Speaks the contract over a channel. When the channel closes, calls and streams under way reject with `not-connected`
 * (oRPC alone leaves them waiting for ever). Everything rejects with AppErrors; a stream ends when its caller aborts.
 */
export function openConnection(channel: Channel): Connection {
  let isOpen = true;
  let end: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    end = resolve;
  });
  const lost = closed.then(() => Promise.reject(notConnectedError()));
  lost.catch(() => undefined);
  const peer = new ClientPeer(async (message) => {
    // Never throws: oRPC sends cancellations from where nobody would catch it. `lost` rejects the calls themselves.
    if (isOpen && typeof message === 'string') channel.send(message);
  });
  channel.onMessage((text) => void peer.message(text).catch(() => channel.close()));
  channel.onClose(() => {
    isOpen = false;
    peer.close({ reason: notConnectedError() });
    end();
  });
  const wire = new StandardRPCLink(
    {
      async call(request) {
        const response = await peer.request(request);
        return { ...response, body: () => Promise.resolve(response.body) };
      },
    },
    { url: 'http://engine' },
  );
  return { link: guard(wire, lost), closed, close: () => channel.close() };
}

function guard(wire: EngineLink, lost: Promise<never>): EngineLink {
  return {
    async call(path, input, options) {
      const { signal } = options;
      if (signal?.aborted) throw cancelledError();
      const { aborted, stop } = whenAborted(signal);
      try {
        const answer = await Promise.race([wire.call(path, input, options), lost, aborted]);
        return isStream(answer) ? guardStream(answer, signal, lost) : answer;
      } catch (error) {
        throw signal?.aborted ? cancelledError() : errorFromWire(error);
      } finally {
        stop();
      }
    },
  };
}

function whenAborted(signal: AbortSignal | undefined): { aborted: Promise<never>; stop: () => void } {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(cancelledError());
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  aborted.catch(() => undefined);
  return { aborted, stop: () => signal?.removeEventListener('abort', onAbort) };
}

function isStream(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function guardStream(
  inner: AsyncIterator<unknown>,
  signal: AbortSignal | undefined,
  lost: Promise<never>,
): AsyncIterableIterator<unknown> {
  const { aborted } = whenAborted(signal);
  const iterator: AsyncIterableIterator<unknown> = {
    async next() {
      if (signal?.aborted) return { done: true, value: undefined };
      try {
        return await Promise.race([inner.next(), lost, aborted]);
      } catch (error) {
        if (signal?.aborted) return { done: true, value: undefined };
        throw errorFromWire(error);
      }
    },
    async return(value) {
      // Tells the engine to stop; its answer is not waited for, the connection may be gone.
      void inner.return?.().then(undefined, () => undefined);
      return { done: true, value };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** A typed client over a link. */
export function clientOver(link: EngineLink): EngineClient {
  return createORPCClient(link);
}
