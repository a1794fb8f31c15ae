import type { PlacementId, Size } from '#shared/model/index.ts';
import type { Frames, Rate } from '#shared/units/index.ts';
import type { PacketLine } from '../encode/packet-list.ts';
import type { Loudness } from '../sound/measure-sound.ts';
import type { SoundVerdict } from '../sound/sound-verdict.ts';
import type { BoxLayout } from './mp4-boxes.ts';

/** One packet of a picture as it was judged, and the frame of the ad it shows. */
export interface IntendedPacket {
  hash: string;
  frame: Frames;
}

/** What a finished ad was meant to be. */
export interface Intended {
  frameCount: number;
  rate: Rate;
  size: Size;
  /** Of the pieces it was joined from, in file order. */
  packets: readonly IntendedPacket[];
  sound: SoundVerdict;
  /** The largest the file may be; null = any size. */
  maxBytes: number | null;
  /** It was encoded whole and twice, so that no piece of it is shared. */
  isTwoPass: boolean;
}

/** What a file is held against. */
export interface Aims {
  /** Null for a file from elsewhere: it is only held against what every ad must be. */
  intended: Intended | null;
  placements: readonly PlacementId[];
  /** Loudness asked for; null = it is only told. With `intended` the sound's own counts. */
  loudnessLufs: number | null;
}

/** Something in a picture that is no fault by itself: where it begins and how long it lasts. */
export interface Stretch {
  fromFrame: Frames;
  frames: Frames;
}

/** What was found in a file. */
export interface Observed {
  sizeBytes: number;
  boxes: BoxLayout;
  video: Record<string, unknown> | null;
  audio: Record<string, unknown> | null;
  /** Of the picture, in file order. */
  packets: readonly PacketLine[];
  /** Of the sound, in file order; empty when they were not listed. */
  soundPackets: readonly PacketLine[];
  /** Seconds of one tick of the packets' clock. */
  tickSeconds: number;
  /** Decoded frames; null when the picture was not decoded, because every packet was judged before. */
  decodedFrames: number | null;
  /** Loudness as measured; null when there is no sound. */
  heard: Loudness | null;
  /** Pictures that do not change, and black ones; only looked for in files from elsewhere. */
  frozen: readonly Stretch[];
  black: readonly Stretch[];
  complaints: readonly string[];
}
