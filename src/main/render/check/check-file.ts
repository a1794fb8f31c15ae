import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { toFileError } from '#main/platform/files/index.ts';
import type { CheckReport } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { parseRational } from '#shared/units/index.ts';
import { passthrough } from '../encode/judge-segments.ts';
import { parsePacketList } from '../encode/packet-list.ts';
import type { Workroom } from '../encode/workroom.ts';
import { type Intended, judge, type Observed } from './check-findings.ts';
import { readBoxLayout } from './mp4-boxes.ts';

/** What checking needs. */
export interface CheckTools {
  ffmpeg: Ffmpeg;
  workroom: Workroom;
}

/**
 * Looks at a finished file: against what it was `intended` to be, or against what every ad must be. With `intended`
 * only the sound is decoded: the picture's packets are compared with those of segments that were decoded before.
 * Throws when there is no file or nothing of it can be read at all.
 */
export async function checkFile(
  tools: CheckTools,
  path: string,
  intended: Intended | null,
  signal: AbortSignal,
): Promise<CheckReport> {
  await refuseSpecialFiles(path);
  const boxes = await readBoxLayout(path);
  const report = await tools.ffmpeg.probe(path, { signal });
  const video = report.streams.find((stream) => stream.codec_type === 'video') ?? null;
  const audio = report.streams.find((stream) => stream.codec_type === 'audio') ?? null;
  const decoded = await tools.workroom.use((folder) =>
    decode(tools.ffmpeg, path, folder, {
      demuxer: report.format.format_name,
      video: video?.index ?? null,
      audio: audio?.index ?? null,
      isPictureKnown: intended !== null,
      signal,
    }),
  );
  const tick = parseRational(video?.time_base ?? '');
  const seen: Observed = { boxes, video, audio, tickSeconds: tick ? tick.num / tick.den : 0.001, ...decoded };
  return judge(path, seen, intended);
}

/** A pipe would hang and a device never end. */
async function refuseSpecialFiles(path: string): Promise<void> {
  const info = await stat(path).catch((error: unknown) => {
    throw toFileError(error, path, 'read');
  });
  if (!info.isFile()) throw new AppError('invalid-input', `“${path}” is not a file. Choose a video file.`);
}

interface DecodeRequest {
  demuxer: string;
  video: number | null;
  audio: number | null;
  isPictureKnown: boolean;
  signal: AbortSignal;
}

async function decode(
  ffmpeg: Ffmpeg,
  path: string,
  folder: string,
  request: DecodeRequest,
): Promise<Pick<Observed, 'packets' | 'decodedFrames' | 'complaints'>> {
  const { video, audio, isPictureKnown, signal } = request;
  const exact = passthrough(await ffmpeg.tools(signal));
  const isPictureDecoded = video !== null && !isPictureKnown;
  const outputs = [
    ...(video === null ? [] : ['-map', `0:${video}`, '-c', 'copy', '-f', 'framemd5', 'packets.txt']),
    ...(isPictureDecoded
      ? ['-map', `0:${video}`, ...exact, '-vf', 'crop=16:16:0:0', '-f', 'framecrc', 'frames.txt']
      : []),
    ...(audio === null ? [] : ['-map', `0:${audio}`, '-f', 'null', '-']),
  ];
  if (outputs.length === 0) return { packets: [], decodedFrames: null, complaints: ['neither picture nor sound'] };
  const complaints: string[] = [];
  try {
    await ffmpeg.run({
      args: ['-y', '-copyts', ...inputArgs(path, { demuxer: request.demuxer }), ...outputs],
      cwd: folder,
      signal,
      logLevel: 'error',
      onLogLine: (line) => complaints.push(line),
    });
  } catch (error) {
    // A file that cannot be decoded to its end is a finding, not a failure of looking.
    if (!(error instanceof AppError) || !isAboutTheFile(error)) throw error;
    complaints.push(error.message);
  }
  const list = (name: string) => readFile(join(folder, name), 'utf8').then(parsePacketList, () => []);
  return {
    packets: video === null ? [] : await list('packets.txt'),
    decodedFrames: isPictureDecoded ? (await list('frames.txt')).length : null,
    complaints,
  };
}

function isAboutTheFile(error: AppError): boolean {
  return ['media-damaged', 'ffmpeg-failed', 'ffmpeg-crashed', 'unsupported-media', 'unsupported-codec'].includes(
    error.code,
  );
}

/** The error of an export whose check failed, with the report as evidence. */
export function checkFailed(report: CheckReport): AppError {
  const failed = report.findings.filter((one) => one.state === 'failed');
  const what = failed.map((one) => `${one.label} (${one.found} instead of ${one.expected})`).join('; ');
  return new AppError(
    'output-check-failed',
    `The finished file did not pass its check and was not kept: ${what}. Please try again.`,
    { retry: 'retry', details: { report } },
  );
}
