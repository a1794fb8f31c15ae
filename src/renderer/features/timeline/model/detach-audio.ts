import {
  type ClipId,
  type EditInput,
  type LinkId,
  newId,
  type SimpleEditInput,
  type Track,
  type TrackId,
  trackSchema,
} from '#shared/model/index.ts';
import type { ClipItem } from './lanes.ts';
import { asEdit } from './placement.ts';

const hasRoom = ({ track }: { track: Track }, { clip }: ClipItem) =>
  track.clips.every(
    (other) =>
      other.startFrame >= clip.startFrame + clip.lengthFrames ||
      other.startFrame + other.lengthFrames <= clip.startFrame,
  );

/** True for footage whose sound is still its own. */
export function canDetach(item: ClipItem, hasSound: boolean): boolean {
  return (
    hasSound &&
    item.clip.content.kind === 'media' &&
    !item.clip.content.isFrozen &&
    item.lane.kind === 'visual' &&
    !item.clip.audio.isMuted &&
    !item.track.isLocked
  );
}

/**
 * Puts the sound of footage on a track of its own, linked to it, and mutes the footage. It goes on the first open sound
 * track with room at that time; where there is none, on a new one.
 */
export function detachAudioEdit(items: readonly ClipItem[]): EditInput | null {
  const made = new Map<string, Track[]>();
  const edits = items.flatMap((item): SimpleEditInput[] => {
    const { sequence } = item.section;
    if (!sequence) return [];
    const sequenceId = sequence.id;
    const sounds = sequence.tracks.filter((track) => track.kind === 'audio');
    const open = sounds.filter((track) => !track.isLocked);
    const known = made.get(sequenceId) ?? [...open];
    const linkId = item.clip.linkId ?? newId<LinkId>('link');
    const clip = { ...item.clip, id: newId<ClipId>('clip'), overrides: {}, linkId };
    let track = known.find((one) => hasRoom({ track: one }, item));
    const adding: SimpleEditInput[] = [];
    if (!track) {
      const number = sounds.length + known.length - open.length + 1;
      track = trackSchema.parse({ id: newId<TrackId>('track'), kind: 'audio', name: `Sound ${number}` });
      adding.push({ type: 'track.add', sequenceId, track });
      known.push(track);
    }
    const { id: trackId } = track;
    // What comes next sees this clip in its place.
    made.set(
      sequenceId,
      known.map((one) => (one.id === trackId ? { ...one, clips: [...one.clips, clip] } : one)),
    );
    return [
      ...adding,
      { type: 'clip.add', sequenceId, trackId, clip },
      { type: 'clip.set', sequenceId, clipId: item.clip.id, patch: { audio: { isMuted: true } } },
      { type: 'clip.link', sequenceId, clipIds: [item.clip.id], linkId },
    ];
  });
  return asEdit('Detach audio', edits);
}

/** Links clips of one sequence, so that they are edited together; null where there are not two. */
export function linkEdit(items: readonly ClipItem[]): EditInput | null {
  const [first] = items;
  const same = items.filter((item) => item.section.slotId === first?.section.slotId && !item.track.isLocked);
  const sequence = first?.section.sequence;
  if (!sequence || same.length < 2) return null;
  const linkId = newId<LinkId>('link');
  return { type: 'clip.link', sequenceId: sequence.id, clipIds: same.map((item) => item.clip.id), linkId };
}

/** Takes the links of clips away. */
export function unlinkEdit(items: readonly ClipItem[]): EditInput | null {
  const edits = items.flatMap((item): SimpleEditInput[] =>
    item.clip.linkId !== null && item.section.sequence && !item.track.isLocked
      ? [{ type: 'clip.link', sequenceId: item.section.sequence.id, clipIds: [item.clip.id], linkId: null }]
      : [],
  );
  return asEdit('Unlink clips', edits);
}
