import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { atomicWrite, cleanTemps, writeThenRename } from '#main/platform/files/index.ts';
import type { HandoffFile } from '#shared/contract/render.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { ExportBatchId, Project } from '#shared/model/index.ts';
import type { RenderContext } from '../context.ts';
import { nameWithin } from '../exports/deliver.ts';
import { copyOf } from '../exports/release.ts';
import { creativeKey, localDate } from '../exports/start-exports.ts';
import { exportView } from '../exports/views.ts';
import type { ExportRow } from '../schema.ts';
import { srtOf } from './captions.ts';
import type { Covers } from './covers.ts';
import { handoffSignature } from './handoff-store.ts';
import { claimPaths, type HandoffExport, wantedFiles } from './plan-handoff.ts';
import { mappingOf, type TableEntry, tableOf } from './table.ts';
import { writeZip, type ZipEntry } from './zip.ts';

/** Folder of the manifests within an export folder. */
const manifestFolder = 'manifests';

interface Work {
  context: RenderContext;
  covers: Covers;
  batchId: ExportBatchId;
  signal: AbortSignal;
}

/**
 * Writes what belongs beside the files of a batch, until nothing of the batch has changed meanwhile. Idempotent: names are
 * kept before anything is written, every file appears whole. Throws `disk-full`, `folder-unwritable`, `cancelled`.
 */
export async function writeHandoff(work: Work): Promise<void> {
  const { store } = work.context.tools;
  for (;;) {
    if (work.signal.aborted) throw cancelledError();
    const signature = handoffSignature(store.batch(work.batchId));
    await writeOnce(work);
    store.saveHandoff(work.batchId, { signature, error: null });
    if (handoffSignature(store.batch(work.batchId)) === signature) return;
  }
}

async function writeOnce(work: Work): Promise<void> {
  const { context, batchId, signal } = work;
  const { store } = context.tools;
  const exports = exportsOf(work);
  const [first] = exports;
  // Of a batch that nothing came of there is nothing to hand over.
  if (!first || exports.every(({ release, row }) => !release && row.state === 'cancelled')) return;
  const { outDir, createdAt } = first.row;
  const wanted = wantedFiles(exports, localDate(createdAt));
  const files = claimPaths(wanted, store.findHandoff(batchId)?.files ?? [], existsSync);
  store.saveHandoff(batchId, { files });
  const pathOf = (kind: HandoffFile['kind'], exportId: string | null) =>
    files.find((file) => file.kind === kind && file.exportId === exportId)?.path ?? null;
  const troubles = new Map<string, string>();
  for (const one of exports) {
    if (signal.aborted) throw cancelledError();
    await writeBeside(work, one, pathOf).catch((error: unknown) => {
      if (isOfTheDisk(error)) throw error;
      context.tools.log.warn('something beside an export could not be written', { exportId: one.row.id, error });
      troubles.set(one.row.id, error instanceof AppError ? error.userMessage : 'Its cover could not be made.');
    });
  }
  const entries = tableEntries(work, exports, troubles, (exportId) => {
    const path = pathOf('cover', exportId);
    return path !== null && existsSync(path) ? nameWithin(outDir, path) : '';
  });
  const table = pathOf('table', null);
  const mapping = pathOf('mapping', null);
  if (table !== null) await atomicWrite(table, tableOf(entries));
  if (mapping !== null) await atomicWrite(mapping, mappingOf(batchId, entries));
  const zip = pathOf('zip', null);
  if (zip !== null) await writeZip(zip, zipEntries(exports, files), signal);
  await cleanTemps(outDir, { nowMs: context.tools.clock.nowMs() });
}

/** A batch's exports; those whose file is gone count as without one. */
function exportsOf({ context, batchId }: Work): HandoffExport[] {
  const { store } = context.tools;
  const rows = store.batch(batchId);
  const releases = store.releasesByIds(rows.flatMap((row) => row.releaseId ?? []));
  return rows.map((row) => {
    const release = row.state === 'finished' && row.releaseId !== null ? (releases.get(row.releaseId) ?? null) : null;
    const isThere = release !== null && existsSync(join(row.outDir, release.fileName));
    return { row, release: isThere ? release : null };
  });
}

async function writeBeside(
  { covers, signal }: Work,
  { row, release }: HandoffExport,
  pathOf: (kind: HandoffFile['kind'], exportId: string) => string | null,
): Promise<void> {
  if (!release) return;
  const captions = pathOf('captions', row.id);
  const words = captions === null ? null : srtOf(release.captions, release.rate);
  if (captions !== null && words !== null) await atomicWrite(captions, words);
  const cover = pathOf('cover', row.id);
  if (cover === null) return;
  const made = await covers.of(row.id, signal);
  if (made !== null) await writeThenRename(cover, (temp) => copyFile(made, temp));
}

/** Failures that the next file would meet as well, or that end the work. */
function isOfTheDisk(error: unknown): boolean {
  return (
    !(error instanceof AppError) ||
    ['disk-full', 'folder-unwritable', 'cancelled', 'ffmpeg-missing', 'ffmpeg-too-old'].includes(error.code)
  );
}

function tableEntries(
  { context }: Work,
  exports: readonly HandoffExport[],
  troubles: ReadonlyMap<string, string>,
  coverOf: (exportId: string) => string,
): TableEntry[] {
  const { store } = context.tools;
  const projects = new Map<number, Project>();
  const projectOf = ({ snapshotId }: ExportRow) => {
    const project = projects.get(snapshotId) ?? store.snapshot(snapshotId);
    projects.set(snapshotId, project);
    return project;
  };
  return exports.map(({ row, release }) => {
    const view = exportView(context.deps.jobs, row);
    const project = projectOf(row);
    return {
      ...{ row, project, release },
      ratioGroupId: release?.ratioGroupId ?? store.ratioGroup(row.projectId, creativeKey(row)),
      copy: release ? release.copy : copyOf(project, row.variant),
      state: view.state === 'finished' && !release ? 'file missing' : view.state,
      problem: view.error?.userMessage ?? troubles.get(row.id) ?? '',
      coverFile: coverOf(row.id),
    };
  });
}

/** Finished files with what lies beside them; what could not be written is left out. */
function zipEntries(exports: readonly HandoffExport[], files: readonly HandoffFile[]): ZipEntry[] {
  const folders = new Map(exports.map(({ row }) => [row.id, row.outDir]));
  const films = exports.flatMap(({ row, release }) => {
    if (!release) return [];
    const names = [release.fileName, `${manifestFolder}/${release.fileName}.json`];
    return names.map((name) => ({ name, path: join(row.outDir, name) }));
  });
  const beside = files
    .filter(({ kind }) => kind !== 'zip')
    .map(({ exportId, path }) => {
      const folder = (exportId === null ? undefined : folders.get(exportId)) ?? dirname(path);
      return { name: nameWithin(folder, path), path };
    });
  const seen = new Set<string>();
  return [...films, ...beside].filter(({ name, path }) => {
    // Two folders may hold the same name; a ZIP has room for one.
    if (seen.has(name) || !existsSync(path)) return false;
    seen.add(name);
    return true;
  });
}
