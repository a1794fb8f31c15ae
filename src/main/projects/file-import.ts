import { open, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type AssetId, newId, type Project, type ProjectId } from '#shared/model/index.ts';
import { maxProjectFileBytes, readProjectFile } from '#shared/model/project-file.ts';
import { type Transcript, wordsOfLines } from '#shared/transcript/index.ts';
import { grantFolders } from './media-paths.ts';
import { type MissingMedia, resolveMedia } from './resolve-media.ts';
import type { ProjectAssets, ProjectFonts, ProjectOrigin } from './types.ts';

/** What reading a file gives: a project that is not stored yet. */
export interface ReadProject {
  project: Project;
  missing: MissingMedia[];
  /** What the file tells of what is said in its media. */
  transcripts: { assetId: AssetId; transcript: Pick<Transcript, 'words' | 'language'> }[];
}

/** Text of a file that is one, and not too large. The size is looked at again while reading: it may grow. */
async function readText(path: string): Promise<string> {
  try {
    const info = await stat(path);
    if (!info.isFile())
      throw new AppError('file-unreadable', `“${basename(path)}” is not a file.`, { details: { path } });
    if (info.size > maxProjectFileBytes) throw tooLarge(path);
    const handle = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(info.size + 1);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      if (bytesRead > info.size) throw new AppError('file-changed', `“${basename(path)}” is being written just now.`);
      return new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof TypeError) {
      const sentence = `“${basename(path)}” is not a project file: it is not text in UTF-8.`;
      throw new AppError('project-file-invalid', sentence, { cause: error, details: { path } });
    }
    throw toFileError(error, path, 'read');
  }
}

function tooLarge(path: string): AppError {
  return new AppError('project-file-invalid', `“${basename(path)}” is larger than a project file may be (50 MB).`, {
    details: { path },
  });
}

/** Reads a project file and takes its media into the library. Nothing of the project is stored. */
export async function readProjectFrom(options: {
  path: string;
  grantedFolders: readonly string[];
  origin: ProjectOrigin;
  assets: ProjectAssets;
  fonts?: ProjectFonts | undefined;
  signal?: AbortSignal | undefined;
}): Promise<ReadProject> {
  const { grantedFolders, origin, assets, fonts, signal } = options;
  const path = resolve(options.path);
  const text = await readText(path);
  const file = readProjectFile(text);
  // Checked before any media is touched, as far as that goes without knowing their lengths.
  file.build({ projectId: newId<ProjectId>('project'), media: unknownMedia(file) });
  await fonts?.unpack(file.file.fonts ?? []);
  const folder = dirname(path);
  const granted = await grantFolders([folder, ...grantedFolders]);
  const { media, missing } = await resolveMedia({ file, text, folder, granted, assets, origin, signal });
  const transcripts = file.media.flatMap(({ key, entry }) => {
    const assetId = media.get(key)?.assetId;
    if (!entry.transcript || assetId === undefined) return [];
    const { words, language = null } = entry.transcript;
    return [{ assetId, transcript: { words: wordsOfLines(words), language } }];
  });
  return { project: file.build({ projectId: newId<ProjectId>('project'), media }), missing, transcripts };
}

function unknownMedia(file: ReturnType<typeof readProjectFile>) {
  return new Map(
    file.media.map(({ key }) => [key, { assetId: key as AssetId, durationSeconds: null, isUnknown: true }]),
  );
}
