import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Ffmpeg, ProbeReport } from '#main/platform/ffmpeg/index.ts';
import { toFileError } from '#main/platform/files/index.ts';
import type { CheckReport } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import type { PlacementId } from '#shared/model/index.ts';
import { parseRational, toNumber } from '#shared/units/index.ts';
import type { Workroom } from '../encode/workroom.ts';
import { judge } from './check-findings.ts';
import { taggedRate } from './content-findings.ts';
import { decodeAll } from './decode-all.ts';
import { readBoxLayout } from './mp4-boxes.ts';
import type { Observed } from './observed.ts';

/** What checking needs. */
export interface CheckTools {
  ffmpeg: Ffmpeg;
  workroom: Workroom;
}

/** What a file from elsewhere is held against, besides what every ad must be. */
export interface FileAims {
  placements: readonly PlacementId[];
  /** Loudness asked for; null = the placements', if they ask for one, else it is only told. */
  loudnessLufs: number | null;
}

/** Only what every ad must be. */
export const noAims: FileAims = { placements: [], loudnessLufs: null };

/** Loudness every placement of ours plays at. */
const placedLoudnessLufs = -14;

/**
 * Decodes any media file whole and looks at it. Throws when there is no file (`file-not-found`), nothing in it
 * (`file-empty`), or nothing that can be read at all (`unsupported-media`, `media-damaged`).
 */
export async function checkFile(
  tools: CheckTools,
  path: string,
  aims: FileAims,
  signal: AbortSignal,
): Promise<CheckReport> {
  const sizeBytes = await sizeOf(path);
  const boxes = await readBoxLayout(path);
  const report = await tools.ffmpeg.probe(path, { signal });
  const { video, audio } = streamsOf(report);
  const decoded = await tools.workroom.use((folder) =>
    decodeAll(tools.ffmpeg, path, {
      ...{ folder, demuxer: report.format.format_name, video: video?.index ?? null, signal },
      audio: audio ? { index: audio.index, channels: Number(audio.channels) } : null,
      framesPerSecond: toNumber(taggedRate(video) ?? { num: 0, den: 1 }),
    }),
  );
  const tick = parseRational(video?.time_base ?? '');
  const tickSeconds = tick ? tick.num / tick.den : 0.001;
  const seen: Observed = { sizeBytes, boxes, video, audio, tickSeconds, soundPackets: [], ...decoded };
  const loudnessLufs = aims.loudnessLufs ?? (aims.placements.length > 0 ? placedLoudnessLufs : null);
  const container = extname(path).slice(1).toLowerCase() || null;
  return judge(path, seen, { intended: null, placements: aims.placements, loudnessLufs }, container);
}

/** The picture and the sound of a file; a cover picture inside a sound file is none. */
function streamsOf(report: ProbeReport) {
  const isCover = (stream: ProbeReport['streams'][number]) => stream.disposition?.attached_pic === 1;
  return {
    video: report.streams.find((stream) => stream.codec_type === 'video' && !isCover(stream)) ?? null,
    audio: report.streams.find((stream) => stream.codec_type === 'audio') ?? null,
  };
}

/** A pipe would hang and a device never end. */
async function sizeOf(path: string): Promise<number> {
  const info = await stat(path).catch((error: unknown) => {
    throw toFileError(error, path, 'read');
  });
  if (!info.isFile()) throw new AppError('invalid-input', `“${path}” is not a file. Choose a video file.`);
  return info.size;
}
