/** One packet as the `framemd5` muxer lists it. */
export interface PacketLine {
  dts: number;
  pts: number;
  duration: number;
  sizeBytes: number;
  hash: string;
}

/** Reads the text of ffmpeg's `framemd5` and `framecrc` muxers; comment lines are skipped. */
export function parsePacketList(text: string): PacketLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, dts, pts, duration, sizeBytes, hash] = line.split(',').map((part) => part.trim());
      return {
        dts: Number(dts),
        pts: Number(pts),
        duration: Number(duration),
        sizeBytes: Number(sizeBytes),
        hash: hash ?? '',
      };
    });
}

/** The `#extradata` hash of stream 0 and its time base, as far as the list says. */
export function packetListSetup(text: string): string {
  return /^#extradata 0:\s*(.+)$/m.exec(text)?.[1]?.trim() ?? '';
}
