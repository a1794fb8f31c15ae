import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { walkFolder } from '#main/platform/files/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { ImportItem, ImportView } from '#shared/contract/index.ts';
import { AppError, isCancelled, toAppError } from '#shared/errors/index.ts';
import { type AssetOrigin, newId } from '#shared/model/index.ts';
import type { FileToImport, ImportFile } from './import-file.ts';
import { createQueue } from './queue.ts';
import type { Uploads } from './uploads.ts';

/** What to import. */
export interface ImportRequest {
  paths: readonly string[];
  uploads: readonly string[];
  mode: 'link' | 'copy';
  /** Default `import`. */
  origin?: AssetOrigin;
}

/** Imports under way and ended, since the engine started. */
export interface Imports {
  /** Begins and returns at once. */
  start(request: ImportRequest): string;
  /** Throws `not-found`. */
  get(importId: string): ImportView;
  /** Resolves with the final view; throws `not-found`, or `cancelled` when the signal aborts (the import goes on). */
  waitFor(importId: string, signal?: AbortSignal): Promise<ImportView>;
  /** Stops after the files in hand; what is imported stays. */
  cancel(importId: string): void;
  /** Cancels all and waits until nothing is in hand. */
  dispose(): Promise<void>;
}

interface RunningImport {
  view: ImportView;
  abort: AbortController;
  ended: Promise<void>;
}

/** Items shown of one import. */
const mostItems = 1000;
/** Imports remembered. */
const mostImports = 200;

/** What imports need. */
export interface ImportsOptions {
  importFile: ImportFile;
  uploads: Uploads;
  /** Folders of the library itself, never walked into. */
  isOwn(path: string): boolean;
  /** Files looked at at once. */
  parallel: number;
  log: Log;
  onChanged(view: ImportView): void;
}

/** Runs imports. */
export function createImports(options: ImportsOptions): Imports {
  const imports = new Map<string, RunningImport>();

  function must(importId: string): RunningImport {
    const found = imports.get(importId);
    if (found === undefined) {
      throw new AppError(
        'not-found',
        'This import is not known any more. Imports are remembered until Spotloom is closed.',
      );
    }
    return found;
  }

  return {
    start(request) {
      const id = newId<string>('import');
      const view: ImportView = { id, state: 'running', found: 0, imported: 0, duplicates: 0, refused: 0, items: [] };
      const abort = new AbortController();
      const ended = runImport(options, request, view, abort.signal);
      imports.set(id, { view, abort, ended });
      forgetOldest(imports);
      return id;
    },
    get: (importId) => snapshot(must(importId).view),
    async waitFor(importId, signal) {
      const { view, ended } = must(importId);
      await untilAborted(ended, signal);
      return snapshot(view);
    },
    cancel: (importId) => must(importId).abort.abort(),
    async dispose() {
      for (const { abort } of imports.values()) abort.abort();
      await Promise.all([...imports.values()].map(({ ended }) => ended));
    },
  };
}

/** Never rejects: what goes wrong is in the view. */
async function runImport(
  options: ImportsOptions,
  request: ImportRequest,
  view: ImportView,
  signal: AbortSignal,
): Promise<void> {
  const { onChanged, log } = options;
  const finish = (item: ImportItem) => {
    view.items.push(item);
    if (view.items.length > mostItems) view.items.shift();
    if (item.outcome === 'imported') view.imported += 1;
    else if (item.outcome === 'duplicate') view.duplicates += 1;
    else view.refused += 1;
    onChanged(snapshot(view));
  };
  const queue = createQueue<Candidate>();
  // The walk runs ahead, so that there is something to measure the progress by.
  const walk = async () => {
    try {
      for await (const candidate of findFiles(options, request, view, signal)) {
        view.found += 1;
        queue.add(candidate);
      }
    } finally {
      queue.end();
    }
  };
  const work = async () => {
    for (let next = await queue.take(); next !== null && !signal.aborted; next = await queue.take()) {
      finish(await importOne(options, next, signal));
    }
  };
  onChanged(snapshot(view));
  const results = await Promise.allSettled([walk(), ...Array.from({ length: options.parallel }, work)]);
  for (const result of results) {
    if (result.status === 'fulfilled' || isCancelled(result.reason)) continue;
    log.error('an import ended early', { error: result.reason });
    finish(refusal(request.paths[0] ?? '', result.reason));
  }
  view.state = signal.aborted ? 'cancelled' : 'finished';
  onChanged(snapshot(view));
}

/** A file to import, or why something on the way is none. */
type Candidate = { file: FileToImport; done?: () => Promise<void> } | { path: string; error: unknown };

async function importOne(options: ImportsOptions, candidate: Candidate, signal: AbortSignal): Promise<ImportItem> {
  if ('error' in candidate) return refusal(candidate.path, candidate.error);
  const { file, done } = candidate;
  try {
    const { outcome, assetId } = await options.importFile(file, signal);
    return { path: file.path, outcome, assetId, error: null };
  } catch (error) {
    const known = toAppError(error);
    if (known.code === 'internal') options.log.error('a file could not be imported', { path: file.path, error });
    return refusal(file.path, error);
  } finally {
    await done?.().catch((error: unknown) => options.log.warn('an upload could not be cleared away', { error }));
  }
}

async function* findFiles(
  options: ImportsOptions,
  request: ImportRequest,
  view: ImportView,
  signal: AbortSignal,
): AsyncGenerator<Candidate, void, void> {
  const origin = request.origin ?? 'import';
  for (const uploadId of request.uploads) {
    try {
      const { name, path, done } = options.uploads.take(uploadId);
      yield { file: { path, name, mode: 'move', origin, sourceFolder: '', group: view.id }, done };
    } catch (error) {
      yield { path: uploadId, error };
    }
  }
  const seen = new Set<string>();
  for (const given of request.paths) {
    const root = resolve(given);
    yield* findBelow(options, { root, mode: request.mode, origin, group: view.id }, seen, signal);
  }
}

async function* findBelow(
  options: ImportsOptions,
  from: { root: string; mode: 'link' | 'copy'; origin: AssetOrigin; group: string },
  seen: Set<string>,
  signal: AbortSignal,
): AsyncGenerator<Candidate, void, void> {
  const refusal = await whyNotEntered(options, from.root);
  if (refusal !== null) {
    yield { path: from.root, error: refusal };
    return;
  }
  for await (const entry of walkFolder(from.root, { signal, skip: options.isOwn })) {
    if (seen.has(entry.path)) continue;
    seen.add(entry.path);
    if (entry.kind === 'unreadable') {
      yield { path: entry.path, error: unreadable(entry.path, entry.reason) };
      continue;
    }
    const { path } = entry;
    const { mode, origin, group } = from;
    yield { file: { path, name: basename(path), mode, origin, sourceFolder: dirname(path), group } };
  }
}

/** What a walk would pass over in silence is said when the person chose it. */
async function whyNotEntered(options: ImportsOptions, root: string): Promise<AppError | null> {
  if (options.isOwn(root)) {
    return new AppError('path-refused', 'This is the inside of the library itself; what is in it is imported already.');
  }
  const info = await stat(root).catch(() => null);
  if (info === null || info.isFile() || info.isDirectory()) return null;
  return new AppError('unsupported-media', `"${basename(root)}" is not a file (a device, pipe or socket).`);
}

function unreadable(path: string, reason: 'no-permission' | 'vanished' | 'too-deep' | 'failed'): AppError {
  switch (reason) {
    case 'no-permission':
      return new AppError(
        'file-unreadable',
        `Spotloom may not read "${path}". Check its permissions, then import it again.`,
        {
          retry: 'retry',
        },
      );
    case 'vanished':
      return new AppError('file-not-found', `"${path}" is not there. It may have been moved, renamed or unplugged.`);
    case 'too-deep':
      return new AppError('path-refused', `"${path}" lies too many folders deep. Import it by itself.`);
    default:
      return new AppError('file-unreadable', `"${path}" could not be read. Check the disk, then import it again.`, {
        retry: 'retry',
      });
  }
}

function refusal(path: string, error: unknown): ImportItem {
  return { path, outcome: 'refused', assetId: null, error: toAppError(error).toData() };
}

function snapshot(view: ImportView): ImportView {
  return { ...view, items: [...view.items] };
}

function forgetOldest(imports: Map<string, RunningImport>): void {
  for (const [id, { view }] of imports) {
    if (imports.size <= mostImports) return;
    if (view.state !== 'running') imports.delete(id);
  }
}

async function untilAborted(ended: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return ended;
  signal.throwIfAborted();
  const stop = Promise.withResolvers<never>();
  const onAbort = () => stop.reject(new DOMException('aborted', 'AbortError'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([ended, stop.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
