import { AppError, isCancelled } from '#shared/errors/index.ts';

/** What was being done to the path; decides what a refusal means to the person. */
export type FileAction = 'read' | 'write';

/** The system's code of a failed file operation, e.g. `ENOSPC`; null for anything else. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Turns a failed file operation into an {@link AppError}; AppErrors, cancellations and other things pass unchanged. */
export function toFileError(error: unknown, path: string, action: FileAction): unknown {
  if (error instanceof AppError || isCancelled(error)) return error;
  const code = systemCode(error);
  if (code === null) return error;
  const options = {
    message: error instanceof Error ? error.message : String(error),
    cause: error,
    details: { path, systemCode: code },
  };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError(
        'disk-full',
        `The disk is full: "${path}" could not be written. Free some space, then try again.`,
        {
          ...options,
          retry: 'free-space',
        },
      );
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError(
        'file-not-found',
        `"${path}" is not there any more. It may have been moved, renamed or unplugged.`,
        {
          ...options,
          retry: 'relink',
        },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return action === 'write'
        ? new AppError(
            'folder-unwritable',
            `Spotloom may not write to "${path}". Check its permissions or choose another folder.`,
            {
              ...options,
              retry: 'choose-folder',
            },
          )
        : new AppError('file-unreadable', `Spotloom may not read "${path}". Check its permissions, then try again.`, {
            ...options,
            retry: 'retry',
          });
    case 'EEXIST':
    case 'ENOTEMPTY':
      return new AppError('conflict', `"${path}" exists already.`, options);
    case 'EFBIG':
      return new AppError('file-too-large', `"${path}" is larger than this disk allows.`, options);
    case 'ENAMETOOLONG':
      return new AppError(
        'invalid-input',
        `The name of "${path}" is too long for this disk. Choose a shorter one.`,
        options,
      );
    case 'EMFILE':
    case 'ENFILE':
      return new AppError('internal', 'Too many files are open at once. Please try again.', {
        ...options,
        retry: 'retry',
      });
    case 'EISDIR':
      return new AppError('invalid-input', `"${path}" is a folder, not a file.`, options);
    default:
      return action === 'write'
        ? new AppError('folder-unwritable', `"${path}" could not be written (${code}). Try another folder.`, {
            ...options,
            retry: 'choose-folder',
          })
        : new AppError('file-unreadable', `"${path}" could not be read (${code}). Check the disk, then try again.`, {
            ...options,
            retry: 'retry',
          });
  }
}

/**
 * As {@link toFileError} for a folder that files are to be put into: that it is missing and cannot be made, or that a
 * file is in its place, means that it cannot be written.
 */
export function toFolderError(error: unknown, folder: string): unknown {
  const code = systemCode(error);
  if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EEXIST') return toFileError(error, folder, 'write');
  const text = `No folder can be made at "${folder}". Choose another place.`;
  return new AppError('folder-unwritable', text, {
    message: error instanceof Error ? error.message : String(error),
    cause: error,
    retry: 'choose-folder',
    details: { path: folder, systemCode: code },
  });
}
