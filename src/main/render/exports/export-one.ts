import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { atomicWrite, cleanTemps, ensureWritableFolder, freeSpaceBytes, hashFile } from '#main/platform/files/index.ts';
import type { CheckReport } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { flattenVariant, type Release } from '#shared/model/index.ts';
import { captionCues } from '../handoff/captions.ts';
import { videoArgs } from '../plan/encoder-args.ts';
import { planFingerprint } from '../plan/plan-fingerprint.ts';
import { sourceLengths } from '../plan/plan-render.ts';
import { findPreset } from '../plan/presets.ts';
import type { RenderTools } from '../render-tools.ts';
import type { ExportRow, Placing } from '../schema.ts';
import { flushFile, moveIntoPlace, nameWithin, partPath, removeUnfinished } from './deliver.ts';
import { explainReplaced } from './explain-replaced.ts';
import type { ExportProgress } from './export-progress.ts';
import { outputFingerprint } from './finished-files.ts';
import { makeFile } from './make-file.ts';
import { type PlannedExport, planExport } from './plan-export.ts';
import { makeRelease } from './release.ts';
import { rememberOrigins } from './remember-origins.ts';
import { creativeKey } from './start-exports.ts';

/** What an export ended with. */
export interface ExportResult {
  release: Release;
  path: string;
  report: CheckReport;
}

/** Folder of the manifests within an export folder. */
export const manifestFolder = 'manifests';

/** A file that a run before the crash had finished, checked, and perhaps already put in its place. */
async function findPlaced(placing: Placing | null): Promise<Placing | null> {
  if (placing === null) return null;
  const hash = await hashFile(placing.path).catch(() => null);
  return hash?.sha256 === placing.sha256 ? placing : null;
}

async function checkSpace(row: ExportRow, segments: number): Promise<void> {
  await ensureWritableFolder(row.outDir);
  const free = await freeSpaceBytes(row.outDir);
  if (free < segments)
    throw new AppError('disk-full', `The disk of “${row.outDir}” is full. Free some space, then try again.`, {
      retry: 'free-space',
    });
}

/** At least this much must be free before an export is begun. */
const smallestFreeBytes = 1_000_000;

/**
 * Makes one export, from its plan to the file in its place with its manifest. Idempotent: after a crash it finds what was
 * finished. Until the file has passed its check nobody sees it; on failure nothing is left behind.
 */
export async function exportOne(tools: RenderTools, row: ExportRow, progress: ExportProgress): Promise<ExportResult> {
  const { signal, report } = progress;
  report({ fraction: 0, step: 'Planning' });
  await tools.evidence.remove(row.id);
  const planned = await planExport(tools, row, signal).catch((error: unknown) =>
    explainReplaced(tools, row, error, signal),
  );
  const part = partPath(row.outDir, row.id);
  let placed = await findPlaced(row.placing);
  try {
    if (!placed) {
      await removeUnfinished(row);
      await checkSpace(row, smallestFreeBytes);
      const fingerprint = outputFingerprint(planned.output, row, tools.engineVersion);
      // The very same was made before, and is still there: nothing of it needs to be joined or judged again.
      const copied = await tools.finished.copy(fingerprint, part, signal);
      if (copied) {
        const encoderArgs = videoArgs(findPreset(row.presetId), planned.output.timeline.rate);
        rememberOrigins(tools.store, row.id, { ...planned.output, encoderArgs, workshop: planned.workshop });
      }
      const made = copied ?? (await makeFile(tools, row, planned, part, progress));
      const checked = made.report;
      await flushFile(part);
      const { sha256 } = copied ?? (await hashFile(part, { signal }));
      const remember = (path: string) => {
        placed = { path, sha256, report: checked };
        tools.store.updateExport(row.id, { placing: placed });
      };
      report({ fraction: 0.98, step: 'Finishing' });
      const path = await moveIntoPlace(part, row.outDir, row.fileName, remember);
      placed = { path, sha256, report: checked };
      await tools.finished.remember(fingerprint, path, placed);
    }
  } finally {
    await rm(part, { force: true }).catch(() => {});
  }
  const release = await releaseOf(tools, row, planned, placed);
  const manifest = join(row.outDir, manifestFolder, `${release.fileName}.json`);
  await atomicWrite(manifest, `${JSON.stringify(release, null, 2)}\n`);
  for (const folder of [dirname(manifest), dirname(placed.path), row.outDir])
    await cleanTemps(folder, { nowMs: tools.clock.nowMs() });
  return { release, path: placed.path, report: { ...placed.report, path: placed.path } };
}

async function releaseOf(
  tools: RenderTools,
  row: ExportRow,
  planned: PlannedExport,
  placed: Placing,
): Promise<Release> {
  const { project, output, gathered } = planned;
  const assets = await tools.sources.getMany([...gathered.table.keys()]);
  return makeRelease({
    ...output,
    segments: tools.store.segmentsOf(row.id) ?? [],
    project,
    presetId: row.presetId,
    sources: gathered.table,
    contentHashes: new Map(assets.map((asset) => [asset.id, asset.contentHash])),
    creativeId: row.creativeId,
    ratioGroupId: tools.store.ratioGroup(project.id, creativeKey(row)),
    placements: row.placements,
    captions: captionCues(project, flattenVariant(project, row.variant, sourceLengths(gathered.table))),
    revision: tools.store.claimRevision(row),
    fileName: nameWithin(row.outDir, placed.path),
    sha256: placed.sha256,
    sizeBytes: (await stat(placed.path)).size,
    planFingerprint: planFingerprint(output.timeline, output.ratio, findPreset(row.presetId)),
    nowMs: tools.clock.nowMs(),
    engineVersion: tools.engineVersion,
  });
}
