import type { EditInput } from '#shared/model/index.ts';
import { formatTimecode } from '#shared/units/index.ts';
import type { EditorModel } from './editor-model.ts';
import type { Gesture } from './gesture-view.ts';
import { type GlobalItem, globalClipEdit } from './model/globals.ts';
import type { ClipItem, MarkerItem } from './model/lanes.ts';
import { markerEdit } from './model/markers.ts';
import { type Snapped, snapDelta } from './model/snap.ts';
import type { Edge } from './model/trim.ts';

/** Movement, in pixels, before a press becomes a drag. */
export const dragThresholdPx = 4;

type GestureOf<Kind extends Gesture['kind']> = Extract<Gesture, { kind: Kind }>;

/** What a press lands on; all null on empty ground. */
export interface Pressed {
  item: ClipItem | null;
  edge: Edge | undefined;
  global: GlobalItem | null;
  marker: MarkerItem | null;
  isRuler: boolean;
}

/** Reads off the page what an element of the timeline stands for. */
export function pressedOn(target: HTMLElement, { view, globals }: EditorModel): Pressed {
  const keyOf = (name: 'clip' | 'global' | 'marker') => target.closest<HTMLElement>(`[data-${name}]`)?.dataset[name];
  const [clip, global, marker] = [keyOf('clip'), keyOf('global'), keyOf('marker')];
  return {
    item: (clip && view.items.find((candidate) => candidate.key === clip)) || null,
    edge: target.closest<HTMLElement>('[data-edge]')?.dataset.edge as Edge | undefined,
    global: (global && globals.flatMap((lane) => lane.items).find((candidate) => candidate.key === global)) || null,
    marker: (marker && view.markers.find((candidate) => candidate.key === marker)) || null,
    isRuler: target.closest('[data-ruler]') !== null,
  };
}

/** Moves a clip of a global slot by pixels; null while that is no drag, and for what has nowhere to go. */
export function globalMove({ item }: GestureOf<'global'>, pixels: number, pixelsPerFrame: number): EditInput | null {
  // What fills its place from anchor to anchor has nowhere to go.
  if (Math.abs(pixels) < dragThresholdPx || item.clip.end) return null;
  const delta = Math.max(-item.startFrame, Math.round(pixels / pixelsPerFrame));
  return globalClipEdit(item, (clip) => ({
    ...clip,
    start: { ...clip.start, offsetFrames: clip.start.offsetFrames + delta },
  }));
}

/** What a drag of a marker has made so far; null while it is no drag. */
export function markerMove(
  model: EditorModel,
  { item, points }: GestureOf<'marker'>,
  pixels: number,
  scale: { pixelsPerFrame: number; reachFrames: number },
): { edit: EditInput | null; snapped: Snapped; text: string } | null {
  if (Math.abs(pixels) < dragThresholdPx) return null;
  const snapped = snapDelta([item.frame], Math.round(pixels / scale.pixelsPerFrame), points, scale.reachFrames);
  const frame = Math.max(0, item.marker.frame + snapped.delta);
  const text = formatTimecode(item.section.startFrame + frame, model.view.rate);
  return { edit: markerEdit(item, { frame }), snapped, text };
}

/** The box between two points. */
export function boxBetween(a: { x: number; y: number }, b: { x: number; y: number }) {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}
