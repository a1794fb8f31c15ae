import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** The page's files, by the exact paths they have. */
export interface StaticFiles {
  /** The file for a URL path; paths of the studio's own pages (no extension) give `index.html`. Null = there is none. */
  find(urlPath: string): { path: string; mime: string } | null;
}

const mimes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Lists a folder once and serves from the list: a path that is not in it does not exist, so there is nothing to
 * traverse. Read again when a page asks for something unknown that looks like a file (a new build).
 */
export function createStaticFiles(folder: string): StaticFiles {
  let files = list(folder);
  return {
    find(urlPath) {
      const hasExtension = extname(urlPath) !== '';
      const key = hasExtension ? urlPath : '/index.html';
      if (!files.has(key)) files = list(folder);
      const path = files.get(key);
      return path === undefined
        ? null
        : { path, mime: mimes[extname(path).toLowerCase()] ?? 'application/octet-stream' };
    },
  };
}

function list(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (at: string) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) visit(path);
      // Links are neither: they could lead anywhere.
      else if (entry.isFile()) found.set(`/${relative(folder, path).split(sep).join('/')}`, path);
    }
  };
  try {
    visit(folder);
  } catch {
    // No page has been built (yet).
  }
  return found;
}
