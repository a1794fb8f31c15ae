import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { AppError, cancelledError } from '#shared/errors/index.ts';

/** A decoded photo: rows of RGBA, 8 bits each, upright. */
export interface DecodedPhoto {
  width: number;
  height: number;
  rgba: Uint8Array;
}

const replySchema = z.union([
  z.object({ width: z.int().positive(), height: z.int().positive(), rgba: z.instanceof(Uint8Array) }),
  z.object({ error: z.string() }),
]);

/**
 * The worker's whole program. As text, because it must run as it is from the source, from a bundle and from a packed
 * app; the decoder itself is found by the path given to it.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { readFileSync } = require('node:fs');
const libheif = require(workerData.decoder);
const images = new libheif.HeifDecoder().decode(readFileSync(workerData.path));
const image = images.find((one) => one.is_primary && one.is_primary()) ?? images[0];
if (image === undefined) {
  parentPort.postMessage({ error: 'no picture in it' });
} else {
  const width = image.get_width();
  const height = image.get_height();
  if (width * height > workerData.mostPixels) {
    parentPort.postMessage({ error: 'too large' });
  } else {
    const data = new Uint8ClampedArray(width * height * 4);
    image.display({ data, width, height }, (done) => {
      if (done === null) return parentPort.postMessage({ error: 'its picture cannot be decoded' });
      const rgba = new Uint8Array(done.data.buffer);
      parentPort.postMessage({ width, height, rgba }, [rgba.buffer]);
    });
  }
}
`;

/** 1 GB of RGBA; no camera makes more, a made-up header does. */
const mostPixels = 256 * 1024 * 1024;

/**
 * Decodes a HEIC photo with libheif in a thread of its own: a second of full work per photo that the engine's event
 * loop must not feel. Throws `media-damaged` or `cancelled`.
 */
export async function decodeHeic(path: string, signal: AbortSignal): Promise<DecodedPhoto> {
  if (signal.aborted) throw cancelledError();
  const decoder = createRequire(import.meta.url).resolve('libheif-js/wasm-bundle');
  const worker = new Worker(program, { eval: true, workerData: { decoder, path, mostPixels } });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const reply = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the decoder ended without an answer')));
    }).catch((error: unknown) => {
      if (signal.aborted) throw cancelledError();
      throw damaged(error instanceof Error ? error.message : String(error));
    });
    const parsed = replySchema.parse(reply);
    if ('error' in parsed) throw damaged(parsed.error);
    return parsed;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function damaged(reason: string): AppError {
  return new AppError('media-damaged', 'This HEIC photo cannot be decoded. It may be damaged; copy it again.', {
    message: `libheif: ${reason}`,
  });
}
