import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import type { CheckReport } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import type { PlacementId } from '#shared/model/index.ts';
import { parseRational } from '#shared/units/index.ts';
import { type PacketLine, parsePacketList } from '../encode/packet-list.ts';
import { judge, reportOf } from './check-findings.ts';
import { checkSeams, type JoinedSegment, type SeamTools } from './check-seams.ts';
import { readBoxLayout } from './mp4-boxes.ts';
import type { Intended, IntendedPacket, Observed } from './observed.ts';

/** What a finished file is held against. */
export interface OutputAims {
  intended: Omit<Intended, 'packets'>;
  segments: readonly JoinedSegment[];
  placements: readonly PlacementId[];
}

/** The packets of joined segments, each with the frame of the ad it shows. */
export function intendedPackets(
  segments: readonly Pick<JoinedSegment, 'packets' | 'shows' | 'frames'>[],
): IntendedPacket[] {
  let start = 0;
  return segments.flatMap(({ packets, shows, frames }) => {
    const from = start;
    start += frames;
    return packets.map((hash, n) => ({ hash, frame: from + (shows[n] ?? n) }));
  });
}

/**
 * Looks at a finished file before anybody may have it. Nothing that was judged before is decoded again: packets of picture
 * and sound are compared with those judged, and pictures are decoded only around joins that no file had before.
 */
export async function checkOutput(
  tools: SeamTools,
  path: string,
  aims: OutputAims,
  signal: AbortSignal,
): Promise<CheckReport> {
  const { segments, placements } = aims;
  const intended: Intended = { ...aims.intended, packets: intendedPackets(segments) };
  const [seen, seams] = await Promise.all([
    observe(tools, path, intended, signal),
    checkSeams(tools, path, { segments, rate: intended.rate }, signal),
  ]);
  const { findings } = judge(path, seen, { intended, placements, loudnessLufs: intended.sound.targetLufs });
  const at = findings.findIndex((one) => one.id === 'same-picture') + 1;
  return reportOf(path, findings.toSpliced(at, 0, seams));
}

async function observe(tools: SeamTools, path: string, intended: Intended, signal: AbortSignal): Promise<Observed> {
  const [{ size }, boxes, report, packets] = await Promise.all([
    stat(path),
    readBoxLayout(path),
    tools.ffmpeg.probe(path, { signal }),
    listPackets(tools, path, signal),
  ]);
  const video = report.streams.find((stream) => stream.codec_type === 'video') ?? null;
  const audio = report.streams.find((stream) => stream.codec_type === 'audio') ?? null;
  const tick = parseRational(video?.time_base ?? '');
  return {
    ...{ sizeBytes: size, boxes, video, audio, tickSeconds: tick ? tick.num / tick.den : 0.001, ...packets },
    ...{ decodedFrames: null, frozen: [], black: [] },
    // Its packets are compared with those that were heard.
    heard: intended.sound,
  };
}

/** Packets of picture and sound, and what ffmpeg complained of. */
async function listPackets(
  { ffmpeg, workroom }: { ffmpeg: Ffmpeg; workroom: SeamTools['workroom'] },
  path: string,
  signal: AbortSignal,
): Promise<{ packets: PacketLine[]; soundPackets: PacketLine[]; complaints: string[] }> {
  return workroom.use(async (folder) => {
    const complaints: string[] = [];
    const list = (stream: string, name: string) => ['-map', stream, '-c', 'copy', '-f', 'framemd5', name];
    await ffmpeg
      .run({
        args: [
          ...['-y', '-copyts', ...inputArgs(path, { demuxer: 'mov' })],
          ...[...list('0:v:0?', 'v.txt'), ...list('0:a:0?', 'a.txt')],
        ],
        cwd: folder,
        signal,
        logLevel: 'error',
        onLogLine: (line) => complaints.push(line),
      })
      .catch((error: unknown) => {
        // Missing streams are findings, not failures of looking.
        if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
        complaints.push(error.message);
      });
    const read = (name: string) => readFile(join(folder, name), 'utf8').then(parsePacketList, () => []);
    return { packets: await read('v.txt'), soundPackets: await read('a.txt'), complaints };
  });
}
