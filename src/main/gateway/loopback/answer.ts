import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { errorResponse } from '../media/error-response.ts';
import { hardeningHeaders } from '../page-policy.ts';
import { refusalOf } from './guards.ts';
import { readJson, toRequest } from './node-http.ts';
import type { LoopbackParts } from './parts.ts';
import { receiveUpload } from './upload.ts';

const claimSchema = z.object({ token: z.string().max(200) });

/** Answers one HTTP request of the loopback face: the exchange of a token, media and uploads of a session, the page. */
export async function answerRequest(
  parts: LoopbackParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Response> {
  const refusal = refusalOf(request, parts.port());
  if (refusal !== null) return refuse(403, refusal);
  // Not normalised: `new URL` would quietly resolve "..".
  const path = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
  if (path === '/session') return exchange(parts, request);
  if (path.startsWith('/m/')) return sessionRequest(parts, request, response, path.slice(3));
  return parts.page(toRequest(request, response), path.slice(1));
}

function refuse(status: number, message: string): Response {
  return new Response(message, { status, headers: { ...hardeningHeaders, 'content-type': 'text/plain' } });
}

async function exchange({ sessions }: LoopbackParts, request: IncomingMessage): Promise<Response> {
  if (request.method !== 'POST') return refuse(405, 'POST only');
  const claim = claimSchema.safeParse(await readJson(request, 1000));
  const session = claim.success ? sessions.claim(claim.data.token) : null;
  if (session === null) return errorResponse(unauthorised(), hardeningHeaders);
  return Response.json({ key: session.key }, { headers: { ...hardeningHeaders, 'cache-control': 'no-store' } });
}

function unauthorised(): AppError {
  return new AppError('unauthorised', 'This link has been used already, or belongs to an earlier start of Spotloom.');
}

async function sessionRequest(
  parts: LoopbackParts,
  request: IncomingMessage,
  response: ServerResponse,
  rest: string,
): Promise<Response> {
  const slash = rest.indexOf('/');
  const session = slash === -1 ? null : parts.sessions.bySecret(rest.slice(0, slash));
  if (session === null) return errorResponse(unauthorised(), hardeningHeaders);
  const path = rest.slice(slash + 1);
  if (path !== 'upload') return parts.media(toRequest(request, response), path);
  if (request.method !== 'PUT') return refuse(405, 'PUT only');
  const answer = await receiveUpload(parts.engine, request, response);
  for (const [name, value] of Object.entries(hardeningHeaders)) answer.headers.set(name, value);
  return answer;
}
