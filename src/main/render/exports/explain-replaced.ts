import { stat } from 'node:fs/promises';
import type { CheckFinding } from '#shared/contract/render.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { type Asset, flattenVariant, type PlacedClip } from '#shared/model/index.ts';
import { divide, type Rate, toNumber } from '#shared/units/index.ts';
import { reportOf } from '../check/check-findings.ts';
import type { WantedPicture } from '../check/evidence.ts';
import { finding, framesText } from '../check/finding.ts';
import type { RenderTools } from '../render-tools.ts';
import type { ExportRow } from '../schema.ts';
import { type Damage, findDamage } from './explain-damage.ts';

/** The file that lies where an asset's was, as far as it can be read. */
interface OtherFile {
  sizeBytes: number;
  /** Why nothing of it can be read; null when something can. */
  refusal: string | null;
  demuxer: string | null;
  /** Where its picture breaks off; null when it does not. */
  damage: Damage | null;
}

/**
 * Always throws. When another file lies in a source's place, the error says which frames of the ad need the one that was
 * imported, and what the other one is: its size, a picture of it, from where on it cannot be read. Any other error goes on
 * as it is.
 */
export async function explainReplaced(
  tools: RenderTools,
  row: ExportRow,
  error: unknown,
  signal: AbortSignal,
): Promise<never> {
  if (!(error instanceof AppError) || error.code !== 'file-changed' || signal.aborted) throw error;
  const { assetId, path } = error.details ?? {};
  const [asset] = await tools.sources.getMany([assetId as Asset['id']]);
  if (!asset || typeof path !== 'string') throw error;
  const project = tools.store.snapshot(row.snapshotId);
  const { clips } = flattenVariant(project, row.variant, () => null);
  const shown = clips.filter(({ content }) => content.kind === 'media' && content.assetId === asset.id);
  const other = await lookAt(tools, path, signal);
  const frames = shown.flatMap(framesOf);
  const damaged = shown.flatMap((clip) => damagedFrames(clip, other.damage, project.rate));
  await tools.evidence.remove(row.id);
  const found = [`another file of ${sizeText(other.sizeBytes)}`, ...stateOf(other, damaged), inAd(frames)].join('; ');
  const wanted = picturesOf(path, other, shown[0] ?? null);
  const facts: CheckFinding = {
    ...finding(
      'source',
      `“${asset.name}” is the file that was imported`,
      false,
      sizeText(asset.sizeBytes),
      found,
      frames,
    ),
    pictures: await tools.evidence.keep(row.id, wanted, signal),
  };
  throw new AppError('file-changed', `${error.userMessage} ${sentenceOf(other)}`.trim(), {
    retry: 'relink',
    details: { ...error.details, assetIds: [asset.id], frames: facts.frames, report: reportOf(row.fileName, [facts]) },
  });
}

/** Looks at a file without trusting it. */
async function lookAt({ ffmpeg }: RenderTools, path: string, signal: AbortSignal): Promise<OtherFile> {
  const sizeBytes = await stat(path).then(
    (info) => info.size,
    () => 0,
  );
  try {
    const { format, streams } = await ffmpeg.probe(path, { signal });
    const stream = streams.find(({ codec_type: type }) => type === 'video');
    const demuxer = format.format_name;
    const damage = stream
      ? await findDamage(ffmpeg, { path, demuxer, streamIndex: stream.index }, { from: 0, to: null }, signal)
      : null;
    return { sizeBytes, refusal: null, demuxer, damage };
  } catch (error) {
    const known = toAppError(error);
    if (known.code === 'cancelled') throw known;
    return { sizeBytes, refusal: known.userMessage, demuxer: null, damage: null };
  }
}

/** A size for people. */
function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function framesOf({ startFrame, lengthFrames }: PlacedClip): number[] {
  return Array.from({ length: lengthFrames }, (_, n) => startFrame + n);
}

/** Frames of a clip behind the moment at which the file breaks off. */
function damagedFrames(clip: PlacedClip, damage: Damage | null, rate: Rate): number[] {
  if (damage === null || clip.content.kind !== 'media') return [];
  const { sourceInSeconds, speed } = clip.content;
  const perFrame = toNumber(divide(speed, rate));
  const left = (damage.lastGood ?? 0) - toNumber(sourceInSeconds);
  const good = Math.max(0, Math.floor(left / perFrame) + (damage.lastGood === null ? 0 : 1));
  return framesOf(clip).slice(good);
}

function stateOf({ refusal, damage }: OtherFile, damaged: readonly number[]): string[] {
  if (refusal !== null) return ['nothing of it can be read'];
  if (damage === null) return [];
  const from = `damaged from ${(damage.lastGood ?? 0).toFixed(2)} s on`;
  return [damaged.length > 0 ? `${from}, which would be ${framesText(damaged)}` : from];
}

const inAd = (frames: readonly number[]): string =>
  frames.length > 0 ? `needed for ${framesText(frames)} of the ad` : 'needed for this ad';

function sentenceOf({ refusal, damage }: OtherFile): string {
  if (refusal !== null) return 'Nothing of the new file can be read.';
  return damage === null ? '' : `The new file is damaged from ${(damage.lastGood ?? 0).toFixed(2)} s on.`;
}

/** What the other file shows where the clip begins, and around the moment at which it breaks off. */
function picturesOf(path: string, { refusal, demuxer, damage }: OtherFile, clip: PlacedClip | null): WantedPicture[] {
  if (refusal !== null) return [];
  const begin = clip?.content.kind === 'media' ? toNumber(clip.content.sourceInSeconds) : 0;
  const common = { path, demuxer };
  const last = damage?.lastGood ?? null;
  const next = damage?.next ?? null;
  return [
    { ...common, label: 'What the new file shows where the clip begins', seconds: begin },
    ...(last === null
      ? []
      : [{ ...common, label: 'Last good frame of the new file', seconds: Math.max(0, last - 0.001) }]),
    ...(next === null
      ? []
      : [{ ...common, label: 'What the new file gives after it', seconds: Math.max(0, next - 0.001) }]),
  ];
}
