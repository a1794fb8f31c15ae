import { protocol } from 'electron';

/** Scheme of the page. */
export const pageScheme = 'spotloom';
/** Scheme of media. */
export const mediaScheme = 'spotloom-media';
/** Where the page is. */
export const pageOrigin = `${pageScheme}://app`;
/** Prefix of every media URL. */
export const mediaBase = `${mediaScheme}://library`;

/** Tells Chromium about our schemes; before the app is ready. Both behave like https: own origin, fetch, streaming. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges },
    { scheme: mediaScheme, privileges: { ...privileges, codeCache: false, corsEnabled: true } },
  ]);
}

/** Answers the page's and the media's URLs; once the app is ready. Paths are given without the leading slash, not decoded. */
export function handleProtocols(answers: {
  page: (request: Request, path: string) => Promise<Response>;
  media: (request: Request, path: string) => Promise<Response>;
}): void {
  protocol.handle(pageScheme, (request) => route(request, 'app', answers.page));
  protocol.handle(mediaScheme, (request) => route(request, 'library', answers.media));
}

async function route(
  request: Request,
  host: string,
  answer: (request: Request, path: string) => Promise<Response>,
): Promise<Response> {
  const url = new URL(request.url);
  if (url.hostname !== host) return new Response('not found', { status: 404 });
  return answer(request, url.pathname.slice(1));
}
