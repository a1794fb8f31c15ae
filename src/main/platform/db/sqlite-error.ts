import { AppError } from '#shared/errors/index.ts';

/** Finds SQLite's own error code in what was thrown (drizzle wraps it as a cause), e.g. `SQLITE_FULL`. */
export function sqliteCode(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && at.code.startsWith('SQLITE_')) return at.code;
  }
  return null;
}

/** Turns SQLite's failures into the product's errors; anything else is returned as it is. */
export function toDatabaseError(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === null || error instanceof AppError) return error;
  const options = { message: `${code}: ${describe(error)}`, cause: error, details: { file, sqliteCode: code } };
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE' || code === 'SQLITE_IOERR_SHMSIZE') {
    const text = 'The disk with your library is full. Nothing was lost; free some space, then try again.';
    return new AppError('disk-full', text, { ...options, retry: 'free-space' });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damagedError(file, null, describe(error));
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    const text = `Spotloom cannot write to its library at "${file}". Check the folder's permissions, or choose another.`;
    return new AppError('folder-unwritable', text, { ...options, retry: 'choose-folder' });
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const text = 'Another Spotloom process kept the library busy for too long. Please try again.';
    return new AppError('timed-out', text, { ...options, retry: 'retry' });
  }
  if (code.startsWith('SQLITE_CONSTRAINT')) {
    const text = 'This does not fit what the library already holds. Reload and try again.';
    return new AppError('conflict', text, options);
  }
  return new AppError('internal', 'The library database reported a problem. The log has the details.', {
    ...options,
    retry: 'retry',
  });
}

/** The error for a database that cannot be trusted; the file stays as it is. */
export function damagedError(file: string, newestBackup: string | null, evidence: string): AppError {
  const next =
    newestBackup === null
      ? 'Move that file away to start with an empty library; your footage is untouched.'
      : `Replace it by the newest backup, "${newestBackup}"; your footage is untouched.`;
  return new AppError('database-damaged', `The library database "${file}" is damaged. It was kept as it is. ${next}`, {
    message: `database damaged: ${evidence}`,
    details: { file, newestBackup, evidence },
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
