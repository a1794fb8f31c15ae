/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads a Range header (RFC 9110, 14.2) for a file of `sizeBytes`. `null`: serve the whole (no header, another unit, a
 * list of ranges, or not understood — all of which a server may ignore). `unsatisfiable`: answer 416.
 */
export function parseRange(header: string | null, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  if (header === null) return null;
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header.trim());
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '') {
    if (last === '') return null;
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  if (start >= sizeBytes) return 'unsatisfiable';
  if (last === '') return { start, end: sizeBytes - 1 };
  if (Number(last) < start) return null;
  return { start, end: Math.min(Number(last), sizeBytes - 1) };
}
