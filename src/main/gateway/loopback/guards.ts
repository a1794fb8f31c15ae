import type { IncomingMessage } from 'node:http';

/** Why a request is turned away before anything looks at it. */
export type Refusal = 'foreign-host' | 'foreign-origin';

/**
 * Host: a page of another name that resolves to 127.0.0.1 (DNS rebinding) sends its own name here.
 * Origin: a page of another site may send requests to this address; browsers say where they come from.
 * A WebSocket handshake must say so, since it is not bound by the same-origin policy.
 */
export function refusalOf(request: IncomingMessage, port: number): Refusal | null {
  const { host, origin } = request.headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 'foreign-host';
  if (origin === undefined) return isUpgrade(request) || isCrossSite(request) ? 'foreign-origin' : null;
  return origin === `http://${host}` ? null : 'foreign-origin';
}

function isUpgrade(request: IncomingMessage): boolean {
  return request.headers.upgrade !== undefined;
}

/** Images, scripts and the like of other sites come without Origin. Following a link to the page is fine. */
function isCrossSite(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  const isLink = request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document';
  return !(isLink && request.method === 'GET' && request.url === '/');
}
