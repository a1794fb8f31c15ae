import { readFile } from 'node:fs/promises';
import type { Clock } from '#main/platform/clock/index.ts';
import { capture } from '#main/platform/ffmpeg/capture.ts';
import { AppError } from '#shared/errors/index.ts';

/** One run of whisper.cpp. */
export interface WhisperRun {
  program: string;
  model: string;
  /** 16 kHz, mono, 16 bit. */
  wavFile: string;
  /** Path without its ending, beside which the program writes `.json`. */
  outputStem: string;
  /** A code like "en"; null = the model finds out. */
  language: string | null;
  clock: Clock;
  signal: AbortSignal;
  /** 0 to 1. */
  onProgress: (fraction: number) => void;
}

/** Lines kept as evidence. */
const tailLines = 20;

/** The arguments: known to whisper-cli and to the older `main`. */
export function whisperArgs({ model, wavFile, outputStem, language }: Omit<WhisperRun, 'clock' | 'signal'>): string[] {
  return ['-m', model, '-f', wavFile, '-l', language ?? 'auto', '-ojf', '-of', outputStem, '-pp'];
}

/** "whisper_print_progress_callback: progress =  35%" → 0.35; null for other lines. */
export function progressOf(line: string): number | null {
  const percent = /progress\s*=\s*(\d{1,3})\s*%/.exec(line)?.[1];
  return percent === undefined ? null : Math.min(1, Number(percent) / 100);
}

/**
 * Runs whisper.cpp over a sound file and gives the JSON it wrote. Throws `cancelled`, `capability-missing` when the program
 * cannot be started, and `job-failed` when it fails or writes nothing, with its last lines in `details.logTail`.
 */
export async function runWhisper(run: WhisperRun): Promise<Uint8Array> {
  const { program, clock, signal, onProgress, outputStem } = run;
  const logTail: string[] = [];
  const onLogLine = (line: string) => {
    const fraction = progressOf(line);
    if (fraction !== null) onProgress(fraction);
    else if (line.trim() !== '') logTail.push(line);
    if (logTail.length > tailLines) logTail.shift();
  };
  const { end } = await capture(program, whisperArgs(run), { clock, signal, onLogLine }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'ffmpeg-missing' ? notRunnable(program, error) : error;
  });
  if (end.code !== 0)
    throw failed(end.signal === null ? `ended with code ${end.code}` : 'was ended by the system', logTail);
  const json = await readFile(`${outputStem}.json`).catch(() => null);
  // Older ones end well when they cannot read the sound or the model; only their log tells.
  if (json === null || json.length === 0) throw failed('wrote no words', logTail);
  return json;
}

function notRunnable(program: string, cause: unknown): AppError {
  return new AppError(
    'capability-missing',
    `“${program}” cannot be started. Choose the whisper.cpp program in the settings.`,
    {
      cause,
      retry: 'open-settings',
    },
  );
}

function failed(what: string, logTail: readonly string[]): AppError {
  if (logTail.some((line) => /unknown argument/i.test(line)))
    return new AppError(
      'capability-missing',
      'This whisper.cpp is too old: it cannot write times of words. Update it, then try again.',
      {
        retry: 'open-settings',
        details: { logTail: [...logTail] },
      },
    );
  const said = logTail.findLast((line) => /error|failed|invalid|unknown/i.test(line)) ?? logTail.at(-1);
  const because = said === undefined ? '' : ` It said: ${said.trim().slice(0, 200)}`;
  return new AppError(
    'job-failed',
    `whisper.cpp ${what}.${because} Try again, or choose another model in the settings.`,
    {
      retry: 'retry',
      details: { logTail: [...logTail] },
    },
  );
}
