import {
  type ClipAudio,
  type EditInput,
  type SimpleEditInput,
  type VolumePoint,
  volumeDbAt,
  withPoint,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { type GlobalItem, globalClipEdit } from './globals.ts';
import type { ClipItem } from './lanes.ts';
import { asEdit } from './placement.ts';

/** Loudness at the upper end of a clip's volume line, dB; what is louder lies there too. */
const loudestDb = 12;
/** Loudness at its lower end; there a drag means silence. */
const quietestDb = -36;
const silentDb = -96;

const within = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));
const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Height of a loudness on the line: 0 at the bottom, 1 at the top. */
export function bandPart(gainDb: number): number {
  return within((gainDb - quietestDb) / (loudestDb - quietestDb), 0, 1);
}

/** Loudness at a height of the line. */
export function bandDb(part: number): number {
  return part <= 0 ? silentDb : tenths(quietestDb + within(part, 0, 1) * (loudestDb - quietestDb));
}

/** The volume line: its frames with the loudness of gain and curve together, from its first to its end. */
export function bandLine({ lengthFrames, audio }: Pick<BandTarget, 'lengthFrames' | 'audio'>): VolumePoint[] {
  const inside = audio.volume.filter(({ frame }) => frame > 0 && frame < lengthFrames).map(({ frame }) => frame);
  return [0, ...inside, lengthFrames].map((frame) => ({
    frame,
    gainDb: audio.gainDb + volumeDbAt(audio.volume, frame),
  }));
}

/** A point where the line is to pass: the curve's own value, without the clip's gain. */
export function pointOf(audio: ClipAudio, frame: Frames, totalDb: number): VolumePoint {
  return { frame, gainDb: tenths(within(totalDb - audio.gainDb, silentDb, 24)) };
}

/** What a volume line lies over: a clip of a track, or the place of one that accompanies the ad. */
export interface BandTarget {
  key: string;
  /** Frame of the timeline at which its points begin to count; may lie before the first. */
  startFrame: Frames;
  lengthFrames: Frames;
  audio: ClipAudio;
  /** The edit that changes its sound. */
  edit: (patch: Partial<ClipAudio>) => EditInput | null;
}

/** The line of a clip. */
export function bandOfClip(item: ClipItem): BandTarget {
  const { lengthFrames, audio } = item.clip;
  const edit = (patch: Partial<ClipAudio>) => asEdit('Change volume', setAudio(item, patch));
  return { key: item.key, startFrame: item.startFrame, lengthFrames, audio, edit };
}

/** The line of music or a voice-over, over its whole place, which begins at a frame. */
export function bandOfGlobal(item: GlobalItem, startFrame: Frames): BandTarget {
  const { audio } = item.clip;
  const edit = (patch: Partial<ClipAudio>) =>
    globalClipEdit(item, (clip) => ({ ...clip, audio: { ...clip.audio, ...patch } }));
  return { key: item.key, startFrame, lengthFrames: item.endFrame - startFrame, audio, edit };
}

function setAudio(item: ClipItem, audio: Partial<ClipAudio>): SimpleEditInput[] {
  const { sequence } = item.section;
  if (!sequence || item.track.isLocked) return [];
  return [{ type: 'clip.set', sequenceId: sequence.id, clipId: item.clip.id, patch: { audio } }];
}

/** Sets the gain, as the line drawn by hand has it. */
export function gainEdit(band: BandTarget, gainDb: number): EditInput | null {
  return band.edit({ gainDb: tenths(within(gainDb, silentDb, 24)) });
}

/** Sets a point of the curve, in place of one at `replaces`. */
export function pointEdit(band: BandTarget, point: VolumePoint, replaces: Frames | null): EditInput | null {
  return band.edit({ volume: withPoint(band.audio.volume, point, replaces) });
}

/** Takes a point out of the curve. */
export function removePointEdit(band: BandTarget, frame: Frames): EditInput | null {
  return band.edit({ volume: band.audio.volume.filter((point) => point.frame !== frame) });
}

/** Adds a point to each clip at a frame of the timeline, on its line; clips that have one there lose it when all have. */
export function togglePointsEdit(items: readonly ClipItem[], atFrame: Frames): EditInput | null {
  const there = items
    .filter((item) => atFrame >= item.startFrame && atFrame < item.endFrame)
    .map((item) => ({ item, frame: atFrame - item.startFrame }));
  const has = ({ item, frame }: { item: ClipItem; frame: Frames }) =>
    item.clip.audio.volume.some((point) => point.frame === frame);
  const isRemoving = there.length > 0 && there.every(has);
  const edits = there.flatMap(({ item, frame }) => {
    const { volume } = item.clip.audio;
    if (isRemoving) return setAudio(item, { volume: volume.filter((point) => point.frame !== frame) });
    return setAudio(item, { volume: withPoint(volume, { frame, gainDb: tenths(volumeDbAt(volume, frame)) }) });
  });
  return asEdit(isRemoving ? 'Remove volume point' : 'Add volume point', edits);
}

/** Makes clips louder or quieter. */
export function louderEdit(items: readonly ClipItem[], deltaDb: number): EditInput | null {
  const edits = items.flatMap((item) =>
    setAudio(item, { gainDb: tenths(within(item.clip.audio.gainDb + deltaDb, silentDb, 24)) }),
  );
  return asEdit('Change volume', edits);
}

/** A loudness for people: "−6 dB", "silent". */
export function decibelWords(gainDb: number): string {
  if (gainDb <= silentDb) return 'silent';
  return `${gainDb > 0 ? '+' : gainDb < 0 ? '−' : ''}${Math.abs(tenths(gainDb))} dB`;
}
