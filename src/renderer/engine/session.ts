import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';

/** Where the page keeps its key: gone with the tab, never sent by the browser on its own (cookies ignore ports). */
const storageKey = 'spotloom-session';

/** The page's surroundings, given so that tests can play them. */
export interface PageSurroundings {
  location: Pick<Location, 'origin' | 'hash' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState' | 'state'>;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  fetch: typeof fetch;
}

const answerSchema = z.object({ key: z.string().min(20) });

/**
 * The session key of the browser face: from the one-time token in the address (`#token=…`), else the one this tab was
 * given before. Throws `unauthorised` when there is neither.
 */
export async function sessionKey(page: PageSurroundings): Promise<string> {
  const token = new URLSearchParams(page.location.hash.slice(1)).get('token');
  const stored = page.storage.getItem(storageKey);
  if (token === null) {
    if (stored === null) throw lockedError();
    return stored;
  }
  // Out of the address bar at once: it is used up, and nobody should copy it.
  page.history.replaceState(page.history.state, '', `${page.location.pathname}${page.location.search}`);
  const response = await page.fetch(`${page.location.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!response.ok) {
    if (stored !== null) return stored;
    throw lockedError();
  }
  const { key } = answerSchema.parse(await response.json());
  page.storage.setItem(storageKey, key);
  return key;
}

/**
 * Starts the page anew when a fresh link is opened in its own tab: only the part after # differs then, which no browser
 * takes for another page.
 */
export function followNewLinks(page: Window): void {
  page.addEventListener('hashchange', ({ newURL }) => {
    if (!new URLSearchParams(new URL(newURL).hash.slice(1)).has('token')) return;
    page.history.replaceState(null, '', newURL);
    page.location.reload();
  });
}

/** Forgets a key the engine does not know (any more). */
export function forgetSession(page: Pick<PageSurroundings, 'storage'>): void {
  page.storage.removeItem(storageKey);
}

/** What a page without a valid token or key shows. */
export function lockedError(): AppError {
  return new AppError(
    'unauthorised',
    'This page opens with the link that was printed in the terminal when Spotloom started. The link works once; ' +
      'press Enter in that terminal for a new one.',
  );
}
