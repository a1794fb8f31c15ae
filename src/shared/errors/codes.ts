/**
 * Every error the product can show, as a closed union. A code is stable: tests,
 * exit codes of the terminal face and the interface's actions refer to it.
 */
export const errorCodes = [
  // input and files
  'invalid-input',
  'not-found',
  'conflict',
  'file-not-found',
  'file-unreadable',
  'file-empty',
  'file-changed',
  'file-too-large',
  'folder-unwritable',
  'disk-full',
  'path-refused',
  'unsupported-media',
  'unsupported-codec',
  'media-damaged',
  'external-reference',
  'media-missing',
  // engine
  'ffmpeg-missing',
  'ffmpeg-too-old',
  'ffmpeg-failed',
  'ffmpeg-crashed',
  'capability-missing',
  'database-damaged',
  'database-newer',
  'library-locked',
  'job-failed',
  'output-check-failed',
  'project-file-invalid',
  'captions-invalid',
  'edit-refused',
  // flow
  'cancelled',
  'timed-out',
  'not-connected',
  'unauthorised',
  'internal',
] as const;

/** One of the product's known failures. */
export type ErrorCode = (typeof errorCodes)[number];
