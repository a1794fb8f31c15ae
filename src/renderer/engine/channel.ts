/** A two-way pipe of text messages: what both faces' transports are reduced to. */
export interface Channel {
  send(text: string): void;
  /** One listener. */
  onMessage(listener: (text: string) => void): void;
  /** Called once, whichever side closed. */
  onClose(listener: () => void): void;
  close(): void;
}

/** The part of a MessagePort this uses: a page's, or Node's in tests. */
export interface PortLike {
  postMessage(data: string): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** A channel over a MessagePort. */
export function portChannel(port: PortLike): Channel {
  let isClosed = false;
  let onClosed: () => void = () => undefined;
  const closed = () => {
    if (isClosed) return;
    isClosed = true;
    onClosed();
  };
  port.addEventListener('close', closed);
  return {
    send: (text) => port.postMessage(text),
    onMessage(listener) {
      port.addEventListener('message', (event) => typeof event.data === 'string' && listener(event.data));
      port.start();
    },
    onClose: (listener) => {
      onClosed = listener;
    },
    close() {
      port.close();
      // The side that closes a port gets no event in every engine.
      closed();
    },
  };
}

/** A channel over a WebSocket that is open already. */
export function socketChannel(socket: WebSocket): Channel {
  return {
    send: (text) => socket.send(text),
    onMessage: (listener) =>
      socket.addEventListener('message', (event) => typeof event.data === 'string' && listener(event.data)),
    onClose: (listener) => socket.addEventListener('close', listener, { once: true }),
    close: () => socket.close(),
  };
}
