import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { passthrough } from '../encode/judge-segments.ts';
import { type PacketLine, parsePacketList } from '../encode/packet-list.ts';
import { type Loudness, measureFile } from '../sound/measure-sound.ts';
import type { Observed, Stretch } from './observed.ts';

/** What is decoded. */
export interface DecodeRequest {
  /** Takes the lists. */
  folder: string;
  demuxer: string;
  video: number | null;
  audio: { index: number; channels: number } | null;
  framesPerSecond: number;
  signal: AbortSignal;
}

/** What came out. */
export type Decoded = Pick<Observed, 'packets' | 'decodedFrames' | 'complaints' | 'heard' | 'frozen' | 'black'>;

/** Pictures that stay the same for at least this long are told of. */
const shortestFrozenSeconds = 0.5;
/** Darker than this on average (of 255) and even, a picture is black. */
const blackSeconds = 0.1;

/** Lines with their level first, so that faults can be told from what filters say. */
const levelled = ['-loglevel', 'level+info'];
const fault = /\[(error|fatal|panic)\]/;
const blackLine = /black_start:(\S+) black_end:(\S+)/;

/** Decodes picture and sound of a file to their ends, in one process. What cannot be decoded is a complaint, not an error. */
export async function decodeAll(ffmpeg: Ffmpeg, path: string, request: DecodeRequest): Promise<Decoded> {
  const { folder, demuxer, video, audio, signal } = request;
  const exact = passthrough(await ffmpeg.tools(signal));
  const complaints: string[] = [];
  const black: Stretch[] = [];
  const onLogLine = (line: string) => {
    if (fault.test(line)) complaints.push(line.replace(/^(\[[^\]]*\] ?)+/, ''));
    const found = blackLine.exec(line);
    if (found) black.push(stretchOf(Number(found[1]), Number(found[2]), request.framesPerSecond));
  };
  const pictureHash = `blackdetect=d=${blackSeconds}:pic_th=0.98:pix_th=0.04,scale=iw/8:ih/8:flags=neighbor`;
  const file = (name: string) => join(folder, name);
  const outputs =
    video === null
      ? []
      : [
          ...['-map', `0:${video}`, '-c', 'copy', '-f', 'framemd5', file('packets.txt')],
          ...['-map', `0:${video}`, ...exact, '-vf', pictureHash, '-f', 'framecrc', file('frames.txt')],
        ];
  let heard: Loudness | null = null;
  try {
    if (audio)
      heard = await measureFile(ffmpeg, path, {
        ...{ demuxer, streamIndex: audio.index, channels: audio.channels, signal, onLogLine },
        ...{ options: [...levelled, '-copyts'], outputs },
      });
    else if (video !== null)
      await ffmpeg.run({
        args: ['-y', ...levelled, '-copyts', ...inputArgs(path, { demuxer }), ...outputs],
        ...{ signal, onLogLine },
      });
    else complaints.push('neither picture nor sound');
  } catch (error) {
    // A file that cannot be decoded to its end is a finding, not a failure of looking.
    if (!(error instanceof AppError) || !isAboutTheFile(error)) throw error;
    complaints.push(error.message);
  }
  const list = (name: string) => readFile(file(name), 'utf8').then(parsePacketList, () => []);
  const frames = video === null ? [] : await list('frames.txt');
  return {
    packets: video === null ? [] : await list('packets.txt'),
    decodedFrames: video === null ? null : frames.length,
    ...{ complaints, heard, black },
    frozen: frozenStretches(frames, request.framesPerSecond),
  };
}

function stretchOf(fromSeconds: number, toSeconds: number, framesPerSecond: number): Stretch {
  const fromFrame = Math.round(fromSeconds * framesPerSecond);
  return { fromFrame, frames: Math.max(1, Math.round(toSeconds * framesPerSecond) - fromFrame) };
}

/** Runs of equal pictures. A single repeated one is usual in footage of a lower rate. */
function frozenStretches(frames: readonly PacketLine[], framesPerSecond: number): Stretch[] {
  const shortest = Math.max(3, shortestFrozenSeconds * framesPerSecond);
  const stretches: Stretch[] = [];
  for (let from = 0; from < frames.length; ) {
    let end = from + 1;
    while (end < frames.length && frames[end]?.hash === frames[from]?.hash) end += 1;
    if (end - from >= shortest) stretches.push({ fromFrame: from, frames: end - from });
    from = end;
  }
  return stretches;
}

function isAboutTheFile(error: AppError): boolean {
  return ['media-damaged', 'ffmpeg-failed', 'ffmpeg-crashed', 'unsupported-media', 'unsupported-codec'].includes(
    error.code,
  );
}
