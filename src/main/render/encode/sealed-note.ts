import { crc32 } from 'node:zlib';

/** A note of the cache as text, with a checksum of what it says: a wrong digit in it would make good pieces look bad, and bad ones good. */
export function sealNote(note: object): string {
  return JSON.stringify({ note, crc32: crc32(JSON.stringify(note)) });
}

/** What a note says. Throws SyntaxError when it is not as it was written. */
export function openNote(text: string): unknown {
  const sealed: unknown = JSON.parse(text);
  const isSealed = sealed !== null && typeof sealed === 'object' && 'note' in sealed && 'crc32' in sealed;
  if (!isSealed || crc32(JSON.stringify(sealed.note)) !== sealed.crc32) throw new SyntaxError('a note was changed');
  return sealed.note;
}
