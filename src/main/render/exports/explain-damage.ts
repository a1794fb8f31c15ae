import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import type { CheckFinding } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import type { PlacedClip } from '#shared/model/index.ts';
import { add, divide, multiply, type Rate, rational, subtract, toNumber } from '#shared/units/index.ts';
import { reportOf } from '../check/check-findings.ts';
import type { WantedPicture } from '../check/evidence.ts';
import { finding, framesText } from '../check/finding.ts';
import { damageWords } from '../encode/encode-run.ts';
import type { RenderTools } from '../render-tools.ts';
import type { ExportRow } from '../schema.ts';
import type { SourceFacts } from '../sources/sources.ts';
import type { PlannedExport } from './plan-export.ts';

/** An export whose making failed. */
interface FailedMaking {
  row: ExportRow;
  planned: PlannedExport;
  error: unknown;
}

/** Where a file stops being readable, in seconds on its own clock. */
export interface Damage {
  lastGood: number | null;
  /** The first picture behind it; null when there is none. */
  next: number | null;
}

/**
 * Always throws. When a source turned out broken, the error says where: frames of the ad, time in the source, pictures of
 * the last good frame and of what the source gives behind it. Any other error goes on as it is.
 */
export async function explainDamage(tools: RenderTools, failed: FailedMaking, signal: AbortSignal): Promise<never> {
  const { row, planned, error } = failed;
  if (!(error instanceof AppError) || error.code !== 'media-damaged' || signal.aborted) throw error;
  const assetIds = new Set(Array.isArray(error.details?.assetIds) ? error.details.assetIds : []);
  for (const clip of planned.output.timeline.clips) {
    if (clip.content.kind !== 'media' || !clip.hasPicture || !assetIds.has(clip.content.assetId)) continue;
    const source = planned.gathered.table.get(clip.content.assetId);
    if (!source || source.isStill || !source.picture) continue;
    const stretch = stretchOf(clip, source, planned.output.timeline.rate);
    const damage = await findDamage(
      tools.ffmpeg,
      { ...source, streamIndex: source.picture.streamIndex },
      stretch,
      signal,
    );
    if (damage) throw await damagedAt(tools, row, { planned, clip, source, damage, error }, signal);
  }
  throw error;
}

/** Seconds of the source that a clip shows, on the source's own clock. */
function stretchOf(clip: PlacedClip, source: SourceFacts, rate: Rate): { from: number; to: number } {
  if (clip.content.kind !== 'media') return { from: 0, to: 0 };
  const { sourceInSeconds, speed } = clip.content;
  const from = add(sourceInSeconds, source.originSeconds);
  const length = multiply(divide(rational(clip.lengthFrames), rate), speed);
  return { from: toNumber(from), to: toNumber(add(from, length)) };
}

/** Decodes a stretch (null = to the end) on one thread, so that complaints stand between the frames they are about. */
export async function findDamage(
  ffmpeg: Ffmpeg,
  source: { path: string; demuxer: string | null; streamIndex: number },
  { from, to }: { from: number; to: number | null },
  signal: AbortSignal,
): Promise<Damage | null> {
  let last: number | null = null;
  let damage: Damage | null = null;
  const seek = Math.max(0, from - 1);
  const until = to === null ? '' : `trim=end=${(to + 0.5).toFixed(3)},`;
  await ffmpeg
    .run({
      args: [
        ...['-copyts', '-threads', '1', ...(seek > 0 ? ['-seek_timestamp', '1', '-ss', seek.toFixed(3)] : [])],
        ...inputArgs(source.path, source.demuxer === null ? {} : { demuxer: source.demuxer }),
        ...['-map', `0:${source.streamIndex}`, '-vf', `${until}showinfo`, '-f', 'null', '-'],
      ],
      signal,
      logLevel: 'info',
      onLogLine(line) {
        const time = /pts_time:\s*(-?[\d.]+)/.exec(line)?.[1];
        if (time !== undefined) {
          last = Number(time);
          if (damage && damage.next === null) damage.next = last;
        } else if (damageWords.test(line)) damage ??= { lastGood: last, next: null };
      },
    })
    .catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'cancelled') throw error;
      damage ??= { lastGood: last, next: null };
    });
  return damage;
}

interface Found {
  planned: PlannedExport;
  clip: PlacedClip;
  source: SourceFacts;
  damage: Damage;
  error: AppError;
}

async function damagedAt(tools: RenderTools, row: ExportRow, found: Found, signal: AbortSignal): Promise<AppError> {
  const { clip, source, damage, error } = found;
  const seconds = damage.lastGood ?? toNumber(source.originSeconds);
  const frames = framesFrom(found, damage.lastGood);
  const shownSeconds = Math.max(0, seconds - toNumber(source.originSeconds));
  await tools.evidence.remove(row.id);
  const pictures = await tools.evidence.keep(row.id, wantedPictures(source, damage), signal);
  const where = `from ${shownSeconds.toFixed(2)} s of the file on; ${framesText(frames)} of the ad`;
  const source_: CheckFinding = {
    ...finding('source', `“${source.name}” can be read`, false, 'every frame', `damaged ${where}`, frames),
    pictures,
  };
  return new AppError(
    'media-damaged',
    `Part of “${source.name}” cannot be read: the file is damaged or cut short, ${where}. Replace it, or use another part of it.`,
    {
      retry: 'relink',
      details: {
        ...error.details,
        assetIds: [source.assetId],
        ...{ clipId: clip.clipId, frames: source_.frames, sourceSeconds: shownSeconds },
        report: reportOf(row.fileName, [source_]),
      },
    },
  );
}

/** The frames of the ad from the damage to the end of its clip. */
function framesFrom({ planned, clip, source }: Found, lastGood: number | null): number[] {
  if (clip.content.kind !== 'media') return [];
  const { rate } = planned.output.timeline;
  const { sourceInSeconds, speed } = clip.content;
  const inSeconds = toNumber(subtract(rational(0), add(sourceInSeconds, source.originSeconds)));
  const good = lastGood === null ? 0 : Math.floor(((lastGood + inSeconds) * toNumber(rate)) / toNumber(speed)) + 1;
  const first = clip.startFrame + Math.min(clip.lengthFrames - 1, Math.max(0, good));
  return Array.from({ length: clip.startFrame + clip.lengthFrames - first }, (_, n) => first + n);
}

function wantedPictures(source: SourceFacts, { lastGood, next }: Damage): WantedPicture[] {
  const { path, demuxer, picture } = source;
  const at = (seconds: number) => Math.max(0, seconds - toNumber(source.originSeconds) - 0.001);
  const common = { path, demuxer, streamIndex: picture?.streamIndex ?? 0 };
  return [
    ...(lastGood === null ? [] : [{ ...common, label: 'Last good frame of the file', seconds: at(lastGood) }]),
    ...(next === null ? [] : [{ ...common, label: 'What the file gives after it', seconds: at(next) }]),
  ];
}
