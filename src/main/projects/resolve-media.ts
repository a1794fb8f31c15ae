import { dirname } from 'node:path';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import { type AssetId, newId } from '#shared/model/index.ts';
import { projectFileError, type ReadProjectFile, type ResolvedMedia } from '#shared/model/project-file.ts';
import { type FoundPath, findMedia, type GrantedFolders, pathRefusal } from './media-paths.ts';
import type { ProjectAssets, ProjectOrigin } from './types.ts';

type Entry = ReadProjectFile['media'][number];

/** Media of a project file that could not be had. Its clips keep this id, so that it can be found later. */
export interface MissingMedia {
  assetId: AssetId;
  key: string;
  path: string | null;
  name: string | null;
  sha256: string | null;
  reason: string;
}

/** The media table of a file, resolved. */
export interface ResolvedTable {
  media: Map<string, ResolvedMedia>;
  missing: MissingMedia[];
}

/** Refuses the whole file when a path in it should never have been written: nothing was looked at before. */
function refuseHostile(entries: readonly Entry[], text: string): void {
  const problems = entries.flatMap(({ key, entry }) => {
    const refusal = entry.path === undefined ? null : pathRefusal(entry.path);
    return refusal === null ? [] : [{ path: ['media', key, 'path'], message: `this path is refused: ${refusal}` }];
  });
  if (problems.length > 0) throw projectFileError(problems, text);
}

function refuseOutside(outside: readonly { key: string; path: string }[]): void {
  if (outside.length === 0) return;
  const folders = [...new Set(outside.map(({ path }) => dirname(path)))];
  const [first] = folders;
  const which = folders.length === 1 ? `“${first}”` : `“${first}” and ${folders.length - 1} more folders`;
  throw new AppError(
    'path-refused',
    `This project uses media outside of its own folder, in ${which}. Allow that folder and open the project again, or move the media beside it.`,
    { retry: 'choose-folder', details: { folders, media: outside.map(({ key, path }) => ({ key, path })) } },
  );
}

interface Search {
  file: ReadProjectFile;
  text: string;
  folder: string;
  granted: GrantedFolders;
  assets: ProjectAssets;
  origin: ProjectOrigin;
  signal?: AbortSignal | undefined;
}

interface Looked {
  key: string;
  entry: Entry['entry'];
  found: FoundPath;
  /** The library's own, when it has it. */
  assetId: AssetId | null;
}

async function look(search: Search): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const { key, entry } of search.file.media) {
    if (search.signal?.aborted) throw cancelledError();
    const { path = null, sha256 = null } = entry;
    const found: FoundPath =
      path === null
        ? { kind: 'missing', path: '', reason: 'The file does not say where it is.' }
        : await findMedia(path, search.folder, search.granted);
    const isKnown = found.kind !== 'file' && (sha256 !== null || found.kind === 'outside');
    const by = { sha256, path: found.kind === 'outside' ? found.path : null };
    looked.push({ key, entry, found, assetId: isKnown ? ((await search.assets.find?.(by)) ?? null) : null });
  }
  return looked;
}

async function importFound(search: Search, looked: readonly Looked[]) {
  const paths = looked.flatMap(({ found }) => (found.kind === 'file' ? [found.path] : []));
  const origin = search.origin === 'sample' ? 'sample' : 'import';
  const answers = paths.length === 0 ? [] : await search.assets.importPaths(paths, { origin, signal: search.signal });
  return new Map(answers.map((answer, at) => [paths[at], answer]));
}

/**
 * Resolves the media table of a project file: what lies in its folder or a granted one is taken into the library, what
 * cannot be had is listed. Throws `project-file-invalid` for hostile paths and `path-refused` for media elsewhere.
 */
export async function resolveMedia(search: Search): Promise<ResolvedTable> {
  refuseHostile(search.file.media, search.text);
  const looked = await look(search);
  refuseOutside(
    looked.flatMap(({ key, found, assetId }) =>
      found.kind === 'outside' && assetId === null ? [{ key, path: found.path }] : [],
    ),
  );
  const imported = await importFound(search, looked);
  const ids = new Map<string, AssetId>();
  const missing: MissingMedia[] = [];
  for (const { key, entry, found, assetId } of looked) {
    const answer = found.kind === 'file' ? imported.get(found.path) : undefined;
    const id = assetId ?? answer?.assetId ?? null;
    if (id !== null) ids.set(key, id);
    else {
      const reason = found.kind === 'missing' ? found.reason : (answer?.error?.userMessage ?? 'It could not be read.');
      const { path = null, name = null, sha256 = null } = entry;
      const stored = { assetId: newId<AssetId>('missing'), path: path === null ? null : found.path };
      missing.push({ key, name, sha256, reason, ...stored });
    }
  }
  const known = await search.assets.getMany([...new Set(ids.values())]);
  const lengths = new Map(known.map((asset) => [asset.id, asset.probe.durationSeconds]));
  const media = new Map<string, ResolvedMedia>();
  for (const [key, assetId] of ids) media.set(key, { assetId, durationSeconds: lengths.get(assetId) ?? null });
  for (const { key, assetId } of missing) media.set(key, { assetId, durationSeconds: null });
  return { media, missing };
}
