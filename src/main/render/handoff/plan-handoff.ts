import { dirname, join, posix } from 'node:path';
import { safeFileName } from '#main/platform/files/index.ts';
import type { Handoff, HandoffFile } from '#shared/contract/render.ts';
import type { Release } from '#shared/model/index.ts';
import { alternativeName, nameKey } from '../exports/file-names.ts';
import type { ExportRow } from '../schema.ts';

/** A file to be written beside those of a batch, by the path it would like to have within its export folder. */
export interface WantedFile {
  outDir: string;
  kind: HandoffFile['kind'];
  exportId: string | null;
  name: string;
}

/** One export of a batch with what it became; `release` is null where there is no file. */
export interface HandoffExport {
  row: ExportRow;
  release: Release | null;
}

/** True when anything is to be written. */
export function isHandoffWanted(handoff: Handoff): boolean {
  return Object.values(handoff).some(Boolean);
}

/** "9x16/Hook 1.mp4" → "9x16/Hook 1.srt" */
function besides(fileName: string, ending: string): string {
  return `${fileName.slice(0, fileName.length - posix.extname(fileName).length)}${ending}`;
}

/** Room for " (456)" and ".mapping.json". */
const reservedBytes = 30;

/** What a batch wants written, its files first. `day` is YYYY-MM-DD. */
export function wantedFiles(exports: readonly HandoffExport[], day: string): WantedFile[] {
  const wanted: WantedFile[] = [];
  for (const { row, release } of exports) {
    if (!release) continue;
    const ofExport = (kind: WantedFile['kind'], ending: string) =>
      wanted.push({ outDir: row.outDir, kind, exportId: row.id, name: besides(release.fileName, ending) });
    if (row.handoff.hasCaptions && release.captions.length > 0) ofExport('captions', '.srt');
    if (row.handoff.hasCovers) ofExport('cover', '.jpg');
  }
  // Exported again together, files may come from batches with folders and wishes of their own.
  const [first] = exports;
  if (!first) return wanted;
  const { outDir, projectName } = first.row;
  const stem = safeFileName(`${projectName}_${day}`, { reserveBytes: reservedBytes });
  const ofBatch = (kind: WantedFile['kind'], ending: string) =>
    wanted.push({ outDir, kind, exportId: null, name: `${stem}${ending}` });
  if (exports.some(({ row }) => row.handoff.hasTable)) {
    ofBatch('table', '.csv');
    ofBatch('mapping', '.mapping.json');
  }
  if (exports.some(({ row }) => row.handoff.isZipped)) ofBatch('zip', '.zip');
  return wanted;
}

/**
 * Gives every wanted file its path: the one it had before, otherwise the first name that is free. What belongs to others is
 * never taken.
 */
export function claimPaths(
  wanted: readonly WantedFile[],
  before: readonly HandoffFile[],
  isTaken: (path: string) => boolean,
): HandoffFile[] {
  const claimed = new Set(before.map(({ path }) => nameKey(path)));
  return wanted.map(({ outDir, kind, exportId, name }) => {
    const known = before.find((file) => file.kind === kind && file.exportId === exportId);
    const wish = join(outDir, name);
    if (known && dirname(known.path) === dirname(wish)) return known;
    let attempt = 1;
    let path = wish;
    while (claimed.has(nameKey(path)) || isTaken(path)) {
      attempt += 1;
      path = join(outDir, alternativeName(name, attempt));
    }
    claimed.add(nameKey(path));
    return { kind, exportId, path };
  });
}
