import { toAppError } from '#shared/errors/index.ts';
import type { ConnectionStatus } from './api.ts';
import { type Connection, type EngineLink, notConnectedError } from './connection.ts';
import { lockedError } from './session.ts';

/** A link that outlives its connections. */
export interface ReconnectingLink {
  link: EngineLink;
  status(): ConnectionStatus;
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
  /** Tries at once instead of waiting for the next turn; also after a refusal. */
  reconnect(): void;
  /** Ends it for good. */
  close(): void;
}

const firstDelayMs = 200;
const longestDelayMs = 5_000;
/** How long a call waits for a connection before it rejects with `not-connected`. */
const defaultPatienceMs = 8_000;

/** Keeps a connection up: opens it now, and anew with growing pauses whenever it ends, until the engine refuses this page. */
export function keepConnected(open: () => Promise<Connection>, patienceMs = defaultPatienceMs): ReconnectingLink {
  let status: ConnectionStatus = 'starting';
  let isClosed = false;
  let current: Connection | null = null;
  let isTrying = false;
  let wakeEarly: () => void = () => undefined;
  const listeners = new Set<(status: ConnectionStatus) => void>();

  function become(next: ConnectionStatus): void {
    const isChange = status !== next;
    status = next;
    if (isChange) for (const listener of [...listeners]) listener(next);
  }

  async function tryUntilConnected(): Promise<void> {
    if (isTrying) return;
    isTrying = true;
    for (let delayMs = firstDelayMs; !isClosed; delayMs = Math.min(longestDelayMs, delayMs * 2)) {
      try {
        use(await open());
        break;
      } catch (error) {
        if (toAppError(error).code === 'unauthorised') {
          become('refused');
          break;
        }
        become('lost');
        await pause(delayMs * (0.8 + 0.4 * Math.random()));
      }
    }
    isTrying = false;
  }

  function use(connection: Connection): void {
    if (isClosed) {
      connection.close();
      return;
    }
    current = connection;
    become('connected');
    void connection.closed.then(() => {
      if (current !== connection) return;
      current = null;
      if (isClosed) return;
      become('lost');
      void tryUntilConnected();
    });
  }

  function pause(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, durationMs);
      wakeEarly = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function whenConnected(signal: AbortSignal | undefined): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        stop();
        signal?.removeEventListener('abort', check);
        end();
      };
      const check = () => {
        const connection = current;
        if (connection) settle(() => resolve(connection));
        else if (status === 'refused') settle(() => reject(lockedError()));
        else if (isClosed || signal?.aborted) settle(() => reject(notConnectedError()));
      };
      const stop = onStatus(check);
      const timer = setTimeout(() => settle(() => reject(notConnectedError())), patienceMs);
      signal?.addEventListener('abort', check, { once: true });
      check();
    });
  }

  function onStatus(listener: (status: ConnectionStatus) => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  void tryUntilConnected();
  return {
    link: {
      async call(path, input, options) {
        const connection = current ?? (await whenConnected(options.signal));
        return connection.link.call(path, input, options);
      },
    },
    status: () => status,
    onStatus,
    reconnect() {
      if (current || isClosed) return;
      wakeEarly();
      void tryUntilConnected();
    },
    close() {
      isClosed = true;
      wakeEarly();
      current?.close();
      current = null;
      become('lost');
    },
  };
}
