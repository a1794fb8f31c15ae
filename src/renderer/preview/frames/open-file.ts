import { ALL_FORMATS, Input, type InputVideoTrack, UrlSource, type VideoSample, VideoSampleSink } from 'mediabunny';
import { copyPlanes } from './copy-planes.ts';
import type { PlaneFrame } from './planes.ts';
import { readTransparent } from './read-transparent.ts';

/** Bytes of a file kept by its reader. */
const readerCacheBytes = 16 * 2 ** 20;
/** Frames further ahead than this are sought instead of decoded one by one, seconds. */
const readOnSeconds = 1.5;

/** A file that is open for reading single frames. */
export interface OpenFile {
  /**
   * The frame shown at a moment of the file's clock: the last that has begun, else the first; after it, frames that were
   * decoded on the way and are likely to be wanted next. Wishes are met in turn; none where `isWanted` says no by then.
   */
  framesAt(moment: number, isWanted?: () => boolean): Promise<PlaneFrame[]>;
  /** Lets the decoder go; the next frame starts it anew. */
  rest(): void;
  dispose(): void;
}

/** Finds single frames; `rest` lets the decoder go. */
interface FrameReader {
  find(moment: number): Promise<PlaneFrame[]>;
  rest(): Promise<void>;
}

/** Where reading stands: the frame last found, and the one after it. */
interface Cursor {
  samples: AsyncGenerator<VideoSample, void, unknown>;
  current: VideoSample;
  next: VideoSample | null;
}

/** Going backwards, so many frames before the one wanted are kept: they all had to be decoded anyway. */
const keptBackwards = 6;

const copyOf = (sample: VideoSample, endSeconds: number): Promise<PlaneFrame> =>
  copyPlanes(sample, { timeSeconds: sample.timestamp, endSeconds });

/** How far before a moment to begin, seconds: further back when the playhead goes backwards frame by frame. */
function headStart({ current, next }: Cursor, moment: number): number {
  const isStepBack = moment < current.timestamp && current.timestamp - moment < 1;
  const step = next ? next.timestamp - current.timestamp : 1 / 30;
  return isStepBack ? Math.min(1, keptBackwards * step) : 0;
}

function canReadOn({ current, next }: Cursor, moment: number): boolean {
  return current.timestamp <= moment && (next === null || moment < next.timestamp + readOnSeconds);
}

/** Reads on from frame to frame, and seeks where that would take longer. */
function readOnwards(track: InputVideoTrack): FrameReader {
  const sink = new VideoSampleSink(track);
  let cursor: Cursor | null = null;

  async function startAt(moment: number): Promise<Cursor> {
    const samples = sink.samples(moment);
    const first = await samples.next();
    if (first.done) throw new Error('the file has no frames');
    const second = await samples.next();
    return { samples, current: first.value, next: second.done ? null : second.value };
  }

  async function rest(): Promise<void> {
    const before = cursor;
    cursor = null;
    before?.current.close();
    before?.next?.close();
    await before?.samples.return();
  }

  return {
    rest,
    async find(moment) {
      const back = cursor ? headStart(cursor, moment) : 0;
      const passed: PlaneFrame[] = [];
      if (!cursor || !canReadOn(cursor, moment)) {
        await rest();
        cursor = await startAt(moment - back);
      }
      while (cursor.next && cursor.next.timestamp <= moment) {
        if (back > 0) passed.push(await copyOf(cursor.current, cursor.next.timestamp));
        cursor.current.close();
        cursor.current = cursor.next;
        cursor.next = null;
        const following = await cursor.samples.next();
        cursor.next = following.done ? null : following.value;
      }
      const { current, next } = cursor;
      const found = await copyOf(current, next?.timestamp ?? Number.POSITIVE_INFINITY);
      return [found, ...passed.slice(-keptBackwards)];
    },
  };
}

async function openReader(input: Input): Promise<FrameReader> {
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('the file has no picture');
  if (!(await track.canDecode())) throw new Error('the picture’s codec is not known here');
  if (await track.canBeTransparent()) {
    const read = readTransparent(track);
    return { find: async (moment) => [await read(moment)], rest: () => Promise.resolve() };
  }
  return readOnwards(track);
}

/** Opens a file on the media server; nothing is read before the first frame is wanted. */
export function openFile(url: string): OpenFile {
  const input = new Input({
    formats: ALL_FORMATS,
    source: new UrlSource(url, { maxCacheSize: readerCacheBytes, getRetryDelay: () => null }),
  });
  let reader: Promise<FrameReader> | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = queue.then(work, work);
    queue = done.catch(() => undefined);
    return done;
  };
  const rest = () =>
    inTurn(async () => {
      const before = await reader?.catch(() => null);
      await before?.rest();
    }).catch(() => undefined);
  return {
    framesAt: (moment, isWanted = () => true) =>
      inTurn(async () => {
        if (!isWanted()) return [];
        reader ??= openReader(input);
        try {
          return await (await reader).find(moment);
        } catch (error) {
          // Whatever went wrong, the next wish begins from nothing.
          const broken = await reader.catch(() => null);
          reader = null;
          await broken?.rest().catch(() => undefined);
          throw error;
        }
      }),
    rest: () => void rest(),
    dispose: () => void rest().then(() => input.dispose()),
  };
}
