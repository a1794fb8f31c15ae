import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#main/platform/clock/index.ts';
import { capture } from './capture.ts';
import type { FfmpegCapabilities, FfmpegProgram } from './types.ts';

/** A program that answered, and how new it is. */
export interface Build extends FfmpegProgram {
  libavutil: { major: number; minor: number };
}

/** What a probe needs. */
export interface ProbeBuildOptions {
  clock: Clock;
  signal?: AbortSignal | undefined;
}

const timeoutMs = 30_000;
/** A first use of fonts may build the system's font cache. */
const fontTimeoutMs = 120_000;

/** Asks a program who it is; null if it does not answer like ffmpeg or ffprobe. */
export async function identify(path: string, options: ProbeBuildOptions): Promise<Build | null> {
  const { end, stdout } = await capture(path, ['-version'], { ...options, timeoutMs });
  const text = stdout.toString('utf8');
  const version = /^ff(?:mpeg|probe) version (\S+)/.exec(text)?.[1];
  const libavutil = /libavutil\s+(\d+)\.\s*(\d+)/.exec(text);
  if (end.code !== 0 || version === undefined || libavutil === null) return null;
  return {
    path,
    version,
    buildId: createHash('sha256').update(text).digest('hex').slice(0, 16),
    libavutil: { major: Number(libavutil[1]), minor: Number(libavutil[2]) },
  };
}

/** Newer first. */
export function compareBuilds(a: Build, b: Build): number {
  return b.libavutil.major - a.libavutil.major || b.libavutil.minor - a.libavutil.minor;
}

/** Finds out what an ffmpeg can do: its lists, and small trials of what lists do not tell. */
export async function probeCapabilities(build: Build, options: ProbeBuildOptions): Promise<FfmpegCapabilities> {
  const ask = async (...args: string[]) => {
    const answer = await capture(build.path, ['-hide_banner', ...args], { ...options, timeoutMs });
    return answer.stdout.toString('utf8');
  };
  const [filters, encoders, decoders, demuxers, help, x264Build, hasHarfBuzz] = await Promise.all([
    ask('-filters'),
    ask('-encoders'),
    ask('-decoders'),
    ask('-demuxers'),
    ask('-h', 'long'),
    tryX264(build.path, options),
    tryHarfBuzz(build.path, options),
  ]);
  return {
    libavutil: build.libavutil,
    filters: namesIn(filters, /^ [T.][S.][C.]? (\S+)\s+\S+->\S+/gm),
    encoders: namesIn(encoders, /^ [VAS][F.]\S{4} (\S+)/gm),
    decoders: namesIn(decoders, /^ [VAS][F.]\S{4} (\S+)/gm),
    demuxers: namesIn(demuxers, /^ {1,2}D[E d]*\s+(\S+)/gm),
    hasFpsMode: /^-fps_mode\b/m.test(help),
    hasHarfBuzz,
    hasX264: x264Build !== null,
    x264Build,
  };
}

/** Encodes one frame with a hardware encoder: listed is not the same as working. */
export async function tryEncoder(path: string, encoder: string, options: ProbeBuildOptions): Promise<boolean> {
  const frame = ['-f', 'lavfi', '-i', 'color=s=320x240:d=0.1', '-frames:v', '1', '-pix_fmt', 'yuv420p'];
  const args = ['-nostdin', '-hide_banner', '-loglevel', 'error', ...frame, '-c:v', encoder, '-f', 'null', '-'];
  return (await capture(path, args, { ...options, timeoutMs })).end.code === 0;
}

/** Every name a list of ffmpeg's holds; `mov,mp4,m4a` counts as each of them. */
export function namesIn(list: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...list.matchAll(pattern)].flatMap((match) => (match[1] ?? '').split(',')));
}

/** Encodes one frame: x264 writes its build into the stream. Null if it could not. */
export async function tryX264(path: string, options: ProbeBuildOptions): Promise<string | null> {
  const frame = ['-f', 'lavfi', '-i', 'color=s=64x64:d=0.1', '-frames:v', '1', '-pix_fmt', 'yuv420p'];
  const args = ['-nostdin', '-hide_banner', '-loglevel', 'error', ...frame, '-c:v', 'libx264', '-f', 'h264', 'pipe:1'];
  const { end, stdout } = await capture(path, args, { ...options, timeoutMs });
  if (end.code !== 0 || stdout.length === 0) return null;
  return /x264 - (core \d+[^-]*?) - /.exec(stdout.toString('latin1'))?.[1] ?? 'unknown';
}

const emptySubtitles = `[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Sans,20
[Events]
Format: Layer, Start, End, Style, Text
`;

/** libass says at its start how it shapes text. */
async function tryHarfBuzz(path: string, options: ProbeBuildOptions): Promise<boolean> {
  const cwd = await mkdtemp(join(tmpdir(), 'spotloom-probe-'));
  try {
    await writeFile(join(cwd, 'probe.ass'), emptySubtitles);
    const frame = ['-f', 'lavfi', '-i', 'color=s=64x64:d=0.1', '-frames:v', '1', '-vf', 'ass=probe.ass'];
    const args = ['-nostdin', '-hide_banner', '-loglevel', 'verbose', ...frame, '-f', 'null', '-'];
    const { logLines } = await capture(path, args, { ...options, cwd, timeoutMs: fontTimeoutMs });
    return logLines.some((line) => /Shaper:.*HarfBuzz/.test(line));
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
