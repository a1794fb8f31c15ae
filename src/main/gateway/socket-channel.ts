import type { WebSocket } from 'ws';
import type { Channel } from './channel.ts';

/** With this much waiting to be sent the writer waits: a stalled tab must not fill the engine's memory. */
const highWaterBytes = 4 * 1024 * 1024;

/** A channel over a WebSocket of the `ws` package. */
export function socketChannel(socket: WebSocket): Channel {
  return {
    send(text) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount < highWaterBytes) return socket.send(text);
      return new Promise((resolve) => socket.send(text, () => resolve()));
    },
    onMessage(listener) {
      socket.on('message', (data, isBinary) => {
        if (isBinary) socket.close(1003, 'text only');
        else listener(data.toString());
      });
    },
    onClose: (listener) => void socket.once('close', listener),
    close: () => socket.close(),
  };
}
