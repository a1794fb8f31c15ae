import { z } from 'zod';
import type { Library } from '#main/library/index.ts';
import { type AssetId, assetIdSchema, renditionKindSchema } from '#shared/model/index.ts';
import type { MediaFile } from './types.ts';

/** What media paths are looked up in. */
export interface MediaParts {
  library: Library;
  exportFile: (id: string) => Promise<MediaFile | null> | MediaFile | null;
  /** What stands for an export before it plays. */
  exportCover: (id: string, signal: AbortSignal) => Promise<MediaFile | null>;
  /** A picture of what was wrong with an export. */
  exportEvidence: (id: string, n: string) => MediaFile | null;
  /** A font of the library. */
  font: (file: string) => Promise<MediaFile | null>;
  /** A picture of one frame of an export. */
  exportFrame: (id: string, frame: number, heightPx: number, signal: AbortSignal) => Promise<MediaFile | null>;
}

const kindSchema = z.union([z.literal('original'), renditionKindSchema]);
const frameSchema = z.object({
  t: z.coerce.number().min(0).max(1_000_000).default(0),
  h: z.coerce.number().int().min(16).max(2160).default(360),
});

const exportFrameSchema = z.object({ frame: z.coerce.number().int().min(0).max(100_000_000), h: frameSchema.shape.h });

/**
 * The file behind a media path: `fonts/<name>`, `exports/<exportId>`, the same with `?frame=&h=` for a picture of one frame,
 * `exports/<exportId>/cover`, `exports/<exportId>/evidence/<n>`, `<assetId>/<original or rendition>`, or
 * `<assetId>/frame?t=&h=`, for which one frame is extracted. Null when there is none.
 */
export async function resolveMedia(
  parts: MediaParts,
  path: string,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<MediaFile | null> {
  const [first = '', second = '', third = '', fourth = ''] = path.split('/');
  if (first === 'exports') {
    if (third === 'evidence') return parts.exportEvidence(second, fourth);
    if (third === 'cover') return parts.exportCover(second, signal);
    if (!query.has('frame')) return parts.exportFile(second);
    const wanted = exportFrameSchema.safeParse(Object.fromEntries(query));
    return wanted.success ? parts.exportFrame(second, wanted.data.frame, wanted.data.h, signal) : null;
  }
  if (first === 'fonts') return parts.font(second);
  const id = assetIdSchema.safeParse(first);
  if (!id.success) return null;
  if (second === 'frame') return frame(parts.library, id.data, query, signal);
  const kind = kindSchema.safeParse(second);
  return kind.success ? parts.library.media.resolve(id.data, kind.data) : null;
}

async function frame(
  library: Library,
  id: AssetId,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<MediaFile | null> {
  const wanted = frameSchema.safeParse(Object.fromEntries(query));
  if (!wanted.success) return null;
  const path = await library.frame(id, wanted.data.t, wanted.data.h, signal);
  return { path, mime: path.endsWith('.png') ? 'image/png' : 'image/jpeg' };
}
