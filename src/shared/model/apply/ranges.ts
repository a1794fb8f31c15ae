import type { Frames } from '../../units/index.ts';
import type { Clip } from '../clip.ts';
import type { Project } from '../project.ts';
import { idSource, unlocked } from './found-clip.ts';
import { relinker } from './links.ts';
import { rippleMarkers, type Shift, shiftMarkers } from './markers.ts';
import {
  type Appliers,
  type EditOf,
  refuse,
  requireSequence,
  trackIndex,
  updateSequence,
  updateTrack,
} from './support.ts';
import { cutAway, endOf, shiftFrom, sorted } from './track-room.ts';

/** Empty stretches between the clips of a track (and before the first), as shifts that close them. */
export function gapsOf(clips: readonly Clip[]): Shift[] {
  let free = 0;
  return clips.flatMap((clip) => {
    const gap = clip.startFrame - free;
    free = endOf(clip);
    return gap > 0 ? [{ fromFrame: clip.startFrame, deltaFrames: -gap }] : [];
  });
}

function closeGaps(
  project: Project,
  { sequenceId, trackId }: Pick<EditOf<'track.closeGaps'>, 'sequenceId' | 'trackId'>,
  isMeant: (gap: Shift) => boolean,
): Project {
  const sequence = requireSequence(project, sequenceId);
  const track = sequence.tracks[trackIndex(sequence, trackId)];
  const gaps = gapsOf(track ? unlocked(track).clips : []).filter(isMeant);
  if (gaps.length === 0) refuse('There is no gap to close there.');
  const closed = gaps
    .toReversed()
    .reduce((clips, gap) => shiftFrom(clips, gap.fromFrame, gap.deltaFrames), track?.clips ?? []);
  return updateSequence(project, sequenceId, (old) =>
    rippleMarkers(
      updateTrack(old, trackId, (each) => ({ ...each, clips: [...closed] })),
      trackId,
      gaps,
    ),
  );
}

function removeRange(project: Project, edit: EditOf<'range.remove'>): Project {
  const { startFrame, endFrame } = edit;
  const length: Frames = endFrame - startFrame;
  if (length < 1) refuse('That stretch is empty. Give an end after its start.');
  return updateSequence(project, edit.sequenceId, (sequence) => {
    const open = sequence.tracks.filter((track) => !track.isLocked);
    if (sequence.tracks.length > 0 && open.length === 0) refuse('All tracks are locked. Unlock one first.');
    const seed = open.flatMap((track) => track.clips)[0]?.id;
    if (seed === undefined) return sequence;
    const room = { mode: 'overwrite' as const, rate: project.rate, nextId: idSource(project, edit.spareClipIds, seed) };
    const relink = relinker(sequence);
    const cut = (clip: Clip): Clip[] =>
      cutAway(clip, startFrame, endFrame, room).map((piece, at) =>
        // Behind a head that keeps the link, the tail begins a new one.
        at > 0 ? { ...piece, linkId: relink(piece.linkId) } : piece,
      );
    const tracks = sequence.tracks.map((track) => {
      if (track.isLocked) return track;
      const clips = sorted(track.clips.flatMap(cut));
      return { ...track, clips: edit.isRipple ? shiftFrom(clips, endFrame, -length) : clips };
    });
    const markers = edit.isRipple
      ? shiftMarkers(sequence.markers, { fromFrame: endFrame, deltaFrames: -length })
      : sequence.markers;
    return { ...sequence, tracks, markers };
  });
}

/** Edits that take out empty or filled stretches of tracks. */
export const rangeAppliers: Appliers<'gap.remove' | 'track.closeGaps' | 'range.remove'> = {
  'gap.remove': (project, edit) =>
    closeGaps(
      project,
      edit,
      ({ fromFrame, deltaFrames }) => edit.atFrame < fromFrame && edit.atFrame >= fromFrame + deltaFrames,
    ),
  'track.closeGaps': (project, edit) => closeGaps(project, edit, () => true),
  'range.remove': removeRange,
};
