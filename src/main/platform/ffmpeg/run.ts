import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '#main/platform/clock/index.ts';
import { cancelledError } from '#shared/errors/index.ts';
import { explainFailure, isWriteError } from './failure.ts';
import { createLineSplitter } from './lines.ts';
import { createProgressParser, type FfmpegProgress, isProgressLine } from './progress.ts';
import { type RunningProcess, startProcess } from './spawn.ts';
import type { RunOptions, RunResult } from './types.ts';
import { waitForEnd } from './wait-for-end.ts';

/** Lines of ffmpeg's log kept as evidence. */
const tailLines = 40;

interface State {
  logTail: string[];
  progress: FfmpegProgress | null;
  /** The first line that says a file could not be written. */
  writeError: string | null;
}

/** Runs one program to its end. `program` is ffmpeg's path. See `Ffmpeg.run`. */
export async function runProgram(
  program: string,
  clock: Clock,
  options: RunOptions,
  onStart: (process: RunningProcess) => void,
): Promise<RunResult> {
  if (options.signal?.aborted === true) throw cancelledError();
  const startMs = clock.monotonicMs();
  const state: State = { logTail: [], progress: null, writeError: null };
  const parser = createProgressParser(options);
  const ownsStdout = options.stdout === undefined || options.stdout === 'ignore';

  function onProgressLine(line: string): void {
    const report = parser.line(line, clock.monotonicMs() - startMs);
    if (report === null) return;
    state.progress = report;
    options.onProgress?.(report);
  }
  function onLogLine(line: string): void {
    if (!ownsStdout && isProgressLine(line)) {
      onProgressLine(line);
      return;
    }
    if (line.trim() === '') return;
    state.logTail.push(line);
    if (state.logTail.length > tailLines) state.logTail.shift();
    if (isWriteError(line)) state.writeError ??= line;
    options.onLogLine?.(line);
  }

  const args = [
    ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', options.logLevel ?? 'warning'],
    ...['-progress', ownsStdout ? 'pipe:1' : 'pipe:2', ...options.args],
  ];
  const running = await startProcess(program, args, {
    cwd: options.cwd,
    stdin: options.stdin === undefined ? 'ignore' : 'pipe',
    stdout: 'pipe',
    priority: options.priority,
    onLogLine,
  });
  onStart(running);
  const chunks: Buffer[] = [];
  const reading = readStdout(running, options, ownsStdout ? onProgressLine : null, chunks);
  const writing = writeStdin(running.child.stdin, options.stdin);
  const end = await waitForEnd(running, clock, options, reading);
  await writing;
  if (end.code !== 0) throw explainFailure({ end, logTail: state.logTail, args });
  // A file whose last bytes did not fit ends with exit code 0 in ffmpeg up to 6: only its log tells.
  if (state.writeError !== null) throw explainFailure({ end, logTail: [state.writeError], args });
  return {
    stdout: Buffer.concat(chunks),
    logTail: state.logTail,
    progress: state.progress,
    elapsedMs: clock.monotonicMs() - startMs,
  };
}

async function readStdout(
  running: RunningProcess,
  options: RunOptions,
  onProgressLine: ((line: string) => void) | null,
  chunks: Buffer[],
): Promise<void> {
  const stdout = running.child.stdout;
  if (stdout === null) return;
  if (onProgressLine !== null) {
    const split = createLineSplitter(onProgressLine);
    stdout.setEncoding('utf8').on('data', (text: string) => split(text));
  } else if (typeof options.stdout === 'function') {
    await options.stdout(stdout);
  } else {
    stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  }
}

/** A program that stops reading early (it has all it wants, or fails) is no error of the writer. */
async function writeStdin(stdin: Writable | null, source: Uint8Array | Readable | undefined): Promise<void> {
  if (stdin === null || source === undefined) return;
  const readable = source instanceof Uint8Array ? Readable.from([source]) : source;
  await pipeline(readable, stdin).catch(() => {});
}
