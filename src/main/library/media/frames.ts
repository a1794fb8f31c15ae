import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { alphaDecoderArgs, type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { writeThenRename } from '#main/platform/files/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { AppError, cancelledError, isCancelled } from '#shared/errors/index.ts';
import { type AssetId, clockOrigin, type Probe, type VideoFacts } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { fitSize, pictureFilters } from '../derive/picture-filters.ts';
import { requirePicture } from '../derive/thumbnail.ts';

/** Heights frames are made in; others are rounded up, so that the cache is of use. */
const heights = [90, 180, 360, 540, 720, 1080] as const;

/** What frames need; `Id` names the videos and pictures they are taken of. */
export interface FramesOptions<Id extends string = AssetId> {
  ffmpeg: Ffmpeg;
  /** Where frames are kept. */
  folder: string;
  /** Files kept; the ones not looked at for longest go first. */
  keep: number;
  /** Extractions at once. */
  parallel: number;
  log: Log;
  /** Throws `not-found` or `media-missing`. */
  sourceOf(id: Id, signal: AbortSignal): Promise<{ path: string; probe: Probe }>;
}

/** Single frames on demand: scrubbing before any rendition is there. */
export interface Frames<Id extends string = AssetId> {
  /**
   * Path of a picture (JPEG, or PNG where there is transparency) of the frame shown at this time: the last one whose
   * time is at or before it. The newest request goes first, as it is where the pointer is; the same frame asked for
   * twice is made once; aborted requests are not made.
   */
  frame(id: Id, seconds: number, heightPx: number, signal: AbortSignal): Promise<string>;
  dispose(): Promise<void>;
}

interface Request {
  key: string;
  path: string;
  abort: AbortController;
  watchers: number;
  result: PromiseWithResolvers<string>;
  make: (signal: AbortSignal) => Promise<void>;
}

/** Creates the frame cache. */
export function createFrames<Id extends string>(options: FramesOptions<Id>): Frames<Id> {
  const waiting = new Map<string, Request>();
  const active = new Map<string, Request>();
  let madeSinceTrim = 0;

  function pump(): void {
    while (active.size < options.parallel && waiting.size > 0) {
      const newest = [...waiting.values()].at(-1);
      if (newest === undefined) return;
      waiting.delete(newest.key);
      active.set(newest.key, newest);
      void run(newest);
    }
  }

  async function run(request: Request): Promise<void> {
    try {
      await request.make(request.abort.signal);
      request.result.resolve(request.path);
    } catch (error) {
      request.result.reject(error);
    } finally {
      active.delete(request.key);
      pump();
    }
    madeSinceTrim += 1;
    if (madeSinceTrim < options.keep / 10) return;
    madeSinceTrim = 0;
    await trim(options).catch((error: unknown) => options.log.warn('old frames could not be removed', { error }));
  }

  function ask(key: string, path: string, make: Request['make']): Request {
    const known = active.get(key) ?? waiting.get(key);
    if (known !== undefined) {
      // Asked for again: it is the newest now.
      if (waiting.delete(key)) waiting.set(key, known);
      return known;
    }
    const request = {
      key,
      path,
      make,
      abort: new AbortController(),
      watchers: 0,
      result: Promise.withResolvers<string>(),
    };
    // Watchers get the failure; a request nobody watches any more must not end the process.
    request.result.promise.catch(() => {});
    waiting.set(key, request);
    return request;
  }

  async function watch(request: Request, signal: AbortSignal): Promise<string> {
    request.watchers += 1;
    const gone = Promise.withResolvers<never>();
    const leave = () => {
      request.watchers -= 1;
      if (request.watchers === 0) drop(request);
      gone.reject(cancelledError());
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      pump();
      return await Promise.race([request.result.promise, gone.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  function drop(request: Request): void {
    request.abort.abort();
    if (waiting.delete(request.key)) request.result.reject(cancelledError());
  }

  return {
    async frame(id, seconds, heightPx, signal) {
      if (!Number.isFinite(seconds)) throw new AppError('invalid-input', 'This is no time in the media.');
      if (signal.aborted) throw cancelledError();
      const height = heights.find((one) => one >= heightPx) ?? 1080;
      // Rounded up to the next ms: a frame's own time never becomes that of the frame before.
      const ms = Math.max(0, Math.ceil(seconds * 1000 - 1e-6));
      const source = await options.sourceOf(id, signal);
      const mark = createHash('sha256').update(source.path).digest('hex').slice(0, 8);
      const path = join(
        options.folder,
        id,
        `${mark}-${ms}-${height}.${source.probe.video?.hasAlpha === true ? 'png' : 'jpg'}`,
      );
      if (await isKept(path)) return path;
      const request = ask(path, path, (running) =>
        extract(options.ffmpeg, { ...source, path: source.path }, ms, height, path, running),
      );
      return watch(request, signal);
    },
    async dispose() {
      const all = [...waiting.values(), ...active.values()];
      for (const request of all) drop(request);
      await Promise.allSettled(all.map((request) => request.result.promise));
    },
  };
}

async function isKept(path: string): Promise<boolean> {
  try {
    const now = new Date();
    await utimes(path, now, now);
    return true;
  } catch {
    return false;
  }
}

async function extract(
  ffmpeg: Ffmpeg,
  source: { path: string; probe: Probe },
  ms: number,
  height: number,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const video = requirePicture(source.probe);
  await mkdir(join(target, '..'), { recursive: true });
  const rate = video.averageRate === null ? 30 : toNumber(video.averageRate);
  const origin = toNumber(clockOrigin(source.probe));
  const windows = [Math.max(0.25, 3 / rate), 12, Number.POSITIVE_INFINITY];
  await writeThenRename(target, async (temp) => {
    for (const window of windows) {
      await runExtract(ffmpeg, { ...source, video, seconds: origin + ms / 1000, window, height, target: temp, signal });
      const info = await stat(temp).catch(() => null);
      if (info !== null && info.size > 0) return;
    }
    throw new AppError('media-damaged', 'No picture can be decoded at this time.');
  }).catch((error: unknown) => {
    if (isCancelled(error)) throw cancelledError();
    throw error;
  });
}

/**
 * Decodes from the key frame before a short window that ends at the wanted time, and keeps the window's last frame
 * (`reverse` puts it first; the pictures are small by then). Before the first frame, the first one is shown.
 */
async function runExtract(
  ffmpeg: Ffmpeg,
  job: {
    path: string;
    probe: Probe;
    video: VideoFacts;
    seconds: number;
    window: number;
    height: number;
    target: string;
    signal: AbortSignal;
  },
): Promise<void> {
  const { capabilities } = await ffmpeg.tools(job.signal);
  const { video, probe } = job;
  const size = fitSize(video, { height: job.height });
  const isStill = video.averageRate === null || (job.probe.durationSeconds === null && !video.isAnimated);
  const start = Math.max(0, job.seconds - job.window);
  const isFromStart = !Number.isFinite(job.window) || start <= toNumber(video.startSeconds);
  const end = Math.max(job.seconds, toNumber(video.startSeconds)) + 0.0005;
  const last = [`trim=${isFromStart ? '' : `start=${start.toFixed(4)}:`}end=${end.toFixed(4)}`];
  const picture = pictureFilters(video, size, video.hasAlpha ? 'png' : 'jpeg', capabilities);
  const filters = isStill ? picture : [...last, ...picture, 'reverse'];
  const seek = isStill || isFromStart ? [] : ['-ss', start.toFixed(3), '-seek_timestamp', '1', '-noaccurate_seek'];
  await ffmpeg.run({
    args: [
      ...['-noautorotate', '-copyts', ...seek, ...alphaDecoderArgs(video, capabilities.decoders)],
      ...inputArgs(job.path, { demuxer: probe.container }),
      ...['-map', `0:${video.streamIndex}`, '-an', '-sn', '-dn', '-vf', filters.join(',')],
      ...['-frames:v', '1', ...(video.hasAlpha ? ['-c:v', 'png'] : ['-c:v', 'mjpeg', '-q:v', '4'])],
      ...['-f', 'image2', '-update', '1', '-y', job.target],
    ],
    signal: job.signal,
    logLevel: 'error',
  });
}

/** Removes the frames that were not looked at for longest. */
async function trim(options: Pick<FramesOptions, 'folder' | 'keep'>): Promise<void> {
  const files: { path: string; usedMs: number }[] = [];
  for (const folder of await readdir(options.folder).catch(() => [])) {
    for (const name of await readdir(join(options.folder, folder)).catch(() => [])) {
      const path = join(options.folder, folder, name);
      const info = await stat(path).catch(() => null);
      if (info !== null) files.push({ path, usedMs: info.mtimeMs });
    }
  }
  files.sort((a, b) => b.usedMs - a.usedMs);
  await Promise.all(files.slice(options.keep).map((file) => rm(file.path, { force: true })));
}
