import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Engine } from '#main/engine/types.ts';
import { AppError } from '#shared/errors/index.ts';
import { createMediaHandler } from '../media/media-handler.ts';
import { createPageHandler } from '../media/page-handler.ts';
import { hardeningHeaders } from '../page-policy.ts';
import { createRouter } from '../router.ts';
import { maxMessageCharacters, serveChannel } from '../serve-channel.ts';
import { socketChannel } from '../socket-channel.ts';
import { answerRequest } from './answer.ts';
import { refusalOf } from './guards.ts';
import { shakeHands } from './handshake.ts';
import { sendResponse } from './node-http.ts';
import type { LoopbackParts } from './parts.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** How the loopback face is opened. */
export interface LoopbackOptions {
  engine: Engine;
  /** The built page. */
  rendererDir: string;
  /** 0 takes a free one. */
  port: number;
  isOutputValidated: boolean;
}

/** The running loopback face. */
export interface Loopback {
  port: number;
  /** A fresh link that opens the studio once. */
  newLink(): string;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Serves page, media and contract on 127.0.0.1. Throws `conflict` when the port is taken. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { engine } = options;
  const sessions = createSessions();
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000 });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageCharacters, perMessageDeflate: false });
  const port = await listen(server, options.port);
  const parts: LoopbackParts = {
    engine,
    sessions,
    media: createMediaHandler({ resolve: engine.resolveMedia, log: engine.log, headers: hardeningHeaders }),
    page: createPageHandler({
      folder: options.rendererDir,
      media: [],
      connect: [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`],
    }),
    port: () => port,
  };
  server.on('request', (request, response) => void respond(parts, request, response));
  server.on('upgrade', (request, socket, head) => {
    if (refusalOf(request, port) !== null || request.url !== '/engine') return refuseUpgrade(socket);
    sockets.handleUpgrade(
      request,
      socket,
      head,
      (webSocket) => void serveSocket(options, sessions, request, webSocket),
    );
  });
  return {
    port,
    newLink: () => `http://127.0.0.1:${port}/#token=${sessions.newToken()}`,
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError('conflict', `Port ${port} is in use. Choose another with --port, or leave it out.`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function respond(parts: LoopbackParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await sendResponse(response, await answerRequest(parts, request, response));
  } catch (error) {
    parts.engine.log.error('a request failed', { error, path: request.url?.split('?')[0] });
    if (!response.headersSent) response.writeHead(500, { 'x-content-type-options': 'nosniff' });
    response.end();
  }
}

function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

async function serveSocket(
  { engine, isOutputValidated }: LoopbackOptions,
  sessions: Sessions,
  request: IncomingMessage,
  socket: WebSocket,
): Promise<void> {
  // Errors of a socket (a frame too large, a reset) are followed by its close.
  socket.on('error', (error) => engine.log.debug('a connection failed', { error }));
  const session = await shakeHands(socket, sessions);
  if (session === null) return;
  const mediaBase = `http://${request.headers.host}/m/${session.secret}`;
  const router = createRouter(engine.handlersFor({ mediaBase }), { log: engine.log, isOutputValidated });
  serveChannel(socketChannel(socket), router, engine.log);
  socket.send(JSON.stringify({ type: 'welcome' }));
}
