import { stat } from 'node:fs/promises';
import { alphaDecoderArgs, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Probe, VideoFacts } from '#shared/model/index.ts';
import { secondsOf } from '../look/look-at-file.ts';
import { fitSize, pictureFilters } from './picture-filters.ts';
import type { DeriveContext, DeriveSource } from './types.ts';

/** Longest side of a thumbnail, px. */
const thumbnailSide = 480;

/**
 * Writes one upright picture of the source: of a video the key frame at or before a tenth of its length (at most 5 s
 * in), so that nothing but one frame is decoded. `target` ends in .jpg, or .png for what has transparency.
 */
export async function makeThumbnail(source: DeriveSource, target: string, context: DeriveContext): Promise<void> {
  const video = requirePicture(source.probe);
  const moves = source.kind === 'video' || video.isAnimated;
  const at = moves ? Math.min((secondsOf(source.probe.durationSeconds) ?? 0) / 10, 5) : 0;
  const seek = at > 0.5 ? ['-ss', at.toFixed(3), '-noaccurate_seek'] : [];
  const keyFramesOnly = source.kind === 'video' ? ['-skip_frame', 'nokey'] : [];
  const attempts = [[...keyFramesOnly, ...seek], seek, []];
  await firstThatWorks(attempts, async (before) => {
    await writePicture({ source, video, target, before, longSide: thumbnailSide, context });
    return isWritten(target);
  });
}

/** Writes an upright picture in full size. */
export async function makePlainStill(source: DeriveSource, target: string, context: DeriveContext): Promise<void> {
  await writePicture({ source, video: requirePicture(source.probe), target, before: [], longSide: undefined, context });
}

interface PictureJob {
  source: DeriveSource;
  video: VideoFacts;
  target: string;
  before: readonly string[];
  longSide: number | undefined;
  context: DeriveContext;
}

async function writePicture({ source, video, target, before, longSide, context }: PictureJob): Promise<void> {
  const { capabilities } = await context.ffmpeg.tools(context.signal);
  const size = fitSize(video, longSide === undefined ? {} : { longSide }, 1);
  const isPng = target.endsWith('.png');
  await context.ffmpeg.run({
    args: [
      // One frame is not worth starting frame threads for.
      ...['-noautorotate', '-threads', '1', ...before, ...alphaDecoderArgs(video, capabilities.decoders)],
      ...inputArgs(source.path, { demuxer: source.probe.container }),
      ...['-map', `0:${video.streamIndex}`, '-frames:v', '1', '-an', '-sn', '-dn'],
      ...['-vf', pictureFilters(video, size, isPng ? 'png' : 'jpeg', capabilities).join(',')],
      ...(isPng ? ['-c:v', 'png'] : ['-c:v', 'mjpeg', '-q:v', longSide === undefined ? '2' : '4']),
      ...['-f', 'image2', '-update', '1', '-y', target],
    ],
    signal: context.signal,
    // Frames that someone is scrubbing through go first.
    priority: 'background',
    logLevel: 'error',
  });
}

/** Runs attempts until one says it worked; the last one's failure is thrown. */
async function firstThatWorks(
  attempts: readonly (readonly string[])[],
  attempt: (before: readonly string[]) => Promise<boolean>,
): Promise<void> {
  for (const [index, before] of attempts.entries()) {
    const isLast = index === attempts.length - 1;
    try {
      if (await attempt(before)) return;
    } catch (error) {
      if (isLast || !(error instanceof AppError) || error.code === 'cancelled' || error.code === 'disk-full')
        throw error;
    }
    if (isLast) throw new AppError('media-damaged', 'No picture of this file can be decoded. It may be damaged.');
  }
}

async function isWritten(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.size > 0,
    () => false,
  );
}

/** The picture of a source. Throws for sound and text, which have none. */
export function requirePicture(probe: Probe): VideoFacts {
  if (probe.video === null) throw new AppError('unsupported-media', 'This media has no picture.');
  return probe.video;
}
