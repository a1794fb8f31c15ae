import { ALL_FORMATS, Input, UrlSource, type VideoSample, VideoSampleSink } from 'mediabunny';
import { type PlaneFrame, splitPlanes } from './planes.ts';

/** Bytes of a file kept by its reader. */
const readerCacheBytes = 16 * 2 ** 20;
/** Frames further ahead than this are sought instead of decoded one by one, seconds. */
const readOnSeconds = 1.5;

/** A file that is open for reading single frames. */
export interface OpenFile {
  /**
   * The frame shown at a moment of the file's clock: the last that has begun, else the first. Wishes are met in turn;
   * null where `isWanted` says no when its turn comes.
   */
  frameAt(moment: number, isWanted?: () => boolean): Promise<PlaneFrame | null>;
  /** Lets the decoder go; the next frame starts it anew. */
  rest(): void;
  dispose(): void;
}

/** Where reading stands: the frame last found, and the one after it. */
interface Cursor {
  samples: AsyncGenerator<VideoSample, void, unknown>;
  current: VideoSample;
  next: VideoSample | null;
}

/** Planes of a sample; throws where its format is not one that can be drawn exactly. */
async function toPlanes(sample: VideoSample, endSeconds: number): Promise<PlaneFrame> {
  const { format, timestamp } = sample;
  if (format === null) throw new Error('the decoder hands out pictures that cannot be read back');
  const isRgb = format.startsWith('RGB') || format.startsWith('BGR');
  const options = isRgb ? ({ format: format.endsWith('A') ? 'RGBA' : 'RGBX' } as const) : {};
  const bytes = new Uint8Array(sample.allocationSize(options));
  const layout = await sample.copyTo(bytes, options);
  const frame = splitPlanes({
    format: isRgb ? (options.format ?? format) : format,
    width: sample.visibleRect.width,
    height: sample.visibleRect.height,
    bytes,
    layout,
    timeSeconds: timestamp,
    endSeconds,
  });
  if (!frame) throw new Error(`pictures in ${format} are not known`);
  return frame;
}

async function closeCursor(cursor: Cursor): Promise<void> {
  cursor.current.close();
  cursor.next?.close();
  await cursor.samples.return();
}

/** Opens a file on the media server; nothing is read before the first frame is wanted. */
export function openFile(url: string): OpenFile {
  const input = new Input({
    formats: ALL_FORMATS,
    source: new UrlSource(url, { maxCacheSize: readerCacheBytes, getRetryDelay: () => null }),
  });
  let sink: Promise<VideoSampleSink> | null = null;
  let cursor: Cursor | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function openSink(): Promise<VideoSampleSink> {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('the file has no picture');
    if (!(await track.canDecode())) throw new Error('the picture’s codec is not known here');
    return new VideoSampleSink(track);
  }

  async function startAt(moment: number): Promise<Cursor> {
    sink ??= openSink();
    const samples = (await sink).samples(moment);
    const first = await samples.next();
    if (first.done) throw new Error('the file has no frames');
    const second = await samples.next();
    return { samples, current: first.value, next: second.done ? null : second.value };
  }

  async function stopReading(): Promise<void> {
    const before = cursor;
    cursor = null;
    if (before) await closeCursor(before);
  }

  function canReadOn({ current, next }: Cursor, moment: number): boolean {
    return current.timestamp <= moment ? next === null || moment < next.timestamp + readOnSeconds : false;
  }

  async function find(moment: number): Promise<PlaneFrame> {
    if (!cursor || !canReadOn(cursor, moment)) {
      await stopReading();
      cursor = await startAt(moment);
    }
    while (cursor.next && cursor.next.timestamp <= moment) {
      cursor.current.close();
      cursor.current = cursor.next;
      const following = await cursor.samples.next();
      cursor.next = following.done ? null : following.value;
    }
    return toPlanes(cursor.current, cursor.next?.timestamp ?? Number.POSITIVE_INFINITY);
  }

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = queue.then(work, work);
    queue = done.catch(() => undefined);
    return done;
  };
  return {
    frameAt: (moment, isWanted = () => true) =>
      inTurn(async () => {
        if (!isWanted()) return null;
        try {
          return await find(moment);
        } catch (error) {
          // Whatever went wrong, the next wish begins from nothing.
          await stopReading().catch(() => undefined);
          sink = null;
          throw error;
        }
      }),
    rest: () => void inTurn(stopReading).catch(() => undefined),
    dispose: () =>
      void inTurn(stopReading).then(
        () => input.dispose(),
        () => input.dispose(),
      ),
  };
}
