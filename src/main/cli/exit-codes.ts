import type { AppErrorData, ErrorCode } from '#shared/errors/index.ts';

/** What the terminal face ends with; documented in docs/terminal.md. */
export const exitCodes = {
  ok: 0,
  /** Some items failed: a file was refused, an export or a check failed, something was not found. */
  failed: 1,
  /** The command line made no sense. */
  usage: 2,
  /** This machine cannot do it: ffmpeg missing, library damaged, disk full, folder unwritable. */
  environment: 3,
  /** Ctrl-C. */
  cancelled: 130,
} as const;

const environmentCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['ffmpeg-missing', 'ffmpeg-too-old', 'capability-missing', 'disk-full', 'folder-unwritable'] as const),
  ...(['database-damaged', 'database-newer', 'library-locked'] as const),
]);

/** The exit code for one failure. */
export function exitCodeOf(error: Pick<AppErrorData, 'code'>): number {
  if (error.code === 'cancelled') return exitCodes.cancelled;
  if (error.code === 'invalid-input') return exitCodes.usage;
  return environmentCodes.has(error.code) ? exitCodes.environment : exitCodes.failed;
}

/** The exit code for several items: the machine's troubles outweigh those of single items. */
export function exitCodeOfItems(errors: readonly (Pick<AppErrorData, 'code'> | null)[]): number {
  const failures = errors.filter((error) => error !== null);
  if (failures.length === 0) return exitCodes.ok;
  return failures.some((error) => environmentCodes.has(error.code)) ? exitCodes.environment : exitCodes.failed;
}
