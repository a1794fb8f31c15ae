import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Clock } from '#main/platform/clock/index.ts';
import { toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Captured, capture } from './capture.ts';
import { fileUrl, inputArgs, isPatternName } from './input.ts';
import { type ProbeReport, probeReportSchema } from './probe-schema.ts';
import { type Sniffed, sniff } from './sniff.ts';
import type { RunningProcess } from './spawn.ts';
import type { ProbeOptions } from './types.ts';

const headBytes = 4096;
const defaultTimeoutMs = 30_000;

/** Formats that, detected in a file, mean that it leads elsewhere. */
const referring = /^(hls|applehttp|dash|concat|imf|sdp|rtsp|rtp|vobsub|ffmetadata|lavfi|image2|bluray|mpjpeg|svg_pipe)/;
/** Elementary streams that ffprobe finds in almost any bytes; below this score it only guesses. */
const guessed = new Set(['mp3', 'aac', 'ac3', 'eac3', 'mpegvideo', 'h264', 'hevc', 'm4v', 'obu', 'mjpeg', 'amr']);
const lowestScore = 25;

/** Runs ffprobe on one file. See `Ffmpeg.probe`. */
export async function probeFile(
  ffprobe: string,
  path: string,
  options: ProbeOptions & { clock: Clock; onStart?: (process: RunningProcess) => void },
): Promise<ProbeReport> {
  const sniffed = sniff(await readHead(path));
  if (sniffed.kind === 'playlist') throw externalReference(path, sniffed.name);
  // A name that looks like a pattern must not choose the demuxer; the content does.
  const demuxer = isPatternName(path) ? (sniffed.kind === 'picture' ? sniffed.demuxer : 'image2') : undefined;
  const args = [
    ...['-hide_banner', '-loglevel', 'warning', '-print_format', 'json', '-show_format', '-show_streams'],
    ...(options.args ?? []),
    ...inputArgs(path, demuxer === undefined ? {} : { demuxer }),
  ];
  const captured = await capture(ffprobe, args, {
    clock: options.clock,
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    mostBytes: options.mostBytes,
    onStart: options.onStart,
  });
  if (captured.end.code !== 0) throw explain(path, captured, sniffed);
  for (const line of captured.logLines) options.onLogLine?.(line);
  return check(path, captured, sniffed);
}

/** The first bytes of a regular file; everything else is refused before ffprobe sees it. */
async function readHead(path: string): Promise<Uint8Array> {
  try {
    // A pipe would otherwise block until somebody writes into it.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      if (info.isDirectory()) throw new AppError('invalid-input', `"${path}" is a folder, not a file.`);
      if (!info.isFile()) {
        throw new AppError('path-refused', `"${path}" is a device or a pipe, not a file.`, { details: { path } });
      }
      if (info.size === 0) {
        const text = `"${path}" is empty. Copy it again from its source.`;
        throw new AppError('file-empty', text, { details: { path } });
      }
      const head = Buffer.alloc(headBytes);
      const { bytesRead } = await handle.read(head, 0, headBytes, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
}

function check(path: string, captured: Captured, sniffed: Sniffed): ProbeReport {
  const parsed = probeReportSchema.safeParse(parseJson(captured.stdout));
  if (!parsed.success) {
    throw new AppError('ffmpeg-failed', 'ffprobe gave an answer Spotloom does not understand. Try a newer ffmpeg.', {
      message: `ffprobe output: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`,
      details: { path },
    });
  }
  const { format, streams } = parsed.data;
  const isGuess = guessed.has(format.format_name) && (format.probe_score ?? 100) < lowestScore;
  const isEmpty = !streams.some(({ codec_type: type }) => type === 'video' || type === 'audio' || type === 'subtitle');
  if (isGuess && sniffed.kind !== 'container') throw unsupported(path, `only a guess: ${format.format_name}`);
  if (isEmpty) throw sniffed.kind === 'container' ? damaged(path, captured) : unsupported(path, 'no streams');
  return parsed.data;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function explain(path: string, captured: Captured, sniffed: Sniffed): AppError {
  const log = captured.logLines.join('\n').replaceAll(fileUrl(path), 'file');
  const refused = /\[([\w,]+) @ [^\]]*\] Format not on whitelist/.exec(log)?.[1];
  if (refused !== undefined)
    return referring.test(refused) ? externalReference(path, refused) : unsupported(path, refused);
  if (/Protocol '.*' not on whitelist|not in allowed_segment_extensions/.test(log)) {
    return externalReference(path, 'reference');
  }
  if (/: Permission denied/.test(log)) {
    const text = `Spotloom may not read "${path}". Check its permissions, then try again.`;
    return new AppError('file-unreadable', text, { retry: 'retry', details: { path } });
  }
  if (/: No such file or directory/.test(log)) {
    const text = `"${path}" is not there any more. It may have been moved, renamed or unplugged.`;
    return new AppError('file-not-found', text, { retry: 'relink', details: { path } });
  }
  if (sniffed.kind !== 'unknown') return damaged(path, captured);
  return unsupported(path, captured.logLines.at(-1) ?? 'ffprobe failed');
}

function externalReference(path: string, found: string): AppError {
  const text = `"${path}" is a ${found.includes(' ') ? found : 'playlist'}: it only points to other files. Import those files themselves.`;
  return new AppError('external-reference', text, { details: { path, found } });
}

function unsupported(path: string, reason: string): AppError {
  const text = `"${path}" is not a video, picture, sound or caption file that Spotloom can read.`;
  return new AppError('unsupported-media', text, { message: `unsupported: ${reason}`, details: { path, reason } });
}

function damaged(path: string, captured: Captured): AppError {
  const text = `"${path}" is damaged or not complete. Copy it again from its source.`;
  const logTail = captured.logLines.slice(-10);
  return new AppError('media-damaged', text, { message: logTail.at(-1) ?? text, details: { path, logTail } });
}
