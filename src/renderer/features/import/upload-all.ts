import type { EngineHandle } from '../../engine/index.ts';
import type { UploadProgress } from '../../state/index.ts';

/** Uploads going on at once. */
const atOnce = 2;

/**
 * Sends files to the engine, two at a time, and answers their upload ids in order.
 * Rejects at the first failure, cancelling the rest; the person can cancel through the reported progress.
 */
export async function uploadAll(
  engine: EngineHandle,
  files: readonly File[],
  report: (id: string, progress: UploadProgress | null) => void,
): Promise<string[]> {
  const send = engine.uploadFile;
  if (files.length === 0 || !send) return [];
  const id = crypto.randomUUID();
  const abort = new AbortController();
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  const sent = files.map(() => 0);
  const ids: string[] = [];
  let finished = 0;
  let next = 0;
  const tell = () =>
    report(id, {
      files: files.length,
      finished,
      sentBytes: sent.reduce((sum, bytes) => sum + bytes, 0),
      totalBytes,
      cancel: () => abort.abort(),
    });
  const work = async () => {
    for (let index = next++; index < files.length; index = next++) {
      const file = files[index];
      if (!file) return;
      const onProgress = (fraction: number) => {
        sent[index] = fraction * file.size;
        tell();
      };
      ids[index] = await send(file, { signal: abort.signal, onProgress });
      finished += 1;
      onProgress(1);
    }
  };
  tell();
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
    return ids;
  } catch (error) {
    abort.abort();
    throw error;
  } finally {
    report(id, null);
  }
}
