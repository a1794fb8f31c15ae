import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import WebSocket from 'ws';
import type { Engine, EngineHandlers } from '#main/engine/types.ts';
import { createEngine } from '#main/engine.ts';
import { createInProcessClient } from '#main/gateway/in-process.ts';
import { type Loopback, startLoopback } from '#main/gateway/loopback/server.ts';
import { portChannel as enginePort } from '#main/gateway/port-channel.ts';
import { createRouter } from '#main/gateway/router.ts';
import { serveChannel } from '#main/gateway/serve-channel.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import type { EngineClient } from '#shared/contract/index.ts';
import { portChannel } from '../../src/renderer/engine/channel.ts';
import { type Connection, clientOver, openConnection } from '../../src/renderer/engine/connection.ts';
import { openSocketChannel } from '../../src/renderer/engine/open-channel.ts';
import { decode, encode } from '../electron-double/codec.ts';
import { DoublePort } from '../electron-double/ports.ts';

/** A folder that is removed with everything in it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'spotloom-gateway-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A real engine on an empty library, without the sample. */
export async function emptyEngine(libraryFolder: string): Promise<Engine> {
  return createEngine({
    libraryFolder,
    resourcesDir: resourcesFolder(),
    face: 'browser',
    hasSample: false,
    log: silentLog(),
  });
}

/** One way to reach an engine. `cut` breaks the connection as a crash would. */
export interface Reach {
  client: EngineClient;
  cut(): void;
  dispose(): Promise<void>;
}

/** Every transport by its name. */
export const transports: Readonly<Record<string, (engine: Engine, handlers: EngineHandlers) => Promise<Reach>>> = {
  'in-process': async (engine, handlers) => {
    const client = createInProcessClient(
      createRouter(handlers, { log: silentLog(), isOutputValidated: true }),
      engine.log,
    );
    return { client, cut: () => undefined, dispose: async () => undefined };
  },
  WebSocket: async (engine, handlers) => {
    const loopback = await openLoopback({ ...engine, handlersFor: () => handlers });
    const sockets: WebSocket[] = [];
    const key = await claimKey(loopback);
    const channel = await openSocketChannel(`ws://127.0.0.1:${loopback.port}/engine`, key, (url) => {
      const socket = new WebSocket(url, { origin: `http://127.0.0.1:${loopback.port}` });
      sockets.push(socket);
      return socket as never;
    });
    const connection = openConnection(channel);
    return {
      client: clientOver(connection.link),
      cut: () => sockets[0]?.terminate(),
      dispose: async () => {
        connection.close();
        await loopback.close();
      },
    };
  },
  MessagePort: async (engine, handlers) => {
    const { port1, port2 } = new MessageChannel();
    serveChannel(
      enginePort(port1 as never),
      createRouter(handlers, { log: silentLog(), isOutputValidated: true }),
      engine.log,
    );
    const connection = openConnection(portChannel(port2 as never));
    return {
      client: clientOver(connection.link),
      cut: () => port1.close(),
      dispose: async () => connection.close(),
    };
  },
  'the double’s port': async (engine, handlers) => {
    const { engineSide, pageSide, cut } = doublePorts();
    serveChannel(
      enginePort(engineSide),
      createRouter(handlers, { log: silentLog(), isOutputValidated: true }),
      engine.log,
    );
    const connection = openConnection(portChannel(pageSide as never));
    return { client: clientOver(connection.link), cut, dispose: async () => connection.close() };
  },
};

/** A desktop port as the Electron double makes it, its messages through the double's codec, to a page's MessagePort. */
function doublePorts(): { engineSide: DoublePort; pageSide: MessagePort; cut(): void } {
  const { port1, port2 } = DoublePort.pair();
  const { port1: pageSide, port2: relay } = new MessageChannel();
  port2.on('message', ({ data }: { data: unknown }) => relay.postMessage(decode(encode(data))));
  port2.on('close', () => relay.close());
  port2.start();
  relay.on('message', (data) => port2.postMessage(decode(encode(data))));
  relay.on('close', () => port2.close());
  return { engineSide: port1, pageSide, cut: () => port1.close() };
}

/** A page's connection to an engine by a MessagePort. */
export function openPortConnection(engine: Engine): { connection: Connection; cut(): void } {
  const { port1, port2 } = new MessageChannel();
  const router = createRouter(engine.handlersFor({ mediaBase: '' }), { log: silentLog(), isOutputValidated: true });
  serveChannel(enginePort(port1 as never), router, engine.log);
  return { connection: openConnection(portChannel(port2 as never)), cut: () => port1.close() };
}

/** The loopback face over an engine, on a free port. */
export function openLoopback(
  engine: Engine,
  rendererDir = join(import.meta.dirname, '../../src/renderer'),
): Promise<Loopback> {
  return startLoopback({ engine, rendererDir, port: 0, isOutputValidated: true });
}

/** Uses up a fresh one-time token. */
export async function claimKey(loopback: Loopback): Promise<string> {
  const token = loopback.newLink().split('#token=')[1];
  const response = await fetch(`http://127.0.0.1:${loopback.port}/session`, {
    method: 'POST',
    body: JSON.stringify({ token }),
  });
  return ((await response.json()) as { key: string }).key;
}
