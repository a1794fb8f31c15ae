import type { Asset, AssetKind, ClipId } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { Command } from '../../ui/index.ts';
import { copiedClip } from './clipboard.ts';
import type { EditorModel } from './editor-model.ts';
import { freezeActions } from './freeze-actions.ts';
import { canDetach, detachAudioEdit, linkEdit, unlinkEdit } from './model/detach-audio.ts';
import { moveEditPoint } from './model/edit-point.ts';
import { closeGapsEdit, type Gap, mainGaps } from './model/gaps.ts';
import type { ClipItem } from './model/lanes.ts';
import { stepsOf } from './model/links.ts';
import { markerAt, markerBeside, newMarkerEdit } from './model/markers.ts';
import { replaceMediaEdit } from './model/replace-media.ts';
import { slideEdit, slipEdit, type Tool } from './model/tool-edits.ts';
import { hasCuts } from './model/transition-edits.ts';
import { assetOf } from './model/trim.ts';

import { transitionActions } from './transition-actions.ts';
import type { ScrollDeeds } from './use-timeline-view.ts';

/** A dialog of the timeline. */
export type TimelineDialog = { kind: 'marker'; key: string } | { kind: 'attributes' } | { kind: 'find' };

/** What these actions need besides the model. */
export interface EditScene {
  model: () => EditorModel;
  tool: Tool;
  setTool: (tool: Tool) => void;
  open: (dialog: TimelineDialog) => void;
  pick: (wish: { title: string; kinds: readonly AssetKind[]; isMultiple: boolean }) => Promise<Asset[]>;
  scroll: ScrollDeeds;
}

/** Edits of cuts, gaps, links and markers, and what opens a dialog for more. */
export type EditActions = ReturnType<typeof editActions>;

/** Actions on the model as it is when they are called. */
export function editActions(scene: EditScene) {
  const { model: current, tool } = scene;
  const frame = () => current().transport.getState().frame;
  const optionsOf = ({ base, view, lengths, isStill }: EditorModel) => ({
    project: base,
    view,
    lengths,
    isStill,
    isAlone: false,
  });
  /** Clips chosen, one for each link: what is linked goes along by itself. */
  const leaders = (items: readonly ClipItem[]) =>
    items.filter(
      (item, at) =>
        item.clip.linkId === null ||
        items.findIndex(
          (other) => other.clip.linkId === item.clip.linkId && other.section.slotId === item.section.slotId,
        ) === at,
    );
  return {
    moveEdge: (deltaFrames: Frames) => {
      const model = current();
      const moved = moveEditPoint(tool, model.selection, frame(), deltaFrames, optionsOf(model));
      if (!model.commit(moved.edit)) return;
      model.transport.pause();
      model.transport.seek(moved.frame);
    },
    slip: (deltaFrames: Frames) => {
      const model = current();
      const [item] = leaders(model.selectedItems);
      if (item) model.commit(slipEdit(item, deltaFrames, optionsOf(model)).edit);
    },
    slide: (deltaFrames: Frames) => {
      const model = current();
      const [item] = leaders(model.selectedItems);
      if (item) model.commit(slideEdit(item, deltaFrames, optionsOf(model)).edit);
    },
    closeGap: (gap: Gap) => {
      const { base, commit } = current();
      commit(closeGapsEdit(base, [gap]));
    },
    closeGaps: () => {
      const { base, view, commit } = current();
      commit(closeGapsEdit(base, mainGaps(view)));
    },
    detachAudio: () => {
      const { selectedItems, commit, assets, selectClips } = current();
      const items = selectedItems.filter((item) => canDetach(item, hasSound(item, assets)));
      const edit = detachAudioEdit(items);
      if (!edit) return;
      const sounds = stepsOf(edit).flatMap((step) => (step.type === 'clip.add' ? [step.clip.id] : []));
      selectClips([...items.map((item) => item.clip.id), ...(sounds as ClipId[])]);
      commit(edit);
    },
    link: () => void current().commit(linkEdit(current().selectedItems)),
    unlink: () => void current().commit(unlinkEdit(current().selectedItems)),
    mark: () => {
      const { view, commit } = current();
      const known = markerAt(view, frame());
      if (known) scene.open({ kind: 'marker', key: known.key });
      else commit(newMarkerEdit(view, frame()));
    },
    toMarker: (direction: 1 | -1) => {
      const { view, transport } = current();
      const marker = markerBeside(view, frame(), direction);
      if (marker) transport.seek(marker.frame);
    },
    pasteAttributes: () => {
      if (copiedClip() && current().selectedItems.length > 0) scene.open({ kind: 'attributes' });
    },
    findText: () => scene.open({ kind: 'find' }),
    replaceMedia: async () => {
      const items = current().selectedItems.filter((item) => item.clip.content.kind === 'media');
      const [first] = items;
      if (!first) return;
      const kinds: AssetKind[] = first.lane.kind === 'audio' ? ['audio', 'video'] : ['video', 'image'];
      const [asset] = await scene.pick({ title: 'Replace media with', kinds, isMultiple: false });
      if (!asset) return;
      const { base, commit } = current();
      commit(replaceMediaEdit(items, asset, asset.probe.durationSeconds, base.rate));
    },
    ...transitionActions(current),
    ...freezeActions(current),
    showSelection: () => {
      const { selectedItems } = current();
      if (selectedItems.length === 0) return;
      scene.scroll.showRange(
        Math.min(...selectedItems.map((item) => item.startFrame)),
        Math.max(...selectedItems.map((item) => item.endFrame)),
      );
    },
  };
}

/** True when a clip's media can be heard. */
export function hasSound(item: ClipItem, assets: EditorModel['assets']): boolean {
  const assetId = assetOf(item);
  return assetId !== null && (assets.get(assetId)?.probe.audio.length ?? 0) > 0;
}

/** Tools with their keys, in the order of the tool bar. */
export const tools: readonly { tool: Tool; label: string; keys: string }[] = [
  { tool: 'select', label: 'Select', keys: 'V' },
  { tool: 'ripple', label: 'Ripple edit', keys: 'B' },
  { tool: 'roll', label: 'Roll', keys: 'N' },
  { tool: 'slip', label: 'Slip', keys: 'Y' },
  { tool: 'slide', label: 'Slide', keys: 'U' },
  { tool: 'razor', label: 'Razor', keys: 'C' },
];

/** The commands of {@link editActions} and of the tools, for the keyboard, the palette and the shortcut overview. */
export function editCommands(actions: EditActions, scene: EditScene, selectNone: () => void): Command[] {
  const { view, selectedItems, selection, assets } = scene.model();
  const group = 'Timeline';
  const command = (
    id: string,
    label: string,
    keys: string | undefined,
    run: () => void,
    rest: Partial<Command> = {},
  ) => ({
    id: `timeline.${id}`,
    label,
    group,
    ...(keys === undefined ? {} : { keys }),
    run,
    ...rest,
  });
  const repeats = { repeats: true };
  const onMarkers = { ...repeats, isEnabled: view.markers.length > 0 };
  const onSelection = { isEnabled: selectedItems.length > 0 };
  const onMedia = { isEnabled: selectedItems.some((item) => item.clip.content.kind === 'media') };
  const isTool = scene.tool !== 'select';
  return [
    ...tools.map(({ tool, label, keys }) => command(`tool.${tool}`, `${label} tool`, keys, () => scene.setTool(tool))),
    command('selectNone', 'Select nothing', 'Escape', () => (isTool ? scene.setTool('select') : selectNone()), {
      isHidden: true,
      isEnabled: isTool || selection.size > 0,
    }),
    command(
      'edgeBack',
      'Move the edit at the playhead one frame earlier',
      'Mod+ArrowLeft',
      () => actions.moveEdge(-1),
      repeats,
    ),
    command(
      'edgeOn',
      'Move the edit at the playhead one frame later',
      'Mod+ArrowRight',
      () => actions.moveEdge(1),
      repeats,
    ),
    command(
      'edgeFarBack',
      'Move the edit at the playhead five frames earlier',
      'Mod+Shift+ArrowLeft',
      () => actions.moveEdge(-5),
      repeats,
    ),
    command(
      'edgeFarOn',
      'Move the edit at the playhead five frames later',
      'Mod+Shift+ArrowRight',
      () => actions.moveEdge(5),
      repeats,
    ),
    command('slipBack', 'Slip one frame earlier', 'Alt+ArrowLeft', () => actions.slip(-1), { ...repeats, ...onMedia }),
    command('slipOn', 'Slip one frame later', 'Alt+ArrowRight', () => actions.slip(1), { ...repeats, ...onMedia }),
    command('slideBack', 'Slide one frame earlier', 'Alt+Comma', () => actions.slide(-1), {
      ...repeats,
      ...onSelection,
    }),
    command('slideOn', 'Slide one frame later', 'Alt+.', () => actions.slide(1), { ...repeats, ...onSelection }),
    command('closeGaps', 'Close all gaps of the main track', 'Shift+G', actions.closeGaps, {
      isEnabled: mainGaps(view).length > 0,
    }),
    command('detachAudio', 'Detach audio', 'Mod+Shift+D', actions.detachAudio, {
      isEnabled: selectedItems.some((item) => canDetach(item, hasSound(item, assets))),
    }),
    command('link', 'Link clips', 'Mod+L', actions.link, { isEnabled: selectedItems.length > 1 }),
    command('unlink', 'Unlink clips', 'Mod+Shift+L', actions.unlink, {
      isEnabled: selectedItems.some((item) => item.clip.linkId !== null),
    }),
    command('freeze', 'Insert a freeze frame at the playhead', 'Shift+F', actions.freeze, {
      isEnabled: view.items.length > 0,
    }),
    command('transition', 'Add a crossfade at the cut', 'Shift+D', actions.addTransition, {
      isEnabled: hasCuts(view),
    }),
    command('transitions', 'Add crossfades at all cuts of the main track', 'Alt+Shift+D', actions.addTransitions, {
      isEnabled: hasCuts(view),
    }),
    command('mark', 'Add or edit a marker', 'M', actions.mark),
    command('nextMarker', 'Go to the next marker', 'Shift+M', () => actions.toMarker(1), onMarkers),
    command('previousMarker', 'Go to the previous marker', 'Mod+Shift+M', () => actions.toMarker(-1), onMarkers),
    command('pasteAttributes', 'Paste attributes…', 'Mod+Alt+V', actions.pasteAttributes, onSelection),
    command('replaceMedia', 'Replace media…', 'Alt+R', () => void actions.replaceMedia(), onMedia),
    command('findText', 'Find and replace text…', 'Mod+Alt+F', actions.findText),
    command('showSelection', 'Zoom to the selection', 'Z', actions.showSelection, onSelection),
  ];
}
