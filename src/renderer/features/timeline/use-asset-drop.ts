import type { DragEvent } from 'react';
import { isCancelled } from '#shared/errors/index.ts';
import { type Asset, clipsInARow, type EditInput, setMusicEdit, stillFramesAt } from '#shared/model/index.ts';
import { useEngine } from '../../engine/context.tsx';
import { useSettings } from '../../engine/queries.ts';
import { toast } from '../../ui/index.ts';
import { usePutCaptionsAt } from '../captions/use-put-captions.ts';
import { type DraggedAsset, hasAssetDrag, readAssetDrag } from './asset-drag.ts';
import type { DragStore } from './drag-store.ts';
import type { EditorModel } from './editor-model.ts';
import { noDrag } from './gesture-view.ts';
import { laneUnder, scrollAtEdges } from './hit-test.ts';
import { type ClipItem, snapPoints } from './model/lanes.ts';
import { keepLinked, withLinked } from './model/links.ts';
import { newSequenceEdit } from './model/new-sequence.ts';
import { asEdit, type DropPlan, placeClips, planDrop } from './model/placement.ts';
import { replaceMediaEdit } from './model/replace-media.ts';
import { nearestPoint, snapPixels } from './model/snap.ts';
import { headerWidth, type ScrollView } from './use-timeline-view.ts';

const noKeys: ReadonlySet<string> = new Set();

/** Media dragged onto the timeline from the footage tray or the library. */
export function useAssetDrop(model: EditorModel, scroll: ScrollView, isSnapping: boolean, drag: DragStore) {
  const engine = useEngine();
  const putCaptionsAt = usePutCaptionsAt(model.projectId);
  const stillSeconds = useSettings().data?.stillSeconds ?? 3;

  const planAt = (event: DragEvent, kind: 'visual' | 'audio'): DropPlan | null => {
    const frame = frameUnder(event, scroll);
    if (frame === null) return null;
    const points = snapPoints(model.view, model.transport.getState().frame, noKeys);
    const near = isSnapping ? nearestPoint(frame, points, snapPixels / scroll.pixelsPerFrame) : null;
    const over = laneUnder(event.clientX, event.clientY);
    return planDrop(model.view, {
      // The empty space below belongs to the main lane: the first drop of all usually lands there.
      over: over === 'below' && kind === 'visual' ? 'visual-0' : over,
      pointerFrame: frame,
      startFrame: near ?? frame,
      kind,
      isOverwriting: event.altKey,
      moved: noKeys,
    });
  };

  // With Shift, what is dropped on a clip takes the place of its media.
  const replacedBy = (event: DragEvent) => (event.shiftKey ? clipUnder(model, event) : null);
  const place = async (event: DragEvent, dragged: readonly DraggedAsset[]) => {
    const replaced = replacedBy(event);
    const over = laneUnder(event.clientX, event.clientY);
    const pointerFrame = frameUnder(event, scroll) ?? 0;
    const visualPlan = planAt(event, 'visual');
    const audioPlan = planAt(event, 'audio');
    const { assets } = await engine.library.getMany({ ids: dragged.map((one) => one.assetId) });
    const items = dragged.flatMap((one) => {
      const asset = assets.find((candidate) => candidate.id === one.assetId);
      return asset ? [{ ...one, asset }] : [];
    });
    const captions = items.find(({ asset }) => asset.kind === 'caption');
    if (captions) return putCaptionsAt(model.view, pointerFrame, captions.asset);
    if (replaced && items[0]) {
      replaceMedia(model, replaced, items[0].asset);
      return;
    }
    const stillFrames = stillFramesAt(model.project.rate, stillSeconds);
    const { rate } = model.project;
    const [first] = items;
    const music = first?.asset.kind === 'audio' ? musicEdit(model, over, first.asset) : null;
    if (music) return void model.commit(music);
    const seen = clipsInARow(
      items.filter(({ asset }) => asset.kind !== 'audio'),
      0,
      rate,
      stillFrames,
    );
    const heard = clipsInARow(
      items.filter(({ asset }) => asset.kind === 'audio'),
      0,
      rate,
      stillFrames,
    );
    const fresh = newSequenceEdit(model.view, seen);
    if (fresh && seen.length > 0) return void model.commit(fresh);
    const edits = [visualPlan && placeClips(visualPlan, seen), audioPlan && placeClips(audioPlan, heard)];
    const simple = edits.flatMap((edit) => (!edit ? [] : edit.type === 'batch' ? edit.edits : [edit]));
    model.selectClips([...seen, ...heard].map((clip) => clip.id));
    const label = items.length === 1 ? `Add ${first?.asset.name ?? 'media'}`.slice(0, 100) : 'Add media';
    const edit = asEdit(label, simple);
    model.commit(edit && keepLinked(model.base, edit, label));
  };

  return {
    dropHandlers: {
      onDragOver: (event: DragEvent) => {
        if (!hasAssetDrag(event.dataTransfer)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const replaced = replacedBy(event);
        const tip = { text: 'Replace the media of this clip', x: event.clientX, y: event.clientY };
        drag.set(replaced ? { ...noDrag, tip } : { ...noDrag, plan: planAt(event, 'visual') });
        scrollAtEdges(event, scroll);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) drag.set(noDrag);
      },
      onDrop: (event: DragEvent) => {
        if (!hasAssetDrag(event.dataTransfer)) return;
        event.preventDefault();
        event.stopPropagation();
        drag.set(noDrag);
        const dragged = readAssetDrag(event.dataTransfer);
        void place(event, dragged).catch((error: unknown) => isCancelled(error) || toast.error(error));
      },
    },
  };
}

/** The clip of media under a drag, whatever lies over it. */
function clipUnder(model: EditorModel, event: DragEvent): ClipItem | null {
  const key = document
    .elementsFromPoint(event.clientX, event.clientY)
    .map((element) => element.closest<HTMLElement>('[data-clip]')?.dataset.clip)
    .find((found) => found !== undefined);
  return model.view.items.find((item) => item.key === key && item.clip.content.kind === 'media') ?? null;
}

/** Puts media in the place of a clip's, and of what is linked to it. */
function replaceMedia(model: EditorModel, item: ClipItem, asset: Asset): void {
  const items = withLinked(model.view, [item]);
  model.commit(replaceMediaEdit(items, asset, asset.probe.durationSeconds, model.base.rate));
}

/** The frame under a drag; null while the timeline is not there. */
function frameUnder(event: DragEvent, scroll: ScrollView): number | null {
  const element = scroll.scrollRef.current;
  if (!element) return null;
  const x = event.clientX - element.getBoundingClientRect().left - headerWidth + element.scrollLeft;
  return Math.max(0, Math.floor(x / scroll.pixelsPerFrame));
}

/** Sound dropped on the music row becomes the music of the ad. */
function musicEdit(model: EditorModel, over: string, asset: Asset): EditInput | null {
  const lane = model.globals.find((candidate) => `global:${candidate.slot.id}` === over);
  if (lane?.slot.kind !== 'music') return null;
  return setMusicEdit({
    project: model.project,
    asset,
    ...(lane.option ? { optionId: lane.option.id } : {}),
  });
}
