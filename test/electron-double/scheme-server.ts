import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { type WebSocket, WebSocketServer } from 'ws';
import { shared, urlMap } from './context.ts';

/** Serves the registered schemes over HTTP, and the wire of each page. Resolves with the port. */
export async function startSchemeServer(
  onPage: (socket: WebSocket, request: IncomingMessage) => void,
): Promise<number> {
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (!request.url?.startsWith('/__double')) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => onPage(opened, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = urlMap.fromHttp(`http://${incoming.headers.host}${incoming.url}`);
  const handler = shared.handlers.get(url.split(':')[0] ?? '');
  if (!handler) {
    outgoing.writeHead(502).end();
    return;
  }
  const gone = new AbortController();
  outgoing.once('close', () => !outgoing.writableFinished && gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string' && name !== 'host' && name !== 'connection')
      headers.set(name, urlMap.fromHttp(value));
  }
  try {
    const response = await handler(requestOf(url, incoming, headers, gone.signal));
    outgoing.writeHead(response.status, mappedHeaders(response.headers));
    if (response.body) await pipeline(Readable.fromWeb(response.body as WebStream), outgoing);
    else outgoing.end();
  } catch {
    outgoing.destroy();
  }
}

function requestOf(url: string, incoming: IncomingMessage, headers: Headers, signal: AbortSignal): Request {
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const body = hasBody ? { body: Readable.toWeb(incoming) as unknown as ReadableStream, duplex: 'half' } : {};
  return new Request(url, { method, headers, signal, ...body } as RequestInit);
}

function mappedHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [
      name,
      name === 'content-security-policy' ? urlMap.policyToHttp(value) : urlMap.toHttp(value),
    ]),
  );
}
