import { readFile } from 'node:fs/promises';
import { contentSecurityPolicy, hardeningHeaders } from '../page-policy.ts';
import { createStaticFiles } from './static-files.ts';

/** How the page is served. */
export interface PageHandlerOptions {
  /** The built page. */
  folder: string;
  /** Where else media may come from (policy sources). */
  media: readonly string[];
  /** Whom else the page may call. */
  connect: readonly string[];
}

/**
 * Answers for the page's own files; paths without the leading slash. Used by both faces. Files are small and read
 * whole: inside a packed app's archive only the plainest file calls work.
 */
export function createPageHandler(options: PageHandlerOptions): (request: Request, path: string) => Promise<Response> {
  const files = createStaticFiles(options.folder);
  const common = { ...hardeningHeaders, 'content-security-policy': contentSecurityPolicy(options) };
  return async (request, path) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response(null, { status: 405, headers: common });
    const file = files.find(`/${path}`);
    const bytes = file ? await readFile(file.path).catch(() => null) : null;
    if (!file || !bytes) {
      return new Response('not found', { status: 404, headers: { ...common, 'content-type': 'text/plain' } });
    }
    const cacheControl = path.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
    const headers = {
      ...common,
      'content-type': file.mime,
      'cache-control': cacheControl,
      'content-length': `${bytes.length}`,
    };
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { headers });
  };
}
