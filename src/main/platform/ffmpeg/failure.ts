import { AppError, type ErrorCode, type RetryAction } from '#shared/errors/index.ts';
import type { ProcessEnd } from './spawn.ts';

interface Symptom {
  pattern: RegExp;
  code: ErrorCode;
  retry: RetryAction;
  userMessage: (path: string) => string;
  /** Only when the line names one of the inputs, or only when it does not. */
  about?: 'input' | 'output';
}

const named = (path: string) => (path === '' ? 'A file' : `"${path}"`);

const symptoms: readonly Symptom[] = [
  {
    pattern: /No space left on device|Disk quota exceeded|There is not enough space on the disk/i,
    code: 'disk-full',
    retry: 'free-space',
    userMessage: () => 'The disk is full. Free some space, then try again; nothing finished was lost.',
  },
  {
    pattern: /File too large/i,
    code: 'disk-full',
    retry: 'choose-folder',
    userMessage: () =>
      'The file became larger than its disk allows (4 GB on FAT32). Choose a folder on another disk, then try again.',
  },
  {
    pattern: /not on whitelist|Unsafe file name|not in allowed_segment_extensions/i,
    code: 'external-reference',
    retry: 'none',
    userMessage: () =>
      'This file points to other files or to the network, and Spotloom does not follow such references.',
  },
  {
    pattern: /(.*): No such file or directory/,
    code: 'file-not-found',
    retry: 'relink',
    about: 'input',
    userMessage: (path) => `${named(path)} is not there any more. It may have been moved, renamed or unplugged.`,
  },
  {
    pattern: /(.*): Permission denied/,
    code: 'file-unreadable',
    retry: 'retry',
    about: 'input',
    userMessage: (path) => `Spotloom may not read ${named(path)}. Check its permissions, then try again.`,
  },
  {
    pattern: /(.*): (Permission denied|Read-only file system|No such file or directory|Is a directory)/,
    code: 'folder-unwritable',
    retry: 'choose-folder',
    about: 'output',
    userMessage: (path) => `Spotloom cannot write ${named(path)}. Check the folder or choose another.`,
  },
  {
    pattern: /(.*): (Invalid data found when processing input|End of file)/,
    code: 'media-damaged',
    retry: 'none',
    about: 'input',
    userMessage: (path) => `${named(path)} is damaged or not complete. Copy it again from its source.`,
  },
  {
    pattern:
      /Unknown encoder|No such filter|Unrecognized option|Option .* not found|Unknown decoder|Decoder .* not found/i,
    code: 'capability-missing',
    retry: 'install-ffmpeg',
    userMessage: () => 'The ffmpeg in use cannot do this. Install a newer one or choose another in the settings.',
  },
];

const writeError =
  /^(\[[^\]]*\] )*(av_interleaved_write_frame\(\): |Error (writing trailer|closing file|muxing a packet)\b|Slave muxer #\d+ failed: )/;

/**
 * True for the lines by which ffmpeg says that it could not write its output. A reader that has all it wants and closes
 * its pipe is none of them.
 */
export function isWriteError(line: string): boolean {
  return writeError.test(line) && !line.endsWith('Broken pipe');
}

/** What is known about a run that went wrong. */
export interface FailedRun {
  end: ProcessEnd;
  logTail: readonly string[];
  args: readonly string[];
}

/** Finds out what a failed run means to the person. Pure. */
export function explainFailure({ end, logTail, args }: FailedRun): AppError {
  const details = { exitCode: end.code, signal: end.signal, logTail: [...logTail] };
  if (hasCrashed(end)) {
    const text = 'ffmpeg crashed. Try again; if it happens each time, another version of ffmpeg may help.';
    return new AppError('ffmpeg-crashed', text, {
      message: `ffmpeg crashed: ${shortEnd(end)}`,
      retry: 'retry',
      details,
    });
  }
  const inputs = args.filter((_, index) => args[index - 1] === '-i').map(plainPath);
  for (const symptom of symptoms) {
    const path = findSymptom(symptom, logTail, inputs);
    if (path === null) continue;
    return new AppError(symptom.code, symptom.userMessage(path), {
      message: logTail.at(-1) ?? shortEnd(end),
      retry: symptom.retry,
      details: path === '' ? details : { ...details, path },
    });
  }
  const last = logTail.at(-1) ?? '';
  return new AppError('ffmpeg-failed', `ffmpeg could not do this${last === '' ? '' : `: ${last}`}. The log has more.`, {
    message: `ffmpeg failed: ${shortEnd(end)}: ${last}`,
    retry: 'retry',
    details,
  });
}

/** The path the symptom is about (empty if it names none); null if it does not show. */
function findSymptom(symptom: Symptom, logTail: readonly string[], inputs: readonly string[]): string | null {
  for (const line of logTail) {
    const match = symptom.pattern.exec(line);
    if (match === null) continue;
    if (symptom.about === undefined) return '';
    const path = plainPath(
      (match[1] ?? '').replace(/^\[[^\]]*\] /, '').replace(/^Error opening (in|out)put (file )?/, ''),
    );
    const isInput = inputs.some((input) => path === input || path.endsWith(input));
    if (isInput === (symptom.about === 'input')) return path;
  }
  return null;
}

function plainPath(url: string): string {
  return url.replace(/^file:/, '').trim();
}

/** Ended by a signal, or by a Windows exception (0xC0000005 and the like). */
function hasCrashed({ code, signal }: ProcessEnd): boolean {
  return signal !== null || (code !== null && code >= 0xc0000000);
}

function shortEnd({ code, signal }: ProcessEnd): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
