import { lstat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { atomicWrite } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Asset, type AssetId, type Project, usedAssets } from '#shared/model/index.ts';
import {
  formatProjectFile,
  type MediaEntry,
  type ProjectFile,
  projectFileExtension,
  projectToFile,
  slug,
} from '#shared/model/project-file.ts';
import { type Transcript, wordLines } from '#shared/transcript/index.ts';
import type { MissingMediaRow } from './missing-media-store.ts';

/** The way from a file's folder to media, with "/" between folders; absolute on another drive. */
function pathFrom(folder: string, path: string): string {
  const way = relative(folder, path);
  if (isAbsolute(way)) return way;
  const written = sep === '\\' ? way.replaceAll('\\', '/') : way;
  // "take:1.mp4" would read as an address.
  return /^[^/]*:/.test(written) ? `./${written}` : written;
}

function entryOf(folder: string, asset: Asset): MediaEntry {
  const location = asset.locations.find((one) => !one.isMissing) ?? asset.locations[0];
  const path = location ? { path: pathFrom(folder, location.path) } : { name: asset.name.slice(0, 200) };
  return { ...path, ...(asset.contentHash === null ? {} : { sha256: asset.contentHash }) };
}

/** With what is said in it, one word on a line. */
function withTranscript(entry: MediaEntry, transcript: Transcript | undefined): MediaEntry {
  if (!transcript || transcript.words.length === 0) return entry;
  const { language, words } = transcript;
  return { ...entry, transcript: { ...(language === null ? {} : { language }), words: wordLines(words) } };
}

function missingEntry(folder: string, row: MissingMediaRow | undefined, id: AssetId): MediaEntry {
  if (!row) return { name: id };
  return {
    ...(row.path === null ? {} : { path: pathFrom(folder, row.path) }),
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    ...(row.name === null ? {} : { name: row.name }),
  };
}

/** The media table: readable keys from file names, in the order of first use. */
export function mediaTable(
  project: Project,
  assets: readonly Asset[],
  missing: readonly MissingMediaRow[],
  folder: string,
  transcripts: readonly Transcript[] = [],
): Map<AssetId, { key: string; entry: MediaEntry }> {
  const spoken = new Map(transcripts.map((transcript) => [transcript.assetId, transcript]));
  const known = new Map(assets.map((asset) => [asset.id, asset]));
  const taken = new Set<string>();
  const table = new Map<AssetId, { key: string; entry: MediaEntry }>();
  for (const [at, id] of usedAssets(project).entries()) {
    const asset = known.get(id);
    const row = missing.find((one) => one.assetId === id);
    // Of media that was never here, the file it came from knows more.
    const isAbsent = asset === undefined || (row !== undefined && asset.isMissing && asset.contentHash === null);
    const entry = isAbsent ? missingEntry(folder, row, id) : entryOf(folder, asset);
    const stem = slug(basename(entry.path ?? entry.name ?? '').replace(/\.[^.]*$/, ''), `media-${at + 1}`);
    let key = stem;
    for (let number = 2; taken.has(key) || key in Object.prototype; number += 1) key = `${stem}-${number}`;
    taken.add(key);
    table.set(id, { key, entry: withTranscript(entry, spoken.get(id)) });
  }
  return table;
}

/** Writes a project beside or away from its media, paths relative to the file. Returns where it is. */
export async function writeProjectTo(options: {
  path: string;
  isOverwriting: boolean;
  project: Project;
  assets: readonly Asset[];
  missing: readonly MissingMediaRow[];
  transcripts?: readonly Transcript[] | undefined;
  /** Those that are not shipped, whole. */
  fonts?: ProjectFile['fonts'] | undefined;
}): Promise<string> {
  const wanted = resolve(options.path);
  const path = /\.json$/i.test(wanted) ? wanted : `${wanted}${projectFileExtension}`;
  const there = await lstat(path).catch(() => null);
  if (there && !there.isFile())
    throw new AppError('conflict', `“${basename(path)}” is there already and is not a file. Choose another name.`);
  if (there && !options.isOverwriting) {
    throw new AppError('conflict', `“${basename(path)}” is there already. Replace it, or choose another name.`, {
      details: { path },
    });
  }
  const { project, assets, missing, transcripts, fonts = [] } = options;
  const table = mediaTable(project, assets, missing, dirname(path), transcripts);
  const file = projectToFile(project, table);
  await atomicWrite(path, formatProjectFile(fonts.length > 0 ? { ...file, fonts } : file));
  return path;
}
