import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { toFileError } from '#main/platform/files/index.ts';

/** A folder's content for the folder chooser. */
interface FolderListing {
  path: string;
  parent: string | null;
  entries: { name: string; path: string; kind: 'folder' | 'file'; sizeBytes: number | null }[];
}

/** Most rows shown; a folder larger than this is not chosen from by eye. */
const maxEntries = 2000;

/** Folders first, then files, by name; hidden ones and what is neither are left out. Null starts at home. */
export async function listFolder(path: string | null): Promise<FolderListing> {
  const folder = resolve(path ?? homedir());
  const names = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw toFileError(error, folder, 'read');
  });
  const visible = names.filter((entry) => !entry.name.startsWith('.')).slice(0, maxEntries);
  const rows = await Promise.all(visible.map((entry) => rowOf(folder, entry.name)));
  const entries = rows.filter((row) => row !== null);
  entries.sort((a, b) =>
    a.kind === b.kind ? a.name.localeCompare(b.name, 'en', { numeric: true }) : a.kind === 'folder' ? -1 : 1,
  );
  const parent = dirname(folder);
  return { path: folder, parent: parent === folder ? null : parent, entries };
}

async function rowOf(folder: string, name: string): Promise<FolderListing['entries'][number] | null> {
  const path = join(folder, name);
  const facts = await stat(path).catch(() => null);
  if (facts?.isDirectory()) return { name, path, kind: 'folder', sizeBytes: null };
  if (facts?.isFile()) return { name, path, kind: 'file', sizeBytes: facts.size };
  return null;
}
