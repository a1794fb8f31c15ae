import type { DesktopBridge } from '#shared/contract/index.ts';
import { type Channel, portChannel, socketChannel } from './channel.ts';
import { notConnectedError } from './connection.ts';
import { lockedError } from './session.ts';

/** Close code by which the engine refuses a key. */
export const refusedCloseCode = 4401;
const openTimeoutMs = 10_000;

/** Opens the browser face's WebSocket and shows the session key in its first message. Throws `unauthorised` or `not-connected`. */
export function openSocketChannel(
  url: string,
  key: string,
  create = (to: string) => new WebSocket(to),
): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const socket = create(url);
    const timer = setTimeout(() => socket.close(), openTimeoutMs);
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'hello', key })), { once: true });
    socket.addEventListener(
      'message',
      () => {
        clearTimeout(timer);
        resolve(socketChannel(socket));
      },
      { once: true },
    );
    socket.addEventListener(
      'close',
      (event) => {
        clearTimeout(timer);
        reject(event.code === refusedCloseCode ? lockedError() : notConnectedError());
      },
      { once: true },
    );
  });
}

/** Asks the desktop's preload script for a port to the engine. Throws `not-connected` when none arrives. */
export function openPortChannel(bridge: Pick<DesktopBridge, 'requestPort'>, page: Window): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      page.removeEventListener('message', onMessage);
    };
    const onMessage = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== page || event.data !== 'spotloom-port' || !port) return;
      stop();
      resolve(portChannel(port as Parameters<typeof portChannel>[0]));
    };
    const timer = setTimeout(() => {
      stop();
      reject(notConnectedError());
    }, openTimeoutMs);
    page.addEventListener('message', onMessage);
    bridge.requestPort();
  });
}
