import type { LinkId, Project } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { EditorModel } from './editor-model.ts';
import type { GlobalItem } from './model/globals.ts';
import type { ClipItem, MarkerItem, TimelineView } from './model/lanes.ts';
import type { DropPlan } from './model/placement.ts';
import type { DragTool, Tool } from './model/tool-edits.ts';
import type { TransitionItem } from './model/transition-items.ts';
import type { Edge } from './model/trim.ts';
import type { ScrollView } from './use-timeline-view.ts';

/** What a drag under way shows. */
export interface DragView {
  /** Clips being moved, with where the held one would start and on which lane. */
  ghost: { items: readonly ClipItem[]; laneKey: string; startFrame: Frames } | null;
  plan: DropPlan | null;
  /** Snap line. */
  snapAt: Frames | null;
  /** Drawn selection, in pixels of the scrolled content. */
  marquee: { left: number; top: number; width: number; height: number } | null;
  /** Beside the pointer: the change in timecode. */
  tip: { text: string; x: number; y: number } | null;
  isTrimming: boolean;
}

/** No drag. */
export const noDrag: DragView = {
  ghost: null,
  plan: null,
  snapAt: null,
  marquee: null,
  tip: null,
  isTrimming: false,
};

/** A drag of an edge, a cut or the content of a clip. */
export interface ToolGesture {
  kind: 'tool';
  /** `trim`: an edge, with the pointer of the select tool. */
  tool: DragTool | 'trim';
  item: ClipItem;
  edge: Edge;
  x: number;
  frameBefore: Frames;
  isRipple: boolean;
  isAlone: boolean;
  /** Snap points, project and view as they were at the press: the draft moves clips about. */
  points: readonly Frames[];
  project: Project;
  view: TimelineView;
}

/** What the pointer is doing. */
export type Gesture =
  | { kind: 'scrub' }
  /** Nothing to hold: says why until the release. */
  | { kind: 'refused' }
  | { kind: 'press'; item: ClipItem; x: number; y: number; isAdding: boolean }
  | { kind: 'move'; items: ClipItem[]; grabFrames: Frames; alone: ReadonlySet<LinkId> }
  | ToolGesture
  | { kind: 'marker'; item: MarkerItem; x: number; points: readonly Frames[] }
  | { kind: 'transition'; item: TransitionItem; edge: Edge; x: number }
  | { kind: 'global'; item: GlobalItem; x: number }
  | { kind: 'marquee'; x: number; y: number; keep: ReadonlySet<string> };

/** What gestures act on. */
export interface GestureScene {
  model: EditorModel;
  scroll: ScrollView;
  isSnapping: boolean;
  tool: Tool;
  /** Opens the editor of a marker. */
  openMarker: (key: string) => void;
}
