import { useCallback, useMemo, useRef, useState } from 'react';
import { useNewestProject } from '../../engine/queries.ts';
import { rememberedAtom, useAskForMedia, useAtom } from '../../state/index.ts';
import { ContextMenu, cn, useCommands } from '../../ui/index.ts';
import { BeatMarks } from './beat-marks.tsx';
import { contextItems, type MenuPlace } from './context-items.tsx';
import { DragStore } from './drag-store.ts';
import { editActions, editCommands, type TimelineDialog } from './edit-actions.ts';
import { type EditorModel, modelOver, useEditor } from './editor-model.ts';
import { GlobalRow } from './global-row.tsx';
import { laneUnder } from './hit-test.ts';
import { LaneRow } from './lane-row.tsx';
import { aboveHeight } from './lane-sizes.ts';
import { MarkerFlags, MarkerLines } from './marker-flags.tsx';
import { type Gap, gapAt } from './model/gaps.ts';
import { withLinked } from './model/links.ts';
import type { Tool } from './model/tool-edits.ts';
import { hasCuts } from './model/transition-edits.ts';
import { contentWidth } from './model/zoom.ts';
import { Playhead, PlayheadHandle } from './playhead.tsx';
import { RangeBand } from './range-band.tsx';
import { Ruler } from './ruler.tsx';
import { timelineActions, timelineCommands } from './timeline-commands.ts';
import { TimelineDialogs } from './timeline-dialogs.tsx';
import { DragMarks, DragTip, EmptyTimeline, HeaderGap, SectionBar, SectionEdges } from './timeline-overlays.tsx';
import { TimelineToolbar } from './timeline-toolbar.tsx';
import { toolCursors } from './tool-bar.tsx';
import { useAssetDrop } from './use-asset-drop.ts';
import { tempoWords } from './use-beats.ts';
import { useGestures } from './use-gestures.ts';
import { useRange } from './use-range.ts';
import { useSoundTools } from './use-sound-tools.ts';
import { headerWidth, type ScrollView, useScrollView } from './use-timeline-view.ts';

const snappingAtom = rememberedAtom('timeline.snapping', true);

function identityOf(model: EditorModel): string {
  return model.target.kind === 'option' ? model.target.optionId : JSON.stringify(model.target.variant);
}

/** The model over the project as it is when asked, edits of this very turn included. */
function useCurrentModel(model: EditorModel): () => EditorModel {
  const latest = useRef(model);
  latest.current = model;
  const newest = useNewestProject(model.projectId);
  return useCallback(() => modelOver(latest.current, newest() ?? latest.current.base), [newest]);
}

function useSnapping() {
  const [isOn, setOn] = useAtom(snappingAtom);
  const toggle = useCallback(() => setOn((before) => !before), [setOn]);
  return { isOn, toggle };
}

/** Tracks, ruler and playhead of what is edited. */
export function TimelinePanel() {
  const model = useEditor();
  const { view, transport } = model;
  const snapping = useSnapping();
  const scroll = useScrollView(view.lengthFrames, transport, identityOf(model));
  const current = useCurrentModel(model);
  const actions = useMemo(() => timelineActions(current), [current]);
  const [tool, setTool] = useState<Tool>('select');
  const [dialog, setDialog] = useState<TimelineDialog | null>(null);
  const scene = { model: current, tool, setTool, open: setDialog, pick: useAskForMedia(), scroll };
  const edits = editActions(scene);
  const latestEdits = useRef(edits);
  latestEdits.current = edits;
  const mark = useCallback(() => latestEdits.current.mark(), []);
  const addTransition = useCallback(() => latestEdits.current.addTransition(), []);
  const sound = useSoundTools(current);
  useCommands([
    ...timelineCommands(actions, scroll, snapping, model.selection.size > 0),
    ...editCommands(edits, scene, actions.selectNone),
    ...sound.soundCommands,
  ]);
  const openMarker = (key: string) => setDialog({ kind: 'marker', key });
  const [drag] = useState(() => new DragStore());
  const { gestures, onMove } = useGestures({ model, scroll, isSnapping: snapping.isOn, tool, openMarker }, drag);
  const range = useRange(model, current);
  /** Where the context menu was opened: the gap it may close, and the lane. */
  const [place, setPlace] = useState<MenuPlace>({ gap: null, laneKey: 'below' });
  const { dropHandlers } = useAssetDrop(model, scroll, snapping.isOn, drag);
  const width = contentWidth(view.lengthFrames, scroll.pixelsPerFrame, scroll.width);

  return (
    <section aria-label="Timeline" className="isolate flex min-h-0 min-w-0 grow flex-col bg-panel">
      <TimelineToolbar
        actions={actions}
        projectId={model.projectId}
        hasSelection={model.selection.size > 0}
        isEmpty={view.items.length === 0}
        zoomBy={scroll.zoomBy}
        showAll={scroll.showAll}
        isSnapping={snapping.isOn}
        onSnapping={snapping.toggle}
        tool={tool}
        onTool={setTool}
        onMark={mark}
        onTransition={addTransition}
        onBeats={sound.showBeats}
        tempo={tempoWords(model.beats)}
        hasCuts={hasCuts(view)}
      />
      <ContextMenu items={() => contextItems(model, { actions, edits, sounds: sound.sounds }, { ...place, range })}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
        <div
          ref={scroll.scrollRef}
          role="group"
          aria-label="Tracks"
          data-testid="timeline-scroll"
          data-tool={tool}
          className={cn('relative min-h-0 grow touch-none overflow-auto overscroll-contain', toolCursors[tool])}
          onContextMenu={(event) => {
            selectUnder(event, model);
            setPlace(placeUnder(event, model, scroll));
          }}
          {...dropHandlers}
        >
          <div
            className="relative flex min-h-full flex-col"
            style={{ width: headerWidth + width }}
            onPointerDown={gestures.press}
            onPointerMove={onMove}
            onPointerUp={gestures.release}
            onPointerCancel={gestures.cancel}
            data-lane="below"
          >
            <div className="sticky top-0 z-60 flex h-7 shrink-0">
              <div
                className="sticky left-0 z-10 shrink-0 border-r border-b border-line bg-panel"
                style={{ width: headerWidth }}
              />
              <div
                data-ruler
                data-testid="ruler"
                className="relative grow cursor-ew-resize border-b border-line bg-panel"
              >
                <Ruler
                  rate={view.rate}
                  pixelsPerFrame={scroll.pixelsPerFrame}
                  scrollLeft={scroll.scrollLeft}
                  width={scroll.width}
                />
                <BeatMarks scroll={scroll} />
                <RangeBand range={range.range} scale={scroll.pixelsPerFrame} />
                <MarkerFlags scroll={scroll} />
                <PlayheadHandle transport={transport} pixelsPerFrame={scroll.pixelsPerFrame} />
              </div>
            </div>
            {model.target.kind === 'variant' && <SectionBar sections={view.sections} scale={scroll.pixelsPerFrame} />}
            <HeaderGap height={aboveHeight} lane="above" drag={drag} />
            {view.lanes.map((lane) => (
              <LaneRow key={lane.key} lane={lane} scroll={scroll} drag={drag} />
            ))}
            {model.globals.length > 0 && <HeaderGap height={8} lane="below" drag={drag} />}
            {model.globals.map((lane) => (
              <GlobalRow key={lane.slot.id} lane={lane} scroll={scroll} />
            ))}
            <div className="flex grow">
              <div className="sticky left-0 z-30 border-r border-line bg-panel" style={{ width: headerWidth }} />
            </div>
            <div className="pointer-events-none absolute inset-y-0" style={{ left: headerWidth, width }}>
              <SectionEdges sections={view.sections} scale={scroll.pixelsPerFrame} />
              <MarkerLines scale={scroll.pixelsPerFrame} />
              <DragMarks drag={drag} scale={scroll.pixelsPerFrame} />
              <Playhead transport={transport} pixelsPerFrame={scroll.pixelsPerFrame} />
            </div>
          </div>
          {view.items.length === 0 && <EmptyTimeline />}
        </div>
      </ContextMenu>
      <DragTip drag={drag} />
      <TimelineDialogs dialog={dialog} onClose={() => setDialog(null)} />
    </section>
  );
}

/** What a right click is on. */
function placeUnder(event: React.MouseEvent, model: EditorModel, scroll: ScrollView): MenuPlace {
  return { gap: gapUnder(event, model, scroll), laneKey: laneUnder(event.clientX, event.clientY) };
}

/** The empty stretch of a lane that a right click is on. */
function gapUnder(event: React.MouseEvent, model: EditorModel, scroll: ScrollView): Gap | null {
  const element = scroll.scrollRef.current;
  if (!element || (event.target as HTMLElement).closest('[data-clip], [data-global], [data-transition]')) return null;
  const x = event.clientX - element.getBoundingClientRect().left - headerWidth + element.scrollLeft;
  return gapAt(model.view, laneUnder(event.clientX, event.clientY), Math.floor(x / scroll.pixelsPerFrame));
}

/** A right click selects what it is on, with what is linked to it, as a left click would. */
function selectUnder(event: React.MouseEvent, model: EditorModel): void {
  const target = event.target as HTMLElement;
  const key =
    target.closest<HTMLElement>('[data-transition]')?.dataset.transition ??
    target.closest<HTMLElement>('[data-seam]')?.dataset.seam ??
    target.closest<HTMLElement>('[data-clip]')?.dataset.clip ??
    target.closest<HTMLElement>('[data-global]')?.dataset.global;
  if (!key || model.selection.has(key)) return;
  const items = model.view.items.filter((item) => item.key === key);
  model.select([key, ...withLinked(model.view, items).map((item) => item.key)]);
}
