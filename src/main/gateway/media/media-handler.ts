import type { MediaFile } from '#main/engine/types.ts';
import type { Log } from '#main/platform/log/index.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { errorResponse } from './error-response.ts';
import { fileResponse } from './file-response.ts';

/**
 * Answers for one media path: `<assetId>/<kind>`, `exports/<exportId>`, `exports/<exportId>/cover` or
 * `exports/<exportId>/evidence/<n>`, without a leading slash, not decoded.
 */
export type MediaHandler = (request: Request, path: string) => Promise<Response>;

/** What a media handler needs. */
export interface MediaHandlerOptions {
  resolve(path: string, query: URLSearchParams, signal: AbortSignal): Promise<MediaFile | null>;
  log: Log;
  /** Headers of every answer, e.g. whom it may be shown to. */
  headers: Readonly<Record<string, string>>;
}

/** Two ids, an export’s cover or a numbered picture of evidence, and nothing else: no dot, no percent sign, no further slash. */
const pathPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\/[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\/cover|\/evidence\/\d{1,4})?$/;

/**
 * Serves media by id. What the path names is looked up in the library; no part of it ever becomes part of a file's
 * path. Answers carry a policy that forbids everything, so that a document shown on its own runs nothing.
 */
export function createMediaHandler(options: MediaHandlerOptions): MediaHandler {
  const headers = { ...options.headers, 'content-security-policy': "default-src 'none'; sandbox" };
  return async (request, path) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { ...headers, allow: 'GET, HEAD' } });
    }
    try {
      if (!pathPattern.test(path)) throw notFound();
      const query = new URL(request.url).searchParams;
      const file = await options.resolve(path, query, request.signal);
      if (!file) throw notFound();
      const response = await fileResponse(request, {
        ...file,
        headers: { ...headers, 'cache-control': cacheControl(query) },
      });
      return response;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'internal') options.log.error('media could not be served', { path, error: thrown });
      return errorResponse(error, headers);
    }
  };
}

/** A URL with a version names bytes that never change. */
function cacheControl(query: URLSearchParams): string {
  return query.has('v') ? 'private, max-age=31536000, immutable' : 'private, no-cache';
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such media.');
}
