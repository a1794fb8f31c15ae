import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { concatInputArgs, type Ffmpeg, type FfmpegTools, inputArgs } from '#main/platform/ffmpeg/index.ts';
import type { Frames, Rate } from '#shared/units/index.ts';
import { concatList } from './join.ts';
import { packetListSetup, parsePacketList } from './packet-list.ts';

/** Whether a segment decodes shows without smoothing its block edges, and one thread does it with the least work. */
export const decodeCheaply = ['-threads', '1', '-skip_loop_filter', 'all'];

/** Frames must reach the encoder and the hash muxers exactly as they are. */
export function passthrough(tools: FfmpegTools): string[] {
  return tools.capabilities.hasFpsMode ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
}

/** A picture's hash is taken over every eighth pixel both ways: blocks that went wrong are larger than that. */
export const pictureHash = ['-vf', 'scale=iw/8:ih/8:flags=neighbor', '-f', 'framecrc'];

/** A segment to be decoded. */
export interface FreshSegment {
  path: string;
  frames: Frames;
}

/** What was seen of it. */
export interface SeenSegment {
  /** MD5 of each packet, in file order. */
  packets: string[];
  /** The frame of the segment that each packet shows. */
  shows: number[];
  /** Hash of each decoded frame, in the order shown. */
  pictures: string[];
  /** Hash of the decoder's set-up. */
  setup: string;
}

/**
 * Decodes neighbouring segments once, joined as they will be in a finished file, so that the joins between them are
 * judged at the same time. `folder` takes the lists. Returns what was seen of each, and what ffmpeg complained of.
 */
export async function judgeSegments(
  ffmpeg: Ffmpeg,
  segments: readonly FreshSegment[],
  { rate, folder, signal }: { rate: Rate; folder: string; signal: AbortSignal },
): Promise<{ seen: SeenSegment[]; complaints: string[] }> {
  const found = await ffmpeg.tools(signal);
  const joined = join(folder, 'judged.ffconcat');
  await writeFile(joined, concatList(segments, rate));
  const copies = segments.flatMap((_, n) => ['-map', `${n}:v:0`, '-c', 'copy', '-f', 'framemd5', `p${n}.txt`]);
  const complaints: string[] = [];
  await ffmpeg.run({
    args: [
      '-y',
      ...segments.flatMap(({ path }) => inputArgs(path, { demuxer: 'mov' })),
      ...[...decodeCheaply, ...concatInputArgs(joined), ...copies],
      ...['-map', `${segments.length}:v:0`, ...passthrough(found), ...pictureHash, 'pictures.txt'],
    ],
    cwd: folder,
    signal,
    logLevel: 'error',
    onLogLine: (line) => complaints.push(line),
  });
  const pictures = parsePacketList(await readFile(join(folder, 'pictures.txt'), 'utf8'));
  const total = segments.reduce((sum, { frames }) => sum + frames, 0);
  // With a frame too few or too many nobody knows whose it is: then none counts, and each is judged alone.
  const isEach = pictures.length === total || segments.length === 1;
  let start = 0;
  const seen: SeenSegment[] = [];
  for (const [n, { frames }] of segments.entries()) {
    const list = await readFile(join(folder, `p${n}.txt`), 'utf8');
    const packets = parsePacketList(list);
    seen.push({
      packets: packets.map((packet) => packet.hash),
      shows: displayOrder(packets.map((packet) => packet.pts)),
      pictures: isEach
        ? pictures.slice(start, segments.length === 1 ? undefined : start + frames).map(({ hash }) => hash)
        : [],
      setup: packetListSetup(list),
    });
    start += frames;
  }
  return { seen, complaints };
}

/** Rank of each time among all. */
function displayOrder(times: readonly number[]): number[] {
  const order = times.map((_, n) => n).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const ranks = times.map(() => 0);
  for (const [rank, n] of order.entries()) ranks[n] = rank;
  return ranks;
}
