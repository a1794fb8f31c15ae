import { stat } from 'node:fs/promises';
import type { CheckReport } from '#shared/contract/render.ts';
import type { PlacementId } from '#shared/model/index.ts';
import { parseRational } from '#shared/units/index.ts';
import type { PacketLine } from '../encode/packet-list.ts';
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
    observe(tools.ffmpeg, path, intended, signal),
    checkSeams(tools, path, { segments, rate: intended.rate }, signal),
  ]);
  const { findings } = judge(path, seen, { intended, placements, loudnessLufs: intended.sound.targetLufs });
  const at = findings.findIndex((one) => one.id === 'same-picture') + 1;
  return reportOf(path, findings.toSpliced(at, 0, seams));
}

/** Lists every packet with its hash, as compact lines; only real trouble is said. */
const listingPackets = [
  ...['-loglevel', 'error', '-print_format', 'json=c=1', '-show_packets', '-show_data_hash', 'MD5'],
  ...['-show_entries', 'packet=stream_index,pts,dts,duration,size,data_hash:stream:format'],
];
/** Reading a long file whole takes a while on a slow disk. */
const listingTimeoutMs = 20 * 60_000;
/** About 170 bytes per packet: several hours. */
const listingBytes = 400_000_000;

async function observe(
  ffmpeg: SeamTools['ffmpeg'],
  path: string,
  intended: Intended,
  signal: AbortSignal,
): Promise<Observed> {
  const complaints: string[] = [];
  const onLogLine = (line: string) => complaints.push(line);
  const [{ size }, boxes, report] = await Promise.all([
    stat(path),
    readBoxLayout(path),
    ffmpeg.probe(path, {
      ...{ signal, onLogLine, args: listingPackets, isOwnFile: true },
      ...{ timeoutMs: listingTimeoutMs, mostBytes: listingBytes },
    }),
  ]);
  const video = report.streams.find((stream) => stream.codec_type === 'video') ?? null;
  const audio = report.streams.find((stream) => stream.codec_type === 'audio') ?? null;
  const tick = parseRational(video?.time_base ?? '');
  const packetsOf = (stream: { index: number } | null) =>
    (report.packets ?? []).flatMap((packet) => (packet.stream_index === stream?.index ? [packetLine(packet)] : []));
  return {
    ...{ sizeBytes: size, boxes, video, audio, tickSeconds: tick ? tick.num / tick.den : 0.001, complaints },
    ...{ packets: packetsOf(video), soundPackets: packetsOf(audio) },
    ...{ decodedFrames: null, frozen: [], black: [] },
    // Its packets are compared with those that were heard.
    heard: intended.sound,
  };
}

/** ffprobe's words for a packet, as a list has them. */
function packetLine(packet: Record<string, unknown>): PacketLine {
  return {
    ...{ dts: Number(packet.dts), pts: Number(packet.pts), duration: Number(packet.duration) },
    ...{ sizeBytes: Number(packet.size), hash: String(packet.data_hash).replace(/^MD5:/, '') },
  };
}
