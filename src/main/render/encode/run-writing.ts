import type { Ffmpeg, RunOptions, RunResult } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';

const diskFull = /No space left on device|Disk quota exceeded|There is not enough space on the disk|File too large/i;

/** Runs ffmpeg to make a file. Some builds end well although the disk took only part of it: that is `disk-full` here. */
export async function runWriting(ffmpeg: Ffmpeg, options: RunOptions): Promise<RunResult> {
  let evidence: string | null = null;
  const result = await ffmpeg.run({
    ...options,
    onLogLine(line) {
      if (diskFull.test(line)) evidence ??= line;
      options.onLogLine?.(line);
    },
  });
  if (evidence === null) return result;
  throw new AppError('disk-full', 'The disk is full. Free some space, then try again; nothing finished was lost.', {
    retry: 'free-space',
    details: { evidence },
  });
}
