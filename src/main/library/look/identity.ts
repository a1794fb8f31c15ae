import { createHash } from 'node:crypto';
import { hashFile } from '#main/platform/files/index.ts';
import { withRanges } from './read-ranges.ts';

/**
 * What a content is recognised by. The identity is the SHA-256 of the whole file; reading gigabytes must not hold up an
 * import, so larger files are first known by their quick key (size, first and last 64 KiB). Equal contents always have
 * equal quick keys: two assets of the same content can therefore never come into being, and no merging is ever needed.
 * Only when a quick key is met a second time are both contents compared whole, there and then.
 */
export interface ContentKeys {
  quickKey: string;
  /** Known at once for files up to {@link inlineBytes}, null for larger ones. */
  sha256: string | null;
  sizeBytes: number;
}

/** Files up to this size are hashed whole while importing; it takes a few milliseconds. */
export const inlineBytes = 8 * 1024 * 1024;
const edgeBytes = 64 * 1024;

/** Reads a file's keys. Throws file errors. */
export async function readContentKeys(path: string, signal?: AbortSignal): Promise<ContentKeys> {
  const keys = await withRanges(path, async (reader) => {
    const hash = createHash('sha256');
    hash.update(await reader.read(0, edgeBytes));
    hash.update(await reader.read(Math.max(0, reader.sizeBytes - edgeBytes), edgeBytes));
    return { quickKey: `${reader.sizeBytes}-${hash.digest('hex').slice(0, 32)}`, sizeBytes: reader.sizeBytes };
  });
  if (keys.sizeBytes > inlineBytes) return { ...keys, sha256: null };
  const { sha256 } = await hashFile(path, signal === undefined ? {} : { signal });
  return { ...keys, sha256 };
}
