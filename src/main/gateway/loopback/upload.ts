import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { Engine } from '#main/engine/types.ts';
import { freeSpaceBytes } from '#main/platform/files/index.ts';
import { AppError, isCancelled, toAppError } from '#shared/errors/index.ts';
import { errorResponse } from '../media/error-response.ts';

/** Left free on the disk after an upload, for the database and renditions. */
const reserveBytes = 64 * 1024 * 1024;
const longestNameBytes = 1024;

/**
 * Takes a file in from a page: its bytes go to the library's staging area as fast as the disk takes them and no faster.
 * A file that cannot fit is refused before its bytes are read.
 */
export async function receiveUpload(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Response> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const name = new URL(request.url ?? '/', 'http://localhost').searchParams.get('name') ?? '';
    if (name === '' || Buffer.byteLength(name) > longestNameBytes || name.includes('\0')) {
      throw new AppError('invalid-input', 'The file has no usable name. Rename it, then try again.');
    }
    const sizeBytes = declaredSize(request);
    await refuseIfTooLarge(engine, name, sizeBytes);
    const body = Readable.toWeb(request) as WebStream<Uint8Array> as ReadableStream<Uint8Array>;
    const staged = await engine.stageUpload({ name, sizeBytes, body, signal: gone.signal });
    return Response.json({ uploadId: staged.uploadId }, { headers: { 'cache-control': 'no-store' } });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'internal' && !isCancelled(thrown)) engine.log.error('an upload failed', { error: thrown });
    // The rest of the body is read and dropped: cutting the connection would hide the answer from the page.
    if (!request.destroyed) request.resume();
    return errorResponse(error, {});
  }
}

function declaredSize(request: IncomingMessage): number | null {
  const text = request.headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

async function refuseIfTooLarge(engine: Engine, name: string, sizeBytes: number | null): Promise<void> {
  const free = await freeSpaceBytes(engine.paths.root);
  if (sizeBytes === null || sizeBytes + reserveBytes <= free) return;
  throw new AppError(
    'disk-full',
    `“${name}” does not fit on the disk of the library. Free some space, then try again.`,
    {
      retry: 'free-space',
      details: { neededBytes: sizeBytes, freeBytes: free },
    },
  );
}
