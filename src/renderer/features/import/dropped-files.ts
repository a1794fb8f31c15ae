import type { DesktopBridge } from '#shared/contract/index.ts';

/** What a drop or a chooser brought: paths on the desktop, files in the browser. */
export interface Incoming {
  paths: string[];
  files: File[];
}

/** True when the drag carries files from outside. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

const mostFiles = 10_000;

function readEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** Files below an entry, hidden ones left out; what cannot be read is skipped, the engine never sees it. */
async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= mostFiles || entry.name.startsWith('.')) return;
  if (entry.isFile) {
    const file = await fileOf(entry as FileSystemFileEntry).catch(() => null);
    if (file) found.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives a folder in portions and ends with an empty one.
  for (;;) {
    const portion = await readEntries(reader).catch(() => []);
    if (portion.length === 0) return;
    for (const child of portion) await walk(child, found);
  }
}

/**
 * Reads a drop. Must be called within the drop event (its data is gone afterwards); the walk through folders goes on.
 * On the desktop folders stay paths: the engine walks them.
 */
export function readDroppedFiles(transfer: DataTransfer, desktop: DesktopBridge | null): Promise<Incoming> {
  if (desktop) {
    const paths = [...transfer.files].map((file) => desktop.pathForFile(file)).filter((path) => path !== '');
    if (paths.length > 0) return Promise.resolve({ paths, files: [] });
  }
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  const plain = [...transfer.files];
  if (!entries.some((entry) => entry.isDirectory)) return Promise.resolve({ paths: [], files: plain });
  return (async () => {
    const files: File[] = [];
    for (const entry of entries) await walk(entry, files);
    return { paths: [], files };
  })();
}
