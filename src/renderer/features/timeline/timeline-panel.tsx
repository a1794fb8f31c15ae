import { Clapperboard } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useNewestProject } from '../../engine/queries.ts';
import { rememberedAtom, useAskForMedia, useAtom } from '../../state/index.ts';
import { ContextMenu, cn, EmptyState, useCommands } from '../../ui/index.ts';
import { contextItems } from './context-items.tsx';
import { editActions, editCommands, type TimelineDialog } from './edit-actions.ts';
import { type EditorModel, modelOver, useEditor } from './editor-model.ts';
import type { DragView } from './gesture-view.ts';
import { GlobalRow } from './global-row.tsx';
import { laneUnder } from './hit-test.ts';
import { LaneRow } from './lane-row.tsx';
import { aboveHeight } from './lane-sizes.ts';
import { MarkerFlags, MarkerLines } from './marker-flags.tsx';
import { type Gap, gapAt } from './model/gaps.ts';
import type { SectionView } from './model/lanes.ts';
import { withLinked } from './model/links.ts';
import type { Tool } from './model/tool-edits.ts';
import { contentWidth } from './model/zoom.ts';
import { Playhead, PlayheadHandle } from './playhead.tsx';
import { Ruler } from './ruler.tsx';
import { timelineActions, timelineCommands } from './timeline-commands.ts';
import { TimelineDialogs } from './timeline-dialogs.tsx';
import { TimelineToolbar } from './timeline-toolbar.tsx';
import { toolCursors } from './tool-bar.tsx';
import { SeamMarks } from './transition-marks.tsx';
import { useAssetDrop } from './use-asset-drop.ts';
import { useGestures } from './use-gestures.ts';
import { headerWidth, type ScrollView, useScrollView } from './use-timeline-view.ts';

const snappingAtom = rememberedAtom('timeline.snapping', true);

function identityOf(model: EditorModel): string {
  return model.target.kind === 'option' ? model.target.optionId : JSON.stringify(model.target.variant);
}

/** Tracks, ruler and playhead of what is edited. */
export function TimelinePanel() {
  const model = useEditor();
  const { view, transport } = model;
  const [isSnapping, setSnapping] = useAtom(snappingAtom);
  const scroll = useScrollView(view.lengthFrames, transport, identityOf(model));
  const latest = useRef(model);
  latest.current = model;
  const newest = useNewestProject(model.projectId);
  const current = useCallback(() => modelOver(latest.current, newest() ?? latest.current.base), [newest]);
  const actions = useMemo(() => timelineActions(current), [current]);
  const toggleSnapping = () => setSnapping((isOn) => !isOn);
  const snapping = { isOn: isSnapping, toggle: toggleSnapping };
  const [tool, setTool] = useState<Tool>('select');
  const [dialog, setDialog] = useState<TimelineDialog | null>(null);
  const pick = useAskForMedia();
  const scene = { model: current, tool, setTool, open: setDialog, pick, scroll };
  const edits = editActions(scene);
  useCommands([
    ...timelineCommands(actions, scroll, snapping, model.selection.size > 0),
    ...editCommands(edits, scene, actions.selectNone),
  ]);
  const openMarker = (key: string) => setDialog({ kind: 'marker', key });
  const { drag: gestureDrag, gestures, onMove } = useGestures({ model, scroll, isSnapping, tool, openMarker });
  /** Where the context menu was opened: the gap it may close. */
  const [gap, setGap] = useState<Gap | null>(null);
  const { dropDrag, dropHandlers } = useAssetDrop(model, scroll, isSnapping);
  const drag = dropDrag.plan || dropDrag.tip ? dropDrag : gestureDrag;
  const width = contentWidth(view.lengthFrames, scroll.pixelsPerFrame, scroll.width);

  return (
    <section aria-label="Timeline" className="isolate flex min-h-0 min-w-0 grow flex-col bg-panel">
      <TimelineToolbar
        actions={actions}
        scroll={scroll}
        isSnapping={isSnapping}
        onSnapping={toggleSnapping}
        tool={tool}
        onTool={setTool}
        onMark={edits.mark}
        onTransition={edits.addTransition}
      />
      <ContextMenu items={contextItems(model, actions, edits, gap)}>
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
            setGap(gapUnder(event, model, scroll));
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
                <MarkerFlags scroll={scroll} />
                <PlayheadHandle transport={transport} pixelsPerFrame={scroll.pixelsPerFrame} />
              </div>
            </div>
            {model.target.kind === 'variant' && <SectionBar sections={view.sections} scale={scroll.pixelsPerFrame} />}
            <HeaderGap height={aboveHeight} lane="above" isTarget={drag.plan?.kind === 'new-track'} />
            {view.lanes.map((lane) => (
              <LaneRow key={lane.key} lane={lane} scroll={scroll} drag={drag} />
            ))}
            {model.globals.length > 0 && <HeaderGap height={8} lane="below" isTarget={false} />}
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
      {drag.tip && (
        <div
          role="status"
          className="tabular pointer-events-none fixed z-70 rounded-md bg-lift px-2 py-0.5 font-mono text-xs shadow-pop"
          style={{ left: drag.tip.x + 12, top: drag.tip.y - 34 }}
        >
          {drag.tip.text}
        </div>
      )}
      <TimelineDialogs dialog={dialog} onClose={() => setDialog(null)} />
    </section>
  );
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

function HeaderGap({ height, lane, isTarget }: { height: number; lane: string; isTarget: boolean }) {
  return (
    <div className="flex shrink-0" style={{ height }}>
      <div className="sticky left-0 z-30 border-r border-line bg-panel" style={{ width: headerWidth }} />
      <div data-lane={lane} className={cn('grow', isTarget && 'bg-accent-soft')} />
    </div>
  );
}

const roleColours = {
  hook: 'bg-hook text-black',
  body: 'bg-body text-black',
  cta: 'bg-cta text-black',
  custom: 'bg-custom text-black',
} as const;

function SectionBar({ sections, scale }: { sections: readonly SectionView[]; scale: number }) {
  return (
    <div className="sticky top-7 z-55 flex h-5 shrink-0 bg-panel">
      <div className="sticky left-0 z-10 shrink-0 border-r border-line bg-panel" style={{ width: headerWidth }} />
      <div className="relative grow">
        {sections.map((section) => (
          <div
            key={section.slotId}
            data-section={section.slotId}
            title={`${section.slotName}: ${section.optionName}`}
            className={cn(
              'absolute inset-y-0.5 truncate rounded-sm px-1.5 text-xs leading-4 font-semibold',
              roleColours[section.role],
            )}
            style={{ left: section.startFrame * scale, width: Math.max(2, section.lengthFrames * scale - 1) }}
          >
            {section.lengthFrames * scale > 24 && section.optionName}
          </div>
        ))}
        <SeamMarks scale={scale} />
      </div>
    </div>
  );
}

function SectionEdges({ sections, scale }: { sections: readonly SectionView[]; scale: number }) {
  return sections
    .slice(1)
    .map((section) => (
      <div
        key={section.slotId}
        className="absolute top-7 bottom-0 border-l border-dashed border-ink-3/50"
        style={{ left: section.startFrame * scale }}
      />
    ));
}

/** Insertion mark, snap line and drawn selection. */
function DragMarks({ drag, scale }: { drag: DragView; scale: number }) {
  return (
    <>
      {drag.plan && (
        <div
          data-testid="drop-indicator"
          className="absolute top-7 bottom-0 z-10 w-0.5 -translate-x-px bg-accent shadow-[0_0_6px_var(--color-accent)]"
          style={{ left: drag.plan.indicatorFrame * scale }}
        />
      )}
      {drag.snapAt !== null && (
        <div className="absolute top-7 bottom-0 z-10 w-px bg-warn" style={{ left: drag.snapAt * scale }} />
      )}
      {drag.marquee && (
        <div className="absolute z-10 rounded-sm border border-accent bg-accent-soft" style={drag.marquee} />
      )}
    </>
  );
}

function EmptyTimeline() {
  return (
    <div className="pointer-events-none absolute inset-0 flex pl-39">
      <EmptyState icon={<Clapperboard />} title="Nothing on this timeline yet" size="sm">
        Drag footage here from the tray, or press T to start with words.
      </EmptyState>
    </div>
  );
}
