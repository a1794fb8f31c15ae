import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { writeThenRename } from '#main/platform/files/index.ts';
import type { LibraryPaths } from '#main/platform/paths/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { outputSize, placements, placementsForRatio, type Size } from '#shared/model/index.ts';
import { frameToSeconds, toNumber } from '#shared/units/index.ts';
import { findPreset } from '../plan/presets.ts';
import type { ExportRow } from '../schema.ts';
import type { RenderStore } from '../store.ts';
import { chosenCoverFrame, suggestCoverFrame } from './cover-choice.ts';

/** Covers of finished exports, kept in the library. */
export interface Covers {
  /** A JPEG in the export's size, made on first use; null while the export is not finished. */
  of(exportId: string, signal: AbortSignal): Promise<string | null>;
}

/** What covers need. */
export interface CoverTools {
  ffmpeg: Ffmpeg;
  paths: Pick<LibraryPaths, 'root'>;
  store: RenderStore;
}

/** Suggestions come from the first seconds: what people see while they scroll. */
const searchedSeconds = 3;
const searchedWidth = 160;
/** Covers kept; the ones not looked at for longest go first. */
const kept = 4000;
/** ffmpeg's JPEG qualities, from best to still presentable. */
const qualities = [2, 4, 8, 14, 22] as const;

/** Creates {@link Covers}; two at a time are made. */
export function createCovers(tools: CoverTools): Covers {
  const folder = join(tools.paths.root, 'cache', 'export-covers');
  const making = new Map<string, Promise<void>>();
  let madeSinceTrim = 0;

  async function make(row: ExportRow, target: string, signal: AbortSignal): Promise<void> {
    const frame = await coverFrame(tools, row, signal);
    await writeCover(tools.ffmpeg, row, frame, target, signal);
    madeSinceTrim += 1;
    if (madeSinceTrim < kept / 20) return;
    madeSinceTrim = 0;
    await trim(folder);
  }

  /** Nobody else's change of mind ends what several wait for. */
  async function once(row: ExportRow, target: string, signal: AbortSignal): Promise<void> {
    while (making.size >= 2 && !making.has(target)) await Promise.race(making.values()).catch(() => {});
    const running = making.get(target);
    if (running) {
      await running.catch(() => {});
      if (await exists(target)) return;
    }
    const made = make(row, target, signal).finally(() => making.delete(target));
    making.set(target, made);
    await made;
  }

  return {
    async of(exportId, signal) {
      const row = tools.store.findExport(exportId);
      if (row?.state !== 'finished') return null;
      // Rendered again it is another film.
      const target = join(folder, `${row.id}-${row.releaseId ?? 'none'}.jpg`);
      if (!(await exists(target))) await once(row, target, signal);
      const now = new Date();
      await utimes(target, now, now).catch(() => {});
      return target;
    },
  };
}

/** The frame that stands for an export: the one chosen, or a suggestion out of its first seconds. */
async function coverFrame({ ffmpeg, store }: CoverTools, row: ExportRow, signal: AbortSignal): Promise<number> {
  const project = store.snapshot(row.snapshotId);
  const chosen = chosenCoverFrame(project, row.variant, row.sections, row.frameCount);
  if (chosen !== null) return chosen;
  const size = sizeOf(row);
  const width = searchedWidth;
  const height = Math.max(2, Math.round((width * size.height) / size.width / 2) * 2);
  const frames = Math.min(row.frameCount, Math.ceil(searchedSeconds * toNumber(row.rate)));
  const { stdout } = await ffmpeg.run({
    args: [
      ...inputArgs(join(row.outDir, row.fileName), { demuxer: 'mov' }),
      ...['-map', '0:v:0', '-frames:v', String(frames), '-vf', `scale=${width}:${height}:flags=area,format=gray`],
      ...['-f', 'rawvideo', 'pipe:1'],
    ],
    stdout: 'buffer',
    priority: 'background',
    signal,
  });
  return suggestCoverFrame({ pixels: stdout, width, height });
}

function sizeOf(row: Pick<ExportRow, 'ratio' | 'presetId'>): Size {
  return outputSize(row.ratio, findPreset(row.presetId).shortSide);
}

/** The size a cover may have where it is to be published, at most the film's own. */
export function coverSize(size: Size, maxPixels: number | null): Size {
  const shrink = maxPixels === null ? 1 : Math.min(1, Math.sqrt(maxPixels / (size.width * size.height)));
  const even = (value: number) => Math.max(2, Math.floor((value * shrink) / 2) * 2);
  return { width: even(size.width), height: even(size.height) };
}

function smallest(limits: readonly (number | null)[]): number | null {
  const known = limits.filter((limit) => limit !== null);
  return known.length === 0 ? null : Math.min(...known);
}

async function writeCover(
  ffmpeg: Ffmpeg,
  row: ExportRow,
  frame: number,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const limits = placementsForRatio(row.placements, row.ratio).map((id) => placements[id].cover);
  const { width, height } = coverSize(sizeOf(row), smallest(limits.map(({ maxPixels }) => maxPixels)));
  const maxBytes = smallest(limits.map((limit) => limit.maxBytes)) ?? Number.POSITIVE_INFINITY;
  // Half a frame early, so that rounding of the container's times does not skip it.
  const seekSeconds = toNumber(frameToSeconds(frame, row.rate)) - 0.5 / toNumber(row.rate);
  // JPEG is BT.601 in full range, whatever the film is.
  const colour = 'in_color_matrix=bt709:out_color_matrix=bt601:in_range=tv:out_range=pc';
  for (const quality of qualities) {
    const sizeBytes = await writeThenRename(target, async (temp) => {
      await ffmpeg.run({
        args: [
          ...['-y', ...(frame > 0 ? ['-ss', seekSeconds.toFixed(6)] : [])],
          ...inputArgs(join(row.outDir, row.fileName), { demuxer: 'mov' }),
          ...['-map', '0:v:0', '-frames:v', '1', '-vf', `scale=${width}:${height}:${colour},format=yuvj420p`],
          ...['-c:v', 'mjpeg', '-q:v', String(quality), '-f', 'image2', '-update', '1', temp],
        ],
        priority: 'background',
        signal,
      });
      return (await stat(temp)).size;
    });
    if (sizeBytes <= maxBytes) return;
  }
  await rm(target, { force: true });
  const sentence = `The cover of “${row.fileName}” cannot be made smaller than its placements allow. Leave out the placement or the cover.`;
  throw new AppError('file-too-large', sentence);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
}

async function trim(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length <= kept) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, usedMs: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const oldest = aged.sort((a, b) => a.usedMs - b.usedMs).slice(0, names.length - kept);
  for (const { name } of oldest) await rm(join(folder, name), { force: true });
}
