import { z } from 'zod';
import { appErrorDataSchema } from '#shared/contract/index.ts';
import { AppError, type AppErrorData, cancelledError } from '#shared/errors/index.ts';
import { notConnectedError } from './connection.ts';

const answerSchema = z.object({ uploadId: z.string() });

/**
 * Sends a file's bytes to the engine's disk; the id it returns goes into `library.import({ uploads })`.
 * `onProgress` gets 0 to 1. Throws `cancelled`, `disk-full`, `not-connected` or what the engine says.
 * XMLHttpRequest, because fetch does not tell how much of a body has been sent.
 */
export function uploadFile(
  uploadUrl: string,
  file: File,
  onProgress: (fraction: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelledError());
    const request = new XMLHttpRequest();
    const onAbort = () => request.abort();
    const settle = (end: () => void) => {
      signal?.removeEventListener('abort', onAbort);
      end();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    request.open('PUT', `${uploadUrl}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) =>
      onProgress(event.lengthComputable ? event.loaded / Math.max(1, event.total) : 0);
    request.onabort = () => settle(() => reject(cancelledError()));
    request.onerror = () => settle(() => reject(notConnectedError()));
    request.onload = () =>
      settle(() => {
        const answer = readAnswer(request);
        if (typeof answer === 'string') resolve(answer);
        else reject(answer);
      });
    request.send(file);
  });
}

function readAnswer(request: XMLHttpRequest): string | AppError {
  try {
    const json: unknown = JSON.parse(request.responseText);
    if (request.status === 200) return answerSchema.parse(json).uploadId;
    return AppError.fromData(appErrorDataSchema.parse(json) as AppErrorData);
  } catch (error) {
    return new AppError('internal', 'The file could not be sent to the engine. Please try again.', {
      message: `upload answered ${request.status}`,
      cause: error,
      retry: 'retry',
    });
  }
}
