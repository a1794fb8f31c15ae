import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { atomicWrite, cleanTemps, ensureWritableFolder, freeSpaceBytes, hashFile } from '#main/platform/files/index.ts';
import type { CheckReport } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { flattenVariant, type Project, type Release } from '#shared/model/index.ts';
import { checkFailed, checkFile } from '../check/check-file.ts';
import { joinOutput } from '../encode/join.ts';
import type { CachedSegment } from '../encode/segment-cache.ts';
import { captionCues } from '../handoff/captions.ts';
import { audioArgs, videoArgs } from '../plan/encoder-args.ts';
import type { Workshop } from '../plan/fingerprint.ts';
import { planFingerprint } from '../plan/plan-fingerprint.ts';
import { type OutputPlan, planRender, sourceLengths } from '../plan/plan-render.ts';
import { findPreset } from '../plan/presets.ts';
import { textColourMap } from '../plan/text-colour.ts';
import { type RenderTools, workshopOf } from '../render-tools.ts';
import type { ExportRow, Placing } from '../schema.ts';
import { dropSound, soundFile } from '../sound/mix-sound.ts';
import type { CachedSound } from '../sound/sound-verdict.ts';
import { type GatheredSources, gatherSources } from '../sources/gather-sources.ts';
import { flushFile, moveIntoPlace, nameWithin, partPath, removeUnfinished } from './deliver.ts';
import { presetKey } from './estimate.ts';
import { outputFingerprint } from './finished-files.ts';
import { variantProblems } from './problems.ts';
import { makeRelease } from './release.ts';
import { rememberOrigins } from './remember-origins.ts';
import { creativeKey } from './start-exports.ts';

/** How an export goes on. */
export interface ExportProgress {
  signal: AbortSignal;
  report: (progress: { fraction: number; step: string }) => void;
}

/** What an export ended with. */
export interface ExportResult {
  release: Release;
  path: string;
  report: CheckReport;
}

/** Folder of the manifests within an export folder. */
export const manifestFolder = 'manifests';

interface Planned {
  project: Project;
  output: OutputPlan;
  gathered: GatheredSources;
  workshop: Workshop;
}

async function planExport(tools: RenderTools, row: ExportRow, signal: AbortSignal): Promise<Planned> {
  const project = tools.store.snapshot(row.snapshotId);
  const used = flattenVariant(project, row.variant, () => null).clips.flatMap(({ content }) =>
    content.kind === 'media' ? [content.assetId] : [],
  );
  const gathered = await gatherSources([...new Set(used)], tools.sources, tools.ffmpeg, signal);
  const found = await tools.ffmpeg.tools(signal);
  const fonts = await tools.fonts();
  const { problems } = variantProblems({ project, gathered, fonts, capabilities: found.capabilities }, row.variant);
  const [first] = problems.filter((problem) => problem.severity === 'error');
  if (first) throw first.error;
  const workshop = workshopOf(found, fonts);
  const plan = planRender({
    project,
    variants: [row.variant],
    ratios: [row.ratio],
    versions: [row.version],
    preset: findPreset(row.presetId),
    sources: gathered.table,
    faces: fonts.faces,
    workshop,
    mapTextColour: textColourMap(found.capabilities.libavutil.major),
  });
  const [output] = plan.outputs;
  if (!output) throw new AppError('internal', 'There was nothing to export. Please try again.');
  return { project, output, gathered, workshop };
}

/** Encodes what is missing while the sound is mixed. */
async function makeParts(
  tools: RenderTools,
  row: ExportRow,
  { output, gathered, workshop }: Planned,
  { signal, report }: ExportProgress,
): Promise<{ segments: CachedSegment[]; sound: CachedSound }> {
  const preset = findPreset(row.presetId);
  const sources = new Map([...gathered.table.values()].map((facts) => [facts.identity, facts]));
  const either = new AbortController();
  const both = AbortSignal.any([signal, either.signal]);
  const { rate } = output.timeline;
  const request = {
    segments: output.segments,
    encoderArgs: videoArgs(preset, rate),
    sources,
    rate,
    presetKey: presetKey(preset),
  };
  const onProgress = (done: number, total: number) =>
    report({ fraction: 0.02 + 0.9 * (done / total), step: `Encoding: ${done} of ${total} frames` });
  const onClaimed = rememberOrigins(tools.store, row.id, { ...request, workshop });
  const picture = tools.pool.encode(request, { signal: both, onProgress, onClaimed });
  const sound = soundFile(tools, output.sound, sources, audioArgs(preset), both);
  try {
    const [segments, heard] = await Promise.all([picture, sound]);
    return { segments, sound: heard };
  } catch (error) {
    either.abort();
    // The other half must have stopped before its files are taken away.
    await Promise.allSettled([picture, sound]);
    throw error;
  }
}

/** Joins and checks; a segment that rotted in the cache is dropped and made again, once. */
async function makeFile(
  tools: RenderTools,
  row: ExportRow,
  planned: Planned,
  part: string,
  progress: ExportProgress,
): Promise<CheckReport> {
  const { output } = planned;
  const { rate } = output.timeline;
  for (let isLastTry = false; ; isLastTry = true) {
    const { segments, sound } = await makeParts(tools, row, planned, progress);
    progress.report({ fraction: 0.93, step: 'Joining' });
    const packets = segments.flatMap((segment) => segment.packets);
    const failure = await tools.workroom
      .use((folder) =>
        joinOutput(tools.ffmpeg, { segments, sound: sound.path, rate, folder, target: part }, progress.signal),
      )
      .then(
        () => null,
        (error: unknown) => error,
      );
    if (failure !== null && (isLastTry || !isRot(failure))) throw failure;
    progress.report({ fraction: 0.95, step: 'Checking' });
    const intended = { frameCount: output.timeline.lengthFrames, rate, size: output.size, packets };
    const report = failure === null ? await checkFile(tools, part, intended, progress.signal) : null;
    if (report?.isPassed) return report;
    if (isLastTry && report) throw checkFailed(report);
    tools.log.warn('an export did not pass; its pieces are made again', { exportId: row.id, report, error: failure });
    for (const segment of output.segments) await tools.cache.drop(segment.fingerprint);
    await dropSound(tools.cache, output.sound);
  }
}

/** Failures that damaged pieces in the cache can cause. */
function isRot(error: unknown): boolean {
  return (
    error instanceof AppError &&
    ['media-damaged', 'ffmpeg-failed', 'output-check-failed', 'file-not-found', 'unsupported-media'].includes(
      error.code,
    )
  );
}

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
  const planned = await planExport(tools, row, signal);
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
      const checked = copied?.report ?? (await makeFile(tools, row, planned, part, progress));
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

async function releaseOf(tools: RenderTools, row: ExportRow, planned: Planned, placed: Placing): Promise<Release> {
  const { project, output, gathered } = planned;
  const assets = await tools.sources.getMany([...gathered.table.keys()]);
  return makeRelease({
    ...output,
    project,
    presetId: row.presetId,
    sources: gathered.table,
    contentHashes: new Map(assets.map((asset) => [asset.id, asset.contentHash])),
    creativeId: row.creativeId,
    ratioGroupId: tools.store.ratioGroup(project.id, creativeKey(row)),
    placements: row.placements,
    captions: captionCues(project, flattenVariant(project, row.variant, sourceLengths(gathered.table))),
    revision: tools.store.freeRevision(row.creativeId, row.revision),
    fileName: nameWithin(row.outDir, placed.path),
    sha256: placed.sha256,
    sizeBytes: (await stat(placed.path)).size,
    planFingerprint: planFingerprint(output.timeline, output.ratio, findPreset(row.presetId)),
    nowMs: tools.clock.nowMs(),
    engineVersion: tools.engineVersion,
  });
}
