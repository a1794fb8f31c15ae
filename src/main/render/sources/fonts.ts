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

/** A font that was added, with where it lies. */
export interface OwnFace extends Omit<FontFace, 'metrics'> {
  hash: string;
  path: string;
}

/** A set with fonts that were added. Its hash stays: a script that uses one of them names that one's own. */
export async function withOwnFonts(set: FontSet, own: readonly OwnFace[]): Promise<FontSet> {
  const glyphs = new Map(set.glyphs);
  const metrics = new Map(set.metrics);
  const faces: FontFace[] = [...set.faces];
  for (const { path, ...face } of own) {
    try {
      const bytes = await readFile(path);
      const read = readFontMetrics(bytes);
      if (!read) continue;
      glyphs.set(face.file, readCharacterMap(bytes));
      metrics.set(face.file, read);
      faces.push({ ...face, metrics: read });
    } catch (error) {
      throw toFileError(error, path, 'read');
    }
  }
  return { ...set, faces, glyphs, metrics };
}

/** The names of the shipped fonts. */
export async function shippedFaces(folder: string): Promise<readonly FontFace[]> {
  const path = join(folder, 'fonts.json');
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path, 'utf8'))).fonts;
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
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
    const faces = fonts.map((face): FontFace => {
      const read = metrics.get(face.file);
      return read ? { ...face, metrics: read } : face;
    });
    return { faces, hash: hashOf(hashes), glyphs, metrics };
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
}
