export type { CreateFfmpegOptions } from './ffmpeg.ts';
export { createFfmpeg } from './ffmpeg.ts';
export { alphaDecoderArgs, concatInputArgs, concatLine, fileUrl, inputArgs, lavfiInputArgs } from './input.ts';
export type { ProbeReport, ProbeStream } from './probe-schema.ts';
export { probeReportSchema } from './probe-schema.ts';
export type { FfmpegProgress } from './progress.ts';
export type {
  Ffmpeg,
  FfmpegCapabilities,
  FfmpegOrigin,
  FfmpegProgram,
  FfmpegTools,
  ProbeOptions,
  RunOptions,
  RunResult,
} from './types.ts';
