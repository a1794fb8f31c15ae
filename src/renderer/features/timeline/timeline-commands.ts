import { applyEdit, type ClipId, type EditInput, editSchema, newId, type Project } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { Command } from '../../ui/index.ts';
import { clipboard } from './clipboard.ts';
import { copySelected, pasteTransition } from './clipboard-actions.ts';
import type { EditorModel } from './editor-model.ts';
import { toggleKeyframes, toKeyframe } from './keyframe-actions.ts';
import {
  type CopiedClip,
  colourEdit,
  copyItems,
  itemsAtPlayhead,
  nextFieldKey,
  nudgeEdit,
  removeEdit,
  splitEdit,
  textEdit,
  trimToPlayheadEdit,
} from './model/clip-edits.ts';
import { removeGlobalClipEdit } from './model/globals.ts';
import { type ClipItem, sectionAt, type TimelineView, timelineView } from './model/lanes.ts';
import { keepLinked, withLinked } from './model/links.ts';
import { newSequenceEdit } from './model/new-sequence.ts';
import { pasteLinkedEdit } from './model/paste.ts';
import { removeTransitionsEdit } from './model/transition-edits.ts';
import type { ScrollDeeds } from './use-timeline-view.ts';

/** What the buttons and keys of the timeline do. */
export interface TimelineActions {
  split: () => void;
  splitAll: () => void;
  remove: () => void;
  lift: () => void;
  trimStart: () => void;
  trimEnd: () => void;
  addText: () => void;
  addColour: () => void;
  copy: () => void;
  cut: () => void;
  paste: () => void;
  duplicate: () => void;
  selectAll: () => void;
  selectNone: () => void;
  nudge: (deltaFrames: Frames) => void;
  toCut: (direction: 1 | -1) => void;
  toggleKeyframes: () => void;
  toKeyframe: (direction: 1 | -1) => void;
}

/** Actions on the model as it is when they are called. */
export function timelineActions(current: () => EditorModel): TimelineActions {
  const frame = () => current().transport.getState().frame;
  /** With what is linked, unless it was chosen alone. */
  const meant = (items: readonly ClipItem[]) => {
    const { view, selection } = current();
    return items.some((item) => selection.has(item.key)) ? [...items] : withLinked(view, items);
  };
  const trim = (edge: 'start' | 'end') => {
    const { base, view, selection, lengths, isStill, commit, transport } = current();
    const items = meant(itemsAtPlayhead(view, selection, frame()));
    const at = frame();
    // The playhead's own frame stays: at the start it is the first left, at the end the last.
    const edgeFrame = edge === 'start' ? at : at + 1;
    const [first] = items;
    const edit = trimToPlayheadEdit(items, edge, edgeFrame, { lengths, isStill, rate: view.rate });
    if (!commit(edit && keepLinked(base, edit, 'Trim clip'))) return;
    if (edge === 'start' && first?.lane.isMain) transport.seek(first.startFrame);
  };
  const remove = (isRipple: boolean) => {
    const { base, selectedItems, selectedGlobal, selectedTransitions, selectedSeam, commit } = current();
    const edit = selectedItems.length > 0 ? removeEdit(selectedItems, isRipple) : null;
    commit(edit && keepLinked(base, edit, 'Remove clips'));
    if (selectedItems.length > 0) return;
    if (selectedGlobal) commit(removeGlobalClipEdit(selectedGlobal));
    else commit(removeTransitionsEdit(selectedTransitions, selectedSeam ? [selectedSeam] : []));
  };
  const paste = (clips: readonly CopiedClip[], at: Frames) => {
    const { base, target, view, commit, selectClips } = current();
    // The playhead cannot stand behind the last frame: on it, "here" means at the end.
    const from = at === view.lengthFrames - 1 ? view.lengthFrames : at;
    const { edit, clipIds } = pasteLinkedEdit(base, target, clips, from);
    selectClips(clipIds);
    commit(edit);
  };
  /** Adds one clip; an option that plays nothing gets its timeline in the same step. */
  const add = (edit: (project: Project, view: TimelineView, clipId: ClipId) => EditInput | null) => {
    const { base, target, view, commit, selectClips } = current();
    const clipId = newId<ClipId>('clip');
    const start = view.sections.every((section) => !section.sequence) ? newSequenceEdit(view) : null;
    const project = start ? applyEdit(base, editSchema.parse(start)) : base;
    const added = edit(project, start ? timelineView(project, target) : view, clipId);
    if (!added) return;
    selectClips([clipId]);
    const edits = added.type === 'batch' ? added.edits : [added];
    const label = added.type === 'batch' ? added.label : 'Add clip';
    commit(start ? { ...start, edits: [...start.edits, ...edits] } : keepLinked(base, added, label));
  };
  const copy = () => copySelected(current());
  return {
    split: () => {
      const { view, selection, commit } = current();
      commit(splitEdit(meant(itemsAtPlayhead(view, selection, frame())), frame()));
    },
    splitAll: () => {
      const { view, commit } = current();
      commit(splitEdit(view.items, frame()));
    },
    remove: () => remove(true),
    lift: () => remove(false),
    trimStart: () => trim('start'),
    trimEnd: () => trim('end'),
    addText: () =>
      add((project, view, clipId) => {
        const section = sectionAt(view, frame());
        return section && textEdit(project, section, frame(), nextFieldKey(section), clipId);
      }),
    addColour: () => add((_, view, clipId) => colourEdit(view, frame(), clipId)),
    copy: () => void copy(),
    cut: () => {
      if (copy()) remove(true);
    },
    paste: () => {
      const copied = clipboard();
      if (copied?.kind === 'clips') paste(copied.clips, frame());
      else if (copied) pasteTransition(current(), copied.transition);
    },
    duplicate: () => {
      const { selectedItems } = current();
      if (selectedItems.length === 0) return;
      paste(copyItems(selectedItems), Math.max(...selectedItems.map((item) => item.endFrame)));
    },
    selectAll: () => current().select(current().view.items.map((item) => item.key)),
    selectNone: () => current().select([]),
    nudge: (deltaFrames) => {
      const { selectedItems, commit } = current();
      if (selectedItems.length > 0) commit(nudgeEdit(selectedItems, deltaFrames));
    },
    toggleKeyframes: () => toggleKeyframes(current()),
    toKeyframe: (direction) => toKeyframe(current(), direction),
    toCut: (direction) => {
      const { view, transport } = current();
      const cuts = new Set(view.items.flatMap((item) => [item.startFrame, item.endFrame]));
      const sorted = [...cuts, 0, view.lengthFrames].toSorted((a, b) => a - b);
      const next = direction > 0 ? sorted.find((cut) => cut > frame()) : sorted.findLast((cut) => cut < frame());
      if (next !== undefined) transport.seek(next);
    },
  };
}

/** The timeline's commands with their keys, for the keyboard, the palette and the shortcut overview. */
export function timelineCommands(
  actions: TimelineActions,
  scroll: ScrollDeeds,
  snapping: { isOn: boolean; toggle: () => void },
  hasSelection: boolean,
): Command[] {
  const group = 'Timeline';
  const command = (
    id: string,
    label: string,
    keys: string | string[],
    run: () => void,
    rest: Partial<Command> = {},
  ) => ({
    id: `timeline.${id}`,
    label,
    group,
    keys,
    run,
    ...rest,
  });
  const onSelection = { isEnabled: hasSelection };
  return [
    command('split', 'Split at the playhead', 'S', actions.split),
    command('splitAll', 'Split all tracks at the playhead', 'Alt+S', actions.splitAll),
    command('trimStart', 'Trim start to the playhead', 'Q', actions.trimStart),
    command('trimEnd', 'Trim end to the playhead', 'W', actions.trimEnd),
    command('remove', 'Delete and close the gap', ['Delete', 'Backspace'], actions.remove, onSelection),
    command('lift', 'Delete and leave a gap', ['Shift+Delete', 'Shift+Backspace'], actions.lift, onSelection),
    command('text', 'Add text', 'T', actions.addText),
    command('colour', 'Add colour', 'Shift+T', actions.addColour),
    command('copy', 'Copy clips or a transition', 'Mod+C', actions.copy, onSelection),
    command('cut', 'Cut clips or a transition', 'Mod+X', actions.cut, onSelection),
    command('paste', 'Paste clips or a transition', 'Mod+V', actions.paste),
    command('duplicate', 'Duplicate clips', 'Mod+D', actions.duplicate, onSelection),
    command('selectAll', 'Select all clips', 'Mod+A', actions.selectAll),
    command('nudgeBack', 'Nudge one frame earlier', 'Comma', () => actions.nudge(-1), {
      repeats: true,
      ...onSelection,
    }),
    command('nudgeOn', 'Nudge one frame later', '.', () => actions.nudge(1), { repeats: true, ...onSelection }),
    command('previousCut', 'Go to the previous cut', 'ArrowUp', () => actions.toCut(-1), { repeats: true }),
    command('nextCut', 'Go to the next cut', 'ArrowDown', () => actions.toCut(1), { repeats: true }),
    command('keyframes', 'Add or remove keyframes at the playhead', 'Shift+K', actions.toggleKeyframes, onSelection),
    command('previousKeyframe', 'Go to the previous keyframe', 'Alt+ArrowUp', () => actions.toKeyframe(-1), {
      repeats: true,
    }),
    command('nextKeyframe', 'Go to the next keyframe', 'Alt+ArrowDown', () => actions.toKeyframe(1), { repeats: true }),
    command('snap', `Turn snapping ${snapping.isOn ? 'off' : 'on'}`, 'Shift+N', snapping.toggle),
    command('zoomIn', 'Zoom in', 'Plus', () => scroll.zoomBy(1), { repeats: true }),
    command('zoomOut', 'Zoom out', '-', () => scroll.zoomBy(-1), { repeats: true }),
    command('showAll', 'Zoom to fit', 'Shift+Z', scroll.showAll),
  ];
}
