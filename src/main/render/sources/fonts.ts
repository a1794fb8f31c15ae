import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile, toFileError } from '#main/platform/files/index.ts';
import { type FontFace, type FontMetrics, readFontMetrics } from '#shared/model/index.ts';
import { hashOf } from '../plan/fingerprint.ts';
import { type HasGlyph, readCharacterMap } from './glyphs.ts';

const manifestSchema = z.object({
  fonts: z.array(
    z.object({
      file: z.string(),
      family: z.string(),
      style: z.string(),
      typographicFamily: z.string(),
      weight: z.int(),
      isItalic: z.boolean(),
    }),
  ),
});

/** The fonts that texts may use. */
export interface FontSet {
  faces: FontFace[];
  /** Over all files: texts look the same as long as it does. */
  hash: string;
  /** What each file can draw, by file name. */
  glyphs: ReadonlyMap<string, HasGlyph>;
  /** How wide characters are, by file name; files that are no fonts are absent. */
  metrics: ReadonlyMap<string, FontMetrics>;
}

/** Reads `fonts.json` and the files it lists. */
export async function loadFonts(folder: string): Promise<FontSet> {
  const path = join(folder, 'fonts.json');
  try {
    const { fonts } = manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const hashes: string[] = [];
    const glyphs = new Map<string, HasGlyph>();
    const metrics = new Map<string, FontMetrics>();
    for (const { file } of fonts) {
      hashes.push((await hashFile(join(folder, file))).sha256);
      const bytes = await readFile(join(folder, file));
      glyphs.set(file, readCharacterMap(bytes));
      const read = readFontMetrics(bytes);
      if (read) metrics.set(file, read);
    }
    return { faces: fonts, hash: hashOf(hashes), glyphs, metrics };
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
}
