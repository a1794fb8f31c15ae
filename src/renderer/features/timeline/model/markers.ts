import { type EditInput, type Marker, type MarkerId, newId } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { type MarkerItem, sectionAt, type TimelineView } from './lanes.ts';

/** The marker at a frame, if any. */
export function markerAt(view: TimelineView, frame: Frames): MarkerItem | null {
  return view.markers.find((item) => item.frame === frame) ?? null;
}

/** The next marker in a direction. */
export function markerBeside(view: TimelineView, frame: Frames, direction: 1 | -1): MarkerItem | null {
  const sorted = view.markers.toSorted((a, b) => a.frame - b.frame);
  const found =
    direction > 0 ? sorted.find((item) => item.frame > frame) : sorted.findLast((item) => item.frame < frame);
  return found ?? null;
}

/** A new marker at a frame of the timeline shown; null where nothing plays. */
export function newMarkerEdit(view: TimelineView, frame: Frames): EditInput | null {
  const section = sectionAt(view, frame);
  if (!section?.sequence) return null;
  const marker = { id: newId<MarkerId>('marker'), frame: Math.max(0, frame - section.startFrame) };
  return { type: 'marker.set', sequenceId: section.sequence.id, marker };
}

/** A marker with some of it changed; null when it would not change. */
export function markerEdit(item: MarkerItem, change: Partial<Omit<Marker, 'id'>>): EditInput | null {
  const marker = { ...item.marker, ...change };
  const isSame =
    marker.frame === item.marker.frame && marker.colour === item.marker.colour && marker.note === item.marker.note;
  if (isSame || !item.section.sequence) return null;
  return { type: 'marker.set', sequenceId: item.section.sequence.id, marker };
}

/** Takes a marker away. */
export function removeMarkerEdit(item: MarkerItem): EditInput | null {
  const { sequence } = item.section;
  return sequence && { type: 'marker.remove', sequenceId: sequence.id, markerId: item.marker.id };
}
