import { stat } from 'node:fs/promises';
import type { CheckReport } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { placementsForRatio } from '#shared/model/index.ts';
import { checkFailed } from '../check/check-failed.ts';
import { checkOutput } from '../check/check-output.ts';
import { withPictures } from '../check/evidence.ts';
import { joinOutput } from '../encode/join.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import type { RenderTools } from '../render-tools.ts';
import type { ExportRow } from '../schema.ts';
import { dropSound } from '../sound/mix-sound.ts';
import { explainDamage } from './explain-damage.ts';
import { explainReplaced } from './explain-replaced.ts';
import type { ExportProgress } from './export-progress.ts';
import { doesNotFit, makeParts, type Parts } from './make-parts.ts';
import type { PlannedExport } from './plan-export.ts';

/** A file that passed its check. */
export interface MadeFile {
  report: CheckReport;
  /** The pieces it was joined from; none when it was encoded whole. */
  pieces: readonly PlannedSegment[];
}

/** How a try ended: with a report, or with an error that rot in the cache may have caused. */
type Outcome = { parts: Parts; report: CheckReport } | { parts: Parts; failure: unknown };

/** Joins and checks at `part`, while nothing of it can be cleared out of the cache. */
export async function makeFile(
  tools: RenderTools,
  row: ExportRow,
  planned: PlannedExport,
  part: string,
  progress: ExportProgress,
): Promise<MadeFile> {
  const { segments, sound } = planned.output;
  const used = [...fingerprintsOf(segments), sound.fingerprint, ...sound.parts.map(({ stem }) => stem.fingerprint)];
  const release = tools.cache.hold(used);
  return makeUntilRight(tools, row, planned, part, progress).finally(release);
}

const fingerprintsOf = (pieces: readonly PlannedSegment[]): string[] => pieces.map((piece) => piece.fingerprint);

/** A segment that rotted in the cache is dropped and made again, once. */
async function makeUntilRight(
  tools: RenderTools,
  row: ExportRow,
  planned: PlannedExport,
  part: string,
  progress: ExportProgress,
): Promise<MadeFile> {
  let fromRung = 0;
  for (let isLastTry = false; ; ) {
    const tried = await tools.workroom.use(async (folder) => {
      const parts = await makeParts(tools, { row, planned, folder, fromRung }, progress).catch((error: unknown) =>
        explainDamage(tools, { row, planned, error }, progress.signal).catch((known: unknown) =>
          explainReplaced(tools, row, known, progress.signal),
        ),
      );
      const outcome = await tools.besides(() => joinAndCheck(tools, row, planned, { part, folder, parts }, progress));
      if ('report' in outcome && !outcome.report.isPassed && isLastTry && !isTooLarge(outcome.report))
        throw checkFailed(await shown(outcome.parts, outcome.report));
      return outcome;
    });
    const { parts } = tried;
    if ('report' in tried && tried.report.isPassed) return { report: tried.report, pieces: parts.pieces };
    if ('report' in tried && isTooLarge(tried.report)) {
      // The index is larger than was thought: the next smaller settings.
      if (parts.isTwoPass || parts.rung + 1 >= planned.ladder.length) throw doesNotFit(row, await overBytes());
      fromRung = parts.rung + 1;
      continue;
    }
    if ('failure' in tried && (isLastTry || !isRot(tried.failure))) throw tried.failure;
    tools.log.warn('an export did not pass; its pieces are made again', { exportId: row.id, tried });
    await dropRotten(tools, fingerprintsOf(parts.pieces));
    await dropSound(tools.cache, planned.output.sound);
    isLastTry = true;
  }

  async function overBytes(): Promise<number> {
    const { size } = await stat(part);
    return row.rateControl.mode === 'size' ? size - row.rateControl.maxBytes : 0;
  }

  function shown({ segments }: Parts, report: CheckReport): Promise<CheckReport> {
    const { lengthFrames, rate } = planned.output.timeline;
    const file = { path: part, frameCount: lengthFrames, rate, segments };
    return withPictures(tools.evidence, row.id, report, file, progress.signal);
  }
}

/** Where every piece is still what was judged, the trouble is of another kind: then all are made again. */
async function dropRotten({ cache }: RenderTools, fingerprints: readonly string[]): Promise<void> {
  if ((await cache.dropRotten(new Set(fingerprints))) > 0) return;
  for (const fingerprint of fingerprints) await cache.drop(fingerprint);
}

/** Only the size is wrong. */
function isTooLarge(report: CheckReport): boolean {
  const failed = report.findings.filter((one) => one.state === 'failed');
  return failed.length > 0 && failed.every((one) => one.id === 'file-size');
}

async function joinAndCheck(
  tools: RenderTools,
  row: ExportRow,
  { output }: PlannedExport,
  { part, folder, parts }: { part: string; folder: string; parts: Parts },
  { signal, report }: ExportProgress,
): Promise<Outcome> {
  const { segments, sound, pieces, isTwoPass } = parts;
  const { rate, lengthFrames } = output.timeline;
  try {
    report({ fraction: 0.93, step: 'Joining' });
    await joinOutput(tools.ffmpeg, { segments, sound: sound.path, rate, folder, target: part }, signal);
    report({ fraction: 0.95, step: 'Checking' });
    const maxBytes = row.rateControl.mode === 'size' ? row.rateControl.maxBytes : null;
    const aims = {
      intended: { frameCount: lengthFrames, rate, size: output.size, sound, maxBytes, isTwoPass },
      segments: segments.map((segment, n) => ({ ...segment, fingerprint: pieces[n]?.fingerprint ?? 'whole' })),
      placements: placementsForRatio(row.placements, row.ratio),
    };
    return { parts, report: await checkOutput(tools, part, aims, signal) };
  } catch (failure) {
    return { parts, failure };
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
