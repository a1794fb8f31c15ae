import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import type { CheckFinding } from '#shared/contract/render.ts';
import { type Frames, type Rate, toNumber } from '#shared/units/index.ts';
import { decodeCheaply, passthrough, pictureHash } from '../encode/judge-segments.ts';
import { parsePacketList } from '../encode/packet-list.ts';
import type { CachedSegment } from '../encode/segment-cache.ts';
import type { Workroom } from '../encode/workroom.ts';
import { finding, framesText } from './finding.ts';
import type { Seam, SeamMemory } from './seam-memory.ts';

/** A piece of a finished file with its name. */
export interface JoinedSegment extends CachedSegment {
  fingerprint: string;
}

/** Frames looked at behind a join: the first of a closed group need no others, so trouble shows at once. */
const framesBehind = 5;
/** Decoding starts at the last key frame before this many frames before a join; reordering moves frames by less. */
const framesBefore = 6;
/** Joins looked at by one process: each is an input of its own. */
const mostAtOnce = 12;
/** From this many on two processes share them: whoever waits for a single ad has no other work for the processors. */
const enoughForTwo = 4;

/** A join in a finished file. */
interface Join extends Seam {
  /** First frame of the segment behind it. */
  frame: Frames;
  /** Up to here pictures are looked at. */
  end: Frames;
}

/** The joins that were never decoded: not when the segments were judged, and in no file before this one. */
export function newJoins(segments: readonly JoinedSegment[], memory: SeamMemory): Join[] {
  const joins: Join[] = [];
  let frame = 0;
  for (const [n, segment] of segments.entries()) {
    const before = segments[n - 1];
    const seam = { before: before?.fingerprint ?? '', after: segment.fingerprint };
    if (before && segment.follows !== before.fingerprint && !memory.has(seam))
      joins.push({ ...seam, frame, end: frame + Math.min(framesBehind, segment.frames) });
    frame += segment.frames;
  }
  return joins;
}

/** What looking at joins needs. */
export interface SeamTools {
  ffmpeg: Ffmpeg;
  workroom: Workroom;
  seams: SeamMemory;
}

/**
 * Decodes a finished file around each new join (from the last key frame before it to the first frames behind) and
 * compares every picture with the one its segment showed when it was judged alone. Good joins are remembered.
 */
export async function checkSeams(
  tools: SeamTools,
  path: string,
  { segments, rate }: { segments: readonly JoinedSegment[]; rate: Rate },
  signal: AbortSignal,
): Promise<CheckFinding> {
  const pictures = segments.flatMap((segment) => segment.pictures);
  const total = Math.max(0, segments.length - 1);
  const wrong: number[] = [];
  let looked = 0;
  for (;;) {
    const joins = newJoins(segments, tools.seams);
    if (joins.length === 0 || wrong.length > 0) break;
    const claim = tools.seams.claim(joins);
    try {
      const mine = joins.filter((join) => claim.mine.includes(join));
      looked += mine.length;
      wrong.push(...(await lookAt(tools, path, { joins: mine, pictures, rate }, signal)));
    } finally {
      claim.release();
    }
    // What another file found right is known by then; what it did not is looked at here.
    await claim.others;
  }
  const found = `${looked} of ${total} looked at, the others were before`;
  const isOk = wrong.length === 0;
  return finding(
    'seams',
    'Pictures around joins',
    isOk,
    'as judged',
    isOk ? found : `wrong: ${framesText(wrong)}`,
    wrong,
  );
}

/** Looks at joins of a file; remembers the good ones and returns the wrong frames around the others. */
async function lookAt(
  tools: SeamTools,
  path: string,
  { joins, pictures, rate }: { joins: readonly Join[]; pictures: readonly string[]; rate: Rate },
  signal: AbortSignal,
): Promise<number[]> {
  const each = joins.length < enoughForTwo ? joins.length : Math.min(mostAtOnce, Math.ceil(joins.length / 2));
  const wrong: number[] = [];
  const good: Seam[] = [];
  const look = async (some: readonly Join[]): Promise<void> => {
    const shown = await decodeAround(tools, path, some, rate, signal);
    for (const [n, { before, after, frame, end }] of some.entries()) {
      const bad = wrongFrames(shown[n] ?? [], pictures, { frame, end });
      if (bad.length === 0) good.push({ before, after });
      wrong.push(...bad);
    }
  };
  for (let from = 0; from < joins.length; from += 2 * each) {
    const [some, others] = [joins.slice(from, from + each), joins.slice(from + each, from + 2 * each)];
    const looking = [look(some), ...(others.length > 0 ? [look(others)] : [])];
    // Both have ended before anything is said: the file must not be taken away under one of them.
    const failed = (await Promise.allSettled(looking)).find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
  tools.seams.add(good);
  return wrong.sort((one, other) => one - other);
}

interface Shown {
  frame: Frames;
  hash: string;
}

async function decodeAround(
  { ffmpeg, workroom }: SeamTools,
  path: string,
  joins: readonly Join[],
  rate: Rate,
  signal: AbortSignal,
): Promise<Shown[][]> {
  const found = await ffmpeg.tools(signal);
  const perSecond = toNumber(rate);
  return workroom.use(async (folder) => {
    const inputs = joins.flatMap(({ frame }) => {
      const seek = (frame - framesBefore) / perSecond;
      const seeking = seek > 0 ? ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seek.toFixed(4)] : [];
      return [...decodeCheaply, ...seeking, ...inputArgs(path, { demuxer: 'mov' })];
    });
    const [hashOption = '', hashFilter = '', ...hashFormat] = pictureHash;
    const outputs = joins.flatMap(({ end }, n) => [
      ...['-map', `${n}:v:0`, ...passthrough(found)],
      ...[hashOption, `trim=end=${((end - 0.5) / perSecond).toFixed(5)},${hashFilter}`, ...hashFormat, `j${n}.txt`],
    ]);
    await ffmpeg.run({ args: ['-y', '-copyts', ...inputs, ...outputs], cwd: folder, signal, logLevel: 'error' });
    const lists = joins.map(async (_, n) => {
      const list = await readFile(join(folder, `j${n}.txt`), 'utf8');
      const tick = /^#tb 0:\s*(\d+)\/(\d+)/m.exec(list);
      const seconds = tick ? Number(tick[1]) / Number(tick[2]) : 1 / perSecond;
      return parsePacketList(list).map(({ pts, hash }) => ({ frame: Math.round(pts * seconds * perSecond), hash }));
    });
    return Promise.all(lists);
  });
}

/** Frames of the window that came out wrong or not at all. */
function wrongFrames(
  shown: readonly Shown[],
  pictures: readonly string[],
  { frame, end }: { frame: Frames; end: Frames },
): number[] {
  const byFrame = new Map(shown.map((one) => [one.frame, one.hash]));
  const from = Math.min(frame - 1, shown[0]?.frame ?? frame);
  const wrong: number[] = [];
  for (let at = from; at < end; at += 1) if (byFrame.get(at) !== pictures[at]) wrong.push(at);
  return wrong;
}
