import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type ByteRange, parseRange } from './range.ts';

/** A file to be sent. */
export interface SentFile {
  path: string;
  mime: string;
  /** Further headers of the answer. */
  headers?: Readonly<Record<string, string>>;
}

const chunkBytes = 256 * 1024;

/**
 * Answers GET and HEAD for one file: single ranges, `If-None-Match`, `If-Range`. The file is closed when the reader
 * stops early. Throws `file-not-found` and other file errors before anything is sent.
 */
export async function fileResponse(request: Request, file: SentFile): Promise<Response> {
  const { handle, facts } = await openFile(file.path);
  let isHandedOver = false;
  try {
    const etag = `"${facts.size.toString(36)}-${Math.round(facts.mtimeMs * 1000).toString(36)}-${facts.ino.toString(36)}"`;
    const headers = new Headers({
      'content-type': file.mime,
      'accept-ranges': 'bytes',
      etag,
      'last-modified': facts.mtime.toUTCString(),
      'cache-control': 'private, no-cache',
      ...file.headers,
    });
    if (
      request.headers
        .get('if-none-match')
        ?.split(/\s*,\s*/)
        .includes(etag)
    )
      return new Response(null, { status: 304, headers });
    const range = wantedRange(request, facts, etag);
    if (range === 'unsatisfiable') {
      headers.set('content-range', `bytes */${facts.size}`);
      headers.delete('content-type');
      return new Response(null, { status: 416, headers });
    }
    const { start, end } = range ?? { start: 0, end: facts.size - 1 };
    headers.set('content-length', String(end - start + 1));
    if (range) headers.set('content-range', `bytes ${start}-${end}/${facts.size}`);
    const status = range ? 206 : 200;
    if (request.method === 'HEAD' || end < start) return new Response(null, { status, headers });
    isHandedOver = true;
    return new Response(bodyOf(handle, { start, end }, request.signal), { status, headers });
  } finally {
    if (!isHandedOver) await handle.close();
  }
}

/** Opens a regular file; anything else (a pipe would hang, a device would never end) counts as not there. */
async function openFile(path: string): Promise<{ handle: FileHandle; facts: Stats }> {
  try {
    const seen = await stat(path);
    if (seen.isFile()) {
      const handle = await open(path, 'r');
      const facts = await handle.stat();
      if (facts.isFile()) return { handle, facts };
      await handle.close();
    }
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
  throw new AppError('file-not-found', `“${path}” is not a file.`, { details: { path } });
}

function wantedRange(request: Request, facts: Stats, etag: string): ByteRange | 'unsatisfiable' | null {
  const condition = request.headers.get('if-range');
  const isSame = condition === null || condition === etag || condition === facts.mtime.toUTCString();
  return isSame ? parseRange(request.headers.get('range'), facts.size) : null;
}

function bodyOf(handle: FileHandle, range: ByteRange, signal: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = range.start;
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  const onAbort = () => void close().catch(() => undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  const finish = async () => {
    signal.removeEventListener('abort', onAbort);
    await close();
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const wanted = Math.min(chunkBytes, range.end - at + 1);
        const buffer = new Uint8Array(wanted);
        const { bytesRead } = isOpen ? await handle.read(buffer, 0, wanted, at) : { bytesRead: 0 };
        if (bytesRead === 0) {
          await finish();
          // The length has been promised: a file that became shorter must not look complete.
          controller.error(new AppError('file-changed', 'The file became shorter while it was being read.'));
          return;
        }
        at += bytesRead;
        controller.enqueue(buffer.subarray(0, bytesRead));
        if (at <= range.end) return;
        await finish();
        controller.close();
      },
      cancel: finish,
    },
    { highWaterMark: 1 },
  );
}
