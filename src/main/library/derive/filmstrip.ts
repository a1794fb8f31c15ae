import { alphaDecoderArgs, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Probe, VideoFacts } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { secondsOf } from '../look/look-at-file.ts';
import { fitSize, pictureFilters } from './picture-filters.ts';
import { requirePicture } from './thumbnail.ts';
import type { DeriveContext, DerivedShape, DeriveSource } from './types.ts';

const tileHeight = 90;
const mostTiles = 60;
const columnsAtMost = 10;
/** Finer than this a strip is not read. */
const finestSeconds = 0.25;
/** Pixels that may be decoded for a strip of exact frames; about 15 s of 1080p30. More is read by key frames only. */
const decodeBudget = 1e9;

/** How a strip is cut. */
export interface FilmstripPlan {
  count: number;
  columns: number;
  rows: number;
  intervalSeconds: number;
  tileWidth: number;
  tileHeight: number;
  /** Only key frames are decoded: a tile shows the key frame at or before its time. */
  isByKeyFrames: boolean;
}

/** Plans the strip. Pure. */
export function planFilmstrip(video: VideoFacts, durationSeconds: number): FilmstripPlan {
  const duration = Math.max(durationSeconds, 0.04);
  const intervalSeconds = Math.max(duration / mostTiles, finestSeconds);
  const count = Math.max(1, Math.min(mostTiles, Math.ceil(duration / intervalSeconds - 0.01)));
  const columns = Math.min(columnsAtMost, count);
  const wide = fitSize(video, { height: tileHeight });
  const frames = duration * (video.averageRate === null ? 30 : toNumber(video.averageRate));
  return {
    count,
    columns,
    rows: Math.ceil(count / columns),
    intervalSeconds,
    // Very wide pictures would make sheets no decoder takes.
    tileWidth: Math.min(wide.width, 480),
    tileHeight: Math.min(wide.height, tileHeight),
    isByKeyFrames: frames * video.codedWidth * video.codedHeight > decodeBudget,
  };
}

/** Writes the sheet of tiles as one JPEG, or PNG for what has transparency (`target` says which by its name). */
export async function makeFilmstrip(
  source: DeriveSource,
  target: string,
  context: DeriveContext,
): Promise<DerivedShape> {
  const video = requirePicture(source.probe);
  const durationSeconds = secondsOf(stripDuration(source.probe)) ?? 0;
  const plan = planFilmstrip(video, durationSeconds);
  const { capabilities } = await context.ffmpeg.tools(context.signal);
  const isPng = target.endsWith('.png');
  const { count, columns, rows, intervalSeconds, tileWidth, tileHeight: height } = plan;
  const filters = [
    `fps=fps=${(1 / intervalSeconds).toFixed(9)}:round=up:start_time=0`,
    // A last tile may lie behind the last frame; it repeats it.
    `tpad=stop=${count}:stop_mode=clone`,
    `trim=end_frame=${count}`,
    ...pictureFilters(video, { width: tileWidth, height }, isPng ? 'png' : 'jpeg', capabilities),
    `tile=${columns}x${rows}`,
  ];
  const run = (isByKeyFrames: boolean) =>
    context.ffmpeg.run({
      args: [
        ...['-noautorotate', ...(isByKeyFrames ? ['-skip_frame', 'nokey'] : [])],
        ...alphaDecoderArgs(video, capabilities.decoders),
        ...inputArgs(source.path, { demuxer: source.probe.container }),
        ...['-map', `0:${video.streamIndex}`, '-an', '-sn', '-dn', '-vf', filters.join(',')],
        ...['-frames:v', '1', ...(isPng ? ['-c:v', 'png'] : ['-c:v', 'mjpeg', '-q:v', '5'])],
        ...['-f', 'image2', '-update', '1', '-y', target],
      ],
      signal: context.signal,
      priority: 'background',
      logLevel: 'error',
    });
  await run(plan.isByKeyFrames);
  return { filmstrip: { columns, rows, tileWidth, tileHeight: height, count, intervalSeconds } };
}

function stripDuration(probe: Probe): Probe['durationSeconds'] {
  const duration = probe.video?.durationSeconds ?? probe.durationSeconds;
  if (duration === null) throw new AppError('unsupported-media', 'The length of this media is not known.');
  return duration;
}
