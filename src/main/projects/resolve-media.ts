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
  /** The library has it, and is missing its file as well. */
  isKnown: boolean;
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
    const by = { sha256, path: found.path === '' ? null : found.path };
    const isAsked = found.kind !== 'file' && (by.sha256 !== null || by.path !== null);
    looked.push({ key, entry, found, assetId: isAsked ? ((await search.assets.find?.(by)) ?? null) : null });
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
  const placeholders = new Map<string, AssetId>();
  const reasonOf = ({ found }: Looked) => {
    if (found.kind === 'missing') return found.reason;
    const answer = found.kind === 'file' ? imported.get(found.path) : undefined;
    return answer?.error?.userMessage ?? 'Its file is not where the library knew it.';
  };
  const miss = (one: Looked, assetId: AssetId, isKnown: boolean) => {
    const { path = null, name = null, sha256 = null } = one.entry;
    const place = path === null ? null : one.found.path;
    missing.push({ assetId, key: one.key, name, sha256, path: place, reason: reasonOf(one), isKnown });
  };
  for (const one of looked) {
    const { key, found, assetId } = one;
    const id = assetId ?? (found.kind === 'file' ? imported.get(found.path)?.assetId : null) ?? null;
    if (id !== null) {
      ids.set(key, id);
      continue;
    }
    const place = found.path === '' ? key : found.path;
    const placeholder = placeholders.get(place) ?? newId<AssetId>('asset');
    miss(one, placeholder, placeholders.has(place));
    placeholders.set(place, placeholder);
  }
  const known = new Map((await search.assets.getMany([...new Set(ids.values())])).map((asset) => [asset.id, asset]));
  const media = new Map<string, ResolvedMedia>();
  for (const { key, assetId } of missing) media.set(key, { assetId, durationSeconds: null });
  for (const one of looked) {
    const assetId = ids.get(one.key);
    if (assetId === undefined) continue;
    const asset = known.get(assetId);
    media.set(one.key, { assetId, durationSeconds: asset?.probe.durationSeconds ?? null });
    if (asset?.isMissing) miss(one, assetId, true);
  }
  return { media, missing };
}
