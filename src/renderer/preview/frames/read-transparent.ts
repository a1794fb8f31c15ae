import { type EncodedPacket, EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import { copyPlanes } from './copy-planes.ts';
import type { PlaneFrame } from './planes.ts';

/** Moves a time to before its packet. */
const justBefore = 1e-6;

/** True when a packet of opacity starts anew (VP8 and VP9: the only codecs that have it beside the picture). */
export function startsAnew(codec: string, packet: Uint8Array): boolean {
  const first = packet[0] ?? 0;
  return codec.startsWith('vp8') ? (first & 1) === 0 : (first & 0b1100) === 0;
}

/** The packets up to the one shown at a moment, from where both picture and opacity start; and when the next begins. */
async function packetsUpTo(
  sink: EncodedPacketSink,
  codec: string,
  moment: number,
): Promise<{ packets: EncodedPacket[]; endSeconds: number }> {
  const options = { verifyKeyPackets: true };
  let start = (await sink.getKeyPacket(moment, options)) ?? (await sink.getFirstKeyPacket(options));
  while (start?.sideData.alpha && !startsAnew(codec, start.sideData.alpha)) {
    const before: EncodedPacket | null = await sink.getKeyPacket(start.timestamp - justBefore, options);
    if (!before || before.timestamp >= start.timestamp) break;
    start = before;
  }
  if (!start) throw new Error('the file has no frames');
  const packets: EncodedPacket[] = [];
  for await (const packet of sink.packets(start)) {
    if (packets.length > 0 && packet.timestamp > moment) return { packets, endSeconds: packet.timestamp };
    packets.push(packet);
  }
  return { packets, endSeconds: Number.POSITIVE_INFINITY };
}

/** Decodes chunks and gives the last picture; null without chunks. The caller closes it. */
async function lastPicture(
  config: VideoDecoderConfig,
  chunks: readonly EncodedVideoChunk[],
): Promise<VideoFrame | null> {
  let last: VideoFrame | null = null;
  let failure: unknown = null;
  const decoder = new VideoDecoder({
    output: (frame) => {
      last?.close();
      last = frame;
    },
    error: (error) => {
      failure = error;
    },
  });
  try {
    decoder.configure({ ...config, alpha: 'discard' } as VideoDecoderConfig);
    for (const chunk of chunks) decoder.decode(chunk);
    await decoder.flush();
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  if (failure) throw failure;
  return last;
}

/** A reader of single frames of a WebM whose opacity is a second stream beside the picture. */
export function readTransparent(track: InputVideoTrack): (moment: number) => Promise<PlaneFrame> {
  const sink = new EncodedPacketSink(track);
  return async (moment) => {
    const config = await track.getDecoderConfig();
    if (!config) throw new Error('the picture’s codec is not known here');
    const { packets, endSeconds } = await packetsUpTo(sink, config.codec, moment);
    const timeSeconds = packets.at(-1)?.timestamp ?? 0;
    const opaque = packets.filter(({ sideData }) => sideData.alpha);
    const alphaChunks = opaque.map((packet) =>
      packet.alphaToEncodedVideoChunk(
        startsAnew(config.codec, packet.sideData.alpha ?? new Uint8Array()) ? 'key' : 'delta',
      ),
    );
    const colour = await lastPicture(
      config,
      packets.map((packet) => packet.toEncodedVideoChunk()),
    );
    const opacity = await lastPicture(config, alphaChunks);
    try {
      if (!colour) throw new Error('the file has no frames');
      const frame = await copyPlanes(colour, { timeSeconds, endSeconds });
      const [luma] = opacity ? (await copyPlanes(opacity, { timeSeconds, endSeconds })).planes : [];
      return luma ? { ...frame, planes: [...frame.planes.slice(0, 3), luma] } : frame;
    } finally {
      colour?.close();
      opacity?.close();
    }
  };
}
