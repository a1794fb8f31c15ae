import type { Channel } from './channel.ts';

/** A MessagePort of whichever kind: Electron's MessagePortMain, Node's, or a page's. */
export interface AnyPort {
  postMessage(message: string): void;
  start?(): void;
  close(): void;
  /** Electron's and Node's way to listen; Electron gives an event with `data`, Node the message itself. */
  on?(type: 'message' | 'close', listener: (value?: unknown) => void): unknown;
  addEventListener?(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): void;
}

/** A channel over a MessagePort. */
export function portChannel(port: AnyPort): Channel {
  let isClosed = false;
  let onClosed: () => void = () => undefined;
  const closed = () => {
    if (isClosed) return;
    isClosed = true;
    onClosed();
  };
  listen(port, 'close', closed);
  return {
    send(text) {
      if (!isClosed) port.postMessage(text);
    },
    onMessage(listener) {
      listen(port, 'message', (value) => {
        const data = typeof value === 'object' && value !== null && 'data' in value ? value.data : value;
        if (typeof data === 'string') listener(data);
      });
      port.start?.();
    },
    onClose: (listener) => {
      onClosed = listener;
    },
    close() {
      port.close();
      closed();
    },
  };
}

function listen(port: AnyPort, type: 'message' | 'close', listener: (value: unknown) => void): void {
  if (port.on) port.on(type, listener);
  else port.addEventListener?.(type, listener);
}
