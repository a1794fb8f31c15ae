import { alphaDecoderArgs, type FfmpegCapabilities, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { clockOrigin, type VideoFacts } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { secondsOf } from '../look/look-at-file.ts';
import { usedAudio } from '../playback.ts';
import { fitSize, pictureFilters } from './picture-filters.ts';
import { requirePicture } from './thumbnail.ts';
import type { DeriveContext, DeriveSource } from './types.ts';

/** Short side of a proxy, px. */
const proxyShortSide = 540;
/** Frames from one key frame to the next: what a seek has to decode at most. */
const keyFrameDistance = 15;

/** True if this ffmpeg can write video with transparency that browsers play. */
export function canWriteAlpha(capabilities: FfmpegCapabilities): boolean {
  return capabilities.encoders.has('libvpx-vp9');
}

/**
 * Writes what a browser plays smoothly: H.264 and AAC (VP9 and Opus with transparency), small, with short distances
 * between key frames. Time stamps are those of the source, on its own clock and time base: the frame at time t is the
 * same picture in both, whatever the rate does.
 */
export async function makeProxy(source: DeriveSource, target: string, context: DeriveContext): Promise<void> {
  const isSound = source.kind === 'audio';
  const { capabilities } = await context.ffmpeg.tools(context.signal);
  const decoder = source.probe.video === null ? [] : alphaDecoderArgs(source.probe.video, capabilities.decoders);
  const args = isSound ? soundArgs(source) : await pictureArgs(source, target, context);
  await context.ffmpeg.run({
    args: [
      '-noautorotate',
      '-copyts',
      ...decoder,
      ...inputArgs(source.path, { demuxer: source.probe.container }),
      ...args,
      // A player's clock begins at zero, whatever the file's does.
      ...['-output_ts_offset', String(-toNumber(clockOrigin(source.probe)))],
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
      ...(target.endsWith('.webm') ? ['-f', 'webm'] : ['-movflags', '+faststart', '-f', 'mp4']),
      ...['-y', target],
    ],
    signal: context.signal,
    priority: 'background',
    durationMs: (secondsOf(source.probe.durationSeconds) ?? 0) * 1000,
    onProgress: ({ fraction }) => context.onProgress(fraction ?? 0),
    logLevel: 'error',
  });
}

function soundArgs(source: DeriveSource): string[] {
  const track = usedAudio(source.probe);
  return ['-map', `0:${track?.streamIndex ?? 'a:0'}`, '-vn', '-c:a', 'aac', '-b:a', '160k', '-ac', '2'];
}

async function pictureArgs(source: DeriveSource, target: string, context: DeriveContext): Promise<string[]> {
  const { capabilities } = await context.ffmpeg.tools(context.signal);
  const report = await context.ffmpeg.probe(source.path, { signal: context.signal });
  const video = requirePicture(source.probe);
  const stream = report.streams.find((one) => one.index === video.streamIndex);
  const isWebm = target.endsWith('.webm');
  const isInterlaced = /^(tt|bb|tb|bt)$/.test(stream?.field_order ?? '');
  const size = fitSize(video, { shortSide: proxyShortSide });
  const filters = [
    ...(isInterlaced ? ['bwdif=mode=send_frame'] : []),
    ...pictureFilters(video, size, isWebm ? 'png' : 'video', capabilities),
    ...(isWebm ? ['format=yuva420p'] : []),
  ];
  const track = usedAudio(source.probe);
  const sound = track === null ? ['-an'] : ['-map', `0:${track.streamIndex}`, ...soundCodec(isWebm)];
  return [
    ...['-map', `0:${video.streamIndex}`, '-vf', filters.join(',')],
    ...(isWebm ? vp9Args : h264Args(timeBaseOf(stream?.time_base, video))),
    ...(capabilities.hasFpsMode ? ['-fps_mode:v', 'passthrough'] : ['-vsync', 'passthrough']),
    ...sound,
  ];
}

const vp9Args: readonly string[] = [
  ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '1', '-auto-alt-ref', '0'],
  ...['-crf', '34', '-b:v', '0', '-g', String(keyFrameDistance)],
];

function h264Args(timeBase: string): string[] {
  const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const timing = ['-enc_time_base', timeBase, '-video_track_timescale', timeBase.split('/')[1] ?? '90000'];
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-profile:v', 'high'],
    ...['-g', String(keyFrameDistance), '-keyint_min', '1', '-bf', '0', ...tags, ...timing],
  ];
}

/** The source's own ticks where they are fine enough, so that no time is rounded; else 1/90000. */
function timeBaseOf(text: string | undefined, video: VideoFacts): string {
  const match = /^1\/(\d+)$/.exec(text ?? '');
  const ticks = Number(match?.[1] ?? 0);
  return video.averageRate !== null && ticks >= 100 && ticks <= 1_000_000 ? `1/${ticks}` : '1/90000';
}

function soundCodec(isWebm: boolean): string[] {
  return isWebm ? ['-c:a', 'libopus', '-b:a', '96k', '-ac', '2'] : ['-c:a', 'aac', '-b:a', '128k', '-ac', '2'];
}
