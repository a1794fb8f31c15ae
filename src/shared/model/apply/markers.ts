import type { Frames } from '../../units/index.ts';
import type { Marker, Project, Sequence } from '../project.ts';
import { type Appliers, refuse, updateSequence } from './support.ts';

/** A stretch that a ripple puts in before a frame (positive), or takes out before it (negative). */
export interface Shift {
  fromFrame: Frames;
  deltaFrames: Frames;
}

const inOrder = (markers: readonly Marker[]): Marker[] => markers.toSorted((a, b) => a.frame - b.frame);

/** Markers after a ripple: those behind it move along, those in what is taken out stand where it was. */
export function shiftMarkers(markers: readonly Marker[], { fromFrame, deltaFrames }: Shift): Marker[] {
  if (deltaFrames === 0) return [...markers];
  return markers.map((marker) => {
    if (marker.frame >= fromFrame) return { ...marker, frame: marker.frame + deltaFrames };
    const isTakenOut = deltaFrames < 0 && marker.frame > fromFrame + deltaFrames;
    return isTakenOut ? { ...marker, frame: fromFrame + deltaFrames } : marker;
  });
}

/** The sequence with its markers moved along, when it was its main track (the first with pictures) that rippled. */
export function rippleMarkers(sequence: Sequence, trackId: string, shifts: readonly Shift[]): Sequence {
  if (sequence.markers.length === 0) return sequence;
  if (sequence.tracks.find((track) => track.kind === 'visual')?.id !== trackId) return sequence;
  // The last first, so that the frames of the others still hold.
  const markers = shifts.toSorted((a, b) => b.fromFrame - a.fromFrame).reduce(shiftMarkers, sequence.markers);
  return { ...sequence, markers };
}

/** Edits of markers. */
export const markerAppliers: Appliers<'marker.set' | 'marker.remove'> = {
  'marker.set': (project: Project, edit) =>
    updateSequence(project, edit.sequenceId, (sequence) => {
      const others = sequence.markers.filter((marker) => marker.id !== edit.marker.id);
      if (others.length >= 1000) refuse('A sequence has at most 1,000 markers. Remove some first.');
      return { ...sequence, markers: inOrder([...others, edit.marker]) };
    }),
  'marker.remove': (project: Project, edit) =>
    updateSequence(project, edit.sequenceId, (sequence) => {
      const markers = sequence.markers.filter((marker) => marker.id !== edit.markerId);
      if (markers.length === sequence.markers.length) refuse('That marker is no longer there.');
      return { ...sequence, markers };
    }),
};
