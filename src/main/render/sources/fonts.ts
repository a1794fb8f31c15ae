import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile, toFileError } from '#main/platform/files/index.ts';
import type { FontFace } from '#shared/model/index.ts';
import { hashOf } from '../plan/fingerprint.ts';
import { type HasGlyph, loadCharacterMap } from './glyphs.ts';

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
}

/** Reads `fonts.json` and the files it lists. */
export async function loadFonts(folder: string): Promise<FontSet> {
  const path = join(folder, 'fonts.json');
  try {
    const { fonts } = manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const hashes: string[] = [];
    const glyphs = new Map<string, HasGlyph>();
    for (const { file } of fonts) {
      hashes.push((await hashFile(join(folder, file))).sha256);
      glyphs.set(file, await loadCharacterMap(join(folder, file)));
    }
    return { faces: fonts, hash: hashOf(hashes), glyphs };
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
}
