import { type FileHandle, open } from 'node:fs/promises';
import { toFileError } from '#main/platform/files/index.ts';

/** How an MP4's outermost boxes lie. */
export interface BoxLayout {
  /** Types in file order; empty when it is no MP4. */
  types: string[];
  /** The last box ends where the file does. */
  isWhole: boolean;
  /** The index comes before the media, so that playing can start before the end has arrived. */
  isFastStart: boolean;
}

/** Reads the headers of a file's outermost boxes (ISO/IEC 14496-12, 4.2). */
export async function readBoxLayout(path: string): Promise<BoxLayout> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const { size: fileSize } = await handle.stat();
    const types: string[] = [];
    let at = 0;
    while (at + 8 <= fileSize && types.length < 1000) {
      const header = Buffer.alloc(16);
      await handle.read(header, 0, 16, at);
      const type = header.toString('latin1', 4, 8);
      const short = header.readUInt32BE(0);
      const size = short === 1 ? Number(header.readBigUInt64BE(8)) : short === 0 ? fileSize - at : short;
      if (!/^[\w ©-]{4}$/.test(type) || size < 8) break;
      types.push(type);
      at += size;
    }
    const moov = types.indexOf('moov');
    const isMp4 = types.includes('ftyp');
    return {
      types: isMp4 ? types : [],
      isWhole: isMp4 && moov >= 0 && at === fileSize,
      isFastStart: isMp4 && moov >= 0 && moov < types.indexOf('mdat'),
    };
  } catch (error) {
    throw toFileError(error, path, 'read');
  } finally {
    await handle?.close();
  }
}
