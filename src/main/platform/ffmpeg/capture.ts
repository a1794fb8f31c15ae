import type { Clock } from '#main/platform/clock/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import { type ProcessEnd, type RunningProcess, startProcess } from './spawn.ts';
import { waitForEnd } from './wait-for-end.ts';

/** More than any answer of ffprobe about one real file, unless packets or frames are listed. */
const usualOutputBytes = 64 * 1024 * 1024;

/** A program's whole answer. */
export interface Captured {
  end: ProcessEnd;
  stdout: Buffer;
  logLines: string[];
}

/** What {@link capture} needs. */
export interface CaptureOptions {
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** Default: none. */
  timeoutMs?: number | undefined;
  /** A longer answer is refused; default 64 MiB. */
  mostBytes?: number | undefined;
  cwd?: string | undefined;
  onStart?: ((process: RunningProcess) => void) | undefined;
  /** Each line on stderr, as it comes. */
  onLogLine?: ((line: string) => void) | undefined;
}

/** Runs a program and keeps what it says; how it ended is for the caller to judge. Throws `cancelled`, `timed-out`. */
export async function capture(program: string, args: readonly string[], options: CaptureOptions): Promise<Captured> {
  if (options.signal?.aborted === true) throw cancelledError();
  const logLines: string[] = [];
  const running = await startProcess(program, args, {
    cwd: options.cwd,
    stdin: 'ignore',
    stdout: 'pipe',
    onLogLine: (line) => {
      if (logLines.length < 2000) logLines.push(line);
      options.onLogLine?.(line);
    },
  });
  options.onStart?.(running);
  const chunks: Buffer[] = [];
  const end = await waitForEnd(
    running,
    options.clock,
    options,
    collect(running, chunks, options.mostBytes ?? usualOutputBytes),
  );
  return { end, stdout: Buffer.concat(chunks), logLines };
}

async function collect(running: RunningProcess, chunks: Buffer[], mostBytes: number): Promise<void> {
  let sizeBytes = 0;
  await new Promise<void>((resolve, reject) => {
    running.child.stdout?.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= mostBytes) chunks.push(chunk);
      else reject(new AppError('media-damaged', 'This file describes itself at absurd length; it is damaged.'));
    });
    running.child.stdout?.once('close', resolve);
  });
}
