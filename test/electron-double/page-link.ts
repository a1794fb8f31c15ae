import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { decode, encode } from './codec.ts';
import { urlMap } from './context.ts';
import type { DoublePort } from './ports.ts';

/** A call from the page's preload script. */
interface PageMessage {
  type: 'send' | 'invoke' | 'port-message' | 'port-close';
  id: number;
  channel: string;
  args: unknown[];
  port: number;
  data: unknown;
}

/** What receives calls. */
export interface PageReceiver {
  onSend(channel: string, args: unknown[], link: PageLink): void;
  onInvoke(channel: string, args: unknown[], link: PageLink): Promise<unknown>;
}

/** The wire between the double and one load of one page. Ends with the page, and with it all its ports. */
export class PageLink {
  readonly #socket: WebSocket;
  readonly #ports = new Map<number, DoublePort>();
  #nextPort = 1;

  constructor(socket: WebSocket, receiver: PageReceiver) {
    this.#socket = socket;
    socket.on(
      'message',
      (data) => void this.#receive(decode(urlMap.fromHttp(data.toString())) as PageMessage, receiver),
    );
    socket.on('close', () => {
      for (const port of this.#ports.values()) port.close();
    });
  }

  /** Sends a message to the preload script, with ports. */
  post(channel: string, args: unknown[], transferred: readonly DoublePort[]): void {
    const ports = transferred.map((port) => {
      const id = this.#nextPort++;
      this.#ports.set(id, port);
      port.on('message', ({ data }: { data: unknown }) => this.#send({ type: 'port-message', port: id, data }));
      port.on('close', () => this.#send({ type: 'port-close', port: id }));
      port.start();
      return id;
    });
    this.#send({ type: 'ipc', channel, args, ports });
  }

  async #receive(message: PageMessage, receiver: PageReceiver): Promise<void> {
    if (message.type === 'port-message') this.#ports.get(message.port)?.postMessage(message.data);
    else if (message.type === 'port-close') this.#ports.get(message.port)?.close();
    else if (message.type === 'send') receiver.onSend(message.channel, message.args, this);
    else {
      const { id, channel, args } = message;
      try {
        this.#send({ type: 'result', id, value: await receiver.onInvoke(channel, args, this), error: null });
      } catch (error) {
        this.#send({
          type: 'result',
          id,
          value: null,
          error: `Error invoking remote method '${channel}': ${String(error)}`,
        });
      }
    }
  }

  #send(message: object): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(urlMap.toHttp(encode(message)));
  }
}

/** Which window a page's connection belongs to. */
export function windowIdOf(request: IncomingMessage): number {
  return Number(new URL(request.url ?? '/', 'http://x').searchParams.get('window'));
}
