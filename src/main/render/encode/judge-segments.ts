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

/** A segment that was judged before, and what it showed. */
export interface JudgedSegment extends FreshSegment {
  pictures: readonly string[];
}

/** How {@link judgeSegments} goes. */
export interface JudgeOptions {
  rate: Rate;
  /** Takes the lists. */
  folder: string;
  signal: AbortSignal;
}

/** What was seen of segments, and what ffmpeg complained of. */
export interface Judgement {
  seen: SeenSegment[];
  complaints: string[];
}

/**
 * Decodes neighbouring segments once, joined as they will be in a finished file, so that the joins between them are
 * judged at the same time.
 */
export async function judgeSegments(
  ffmpeg: Ffmpeg,
  segments: readonly FreshSegment[],
  options: JudgeOptions,
): Promise<Judgement> {
  const { pictures, packetLists, complaints } = await decodeJoined(ffmpeg, segments, [], options);
  return { seen: seenOf(segments, pictures, packetLists), complaints };
}

/**
 * {@link judgeSegments} with the join to the segment before them; null when it does not show that it is right, so that
 * nobody knows whose fault that is: then they are to be judged without it.
 */
export async function judgeBehind(
  ffmpeg: Ffmpeg,
  before: JudgedSegment,
  segments: readonly FreshSegment[],
  options: JudgeOptions,
): Promise<Judgement | null> {
  const { pictures, packetLists, complaints } = await decodeJoined(ffmpeg, segments, [before], options);
  const isRight =
    complaints.length === 0 &&
    pictures.length === before.frames + framesIn(segments) &&
    before.pictures.every((hash, n) => hash === pictures[n]);
  return isRight ? { seen: seenOf(segments, pictures.slice(before.frames), packetLists), complaints } : null;
}

const framesIn = (segments: readonly FreshSegment[]): Frames => segments.reduce((sum, { frames }) => sum + frames, 0);

/** Hashes of all pictures in the order shown, and the packets of each of `segments`. */
async function decodeJoined(
  ffmpeg: Ffmpeg,
  segments: readonly FreshSegment[],
  before: readonly FreshSegment[],
  { rate, folder, signal }: JudgeOptions,
): Promise<{ pictures: string[]; packetLists: string[]; complaints: string[] }> {
  const found = await ffmpeg.tools(signal);
  const joined = join(folder, 'judged.ffconcat');
  await writeFile(joined, concatList([...before, ...segments], rate));
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
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const packetLists = await Promise.all(segments.map((_, n) => read(`p${n}.txt`)));
  return { pictures: parsePacketList(await read('pictures.txt')).map(({ hash }) => hash), packetLists, complaints };
}

function seenOf(
  segments: readonly FreshSegment[],
  pictures: readonly string[],
  packetLists: readonly string[],
): SeenSegment[] {
  // With a frame too few or too many nobody knows whose it is: then none counts, and each is judged alone.
  const isEach = pictures.length === framesIn(segments) || segments.length === 1;
  let start = 0;
  return segments.map(({ frames }, n) => {
    const list = packetLists[n] ?? '';
    const packets = parsePacketList(list);
    const from = start;
    start += frames;
    return {
      packets: packets.map((packet) => packet.hash),
      shows: displayOrder(packets.map((packet) => packet.pts)),
      pictures: isEach ? pictures.slice(from, segments.length === 1 ? undefined : from + frames) : [],
      setup: packetListSetup(list),
    };
  });
}

/** Rank of each time among all. */
function displayOrder(times: readonly number[]): number[] {
  const order = times.map((_, n) => n).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const ranks = times.map(() => 0);
  for (const [rank, n] of order.entries()) ranks[n] = rank;
  return ranks;
}
