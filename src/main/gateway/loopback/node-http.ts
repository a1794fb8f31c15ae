import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';

/** A web Request for a bodyless Node request; its signal aborts when the other side goes away before the answer is out. */
export function toRequest(request: IncomingMessage, response: ServerResponse): Request {
  const headers = new Headers();
  for (const name of ['range', 'if-range', 'if-none-match', 'accept']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  return new Request(url, { method: request.method ?? 'GET', headers, signal: gone.signal });
}

/** Writes a web Response; a body that fails half-way cuts the connection, so that it cannot pass for the whole. */
export async function sendResponse(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (!answer.body) {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.fromWeb(answer.body as WebStream), response);
  } catch {
    response.destroy();
  }
}

/** A JSON body of at most `limit` bytes; null when it is none. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
}
