import { type RefObject, useImperativeHandle, useState } from 'react';
import { ContextMenu, cn } from '../../ui/index.ts';
import { BeatMarks } from './beat-marks.tsx';
import { contextItems, type MenuPlace } from './context-items.tsx';
import { DragStore } from './drag-store.ts';
import type { EditActions } from './edit-actions.ts';
import { type EditorModel, useLiveEditor } from './editor-model.ts';
import { GlobalRow } from './global-row.tsx';
import { laneUnder } from './hit-test.ts';
import { useLaid } from './laid-scale.ts';
import { useLaneContents, useLaneLooks } from './lane-contents.ts';
import { LaneRow } from './lane-row.tsx';
import { aboveHeight } from './lane-sizes.ts';
import { MarkerFlags, MarkerLines } from './marker-flags.tsx';
import { type Gap, gapAt } from './model/gaps.ts';
import { withLinked } from './model/links.ts';
import type { Tool } from './model/tool-edits.ts';
import { contentWidth } from './model/zoom.ts';
import { Playhead, PlayheadHandle } from './playhead.tsx';
import { RangeBand } from './range-band.tsx';
import { Ruler } from './ruler.tsx';
import type { SoundActions } from './sound-actions.ts';
import type { TimelineActions } from './timeline-commands.ts';
import { DragMarks, DragTip, EmptyTimeline, HeaderGap, SectionBar, SectionEdges } from './timeline-overlays.tsx';
import { toolCursors } from './tool-bar.tsx';
import { useAssetDrop } from './use-asset-drop.ts';
import { useGestures } from './use-gestures.ts';
import type { RangeActions } from './use-range.ts';
import { headerWidth, type ScrollView, useScrollView } from './use-timeline-view.ts';

interface TracksProps {
  /** The ways to zoom and scroll, for keys and buttons elsewhere. */
  handle: RefObject<ScrollView | null>;
  tool: Tool;
  isSnapping: boolean;
  range: RangeActions;
  /** What a context menu offers. */
  menu: () => { actions: TimelineActions; edits: EditActions; sounds: SoundActions };
  openMarker: (key: string) => void;
}

function identityOf(model: EditorModel): string {
  return model.target.kind === 'option' ? model.target.optionId : JSON.stringify(model.target.variant);
}

/** Ruler, lanes and playhead: what is drawn anew while a hand is at work on it, or zooms. */
export function TimelineTracks(props: TracksProps) {
  const model = useLiveEditor();
  const { view, transport } = model;
  const { tool, isSnapping, openMarker } = props;
  const scroll = useScrollView(view.lengthFrames, transport, identityOf(model));
  useImperativeHandle(props.handle, () => scroll, [scroll]);
  const laid = useLaid(scroll);
  const lanes = useLaneContents(view, model.transitions);
  const looks = useLaneLooks(model);
  const [drag] = useState(() => new DragStore());
  const { gestures, onMove } = useGestures({ model, scroll, isSnapping, tool, openMarker }, drag);
  /** Where the context menu was opened: the gap it may close, and the lane. */
  const [place, setPlace] = useState<MenuPlace>({ gap: null, laneKey: 'below' });
  const { dropHandlers } = useAssetDrop(model, scroll, isSnapping, drag);
  const width = contentWidth(view.lengthFrames, scroll.pixelsPerFrame, scroll.width);
  return (
    <>
      <ContextMenu items={() => contextItems(model, props.menu(), { ...place, range: props.range })}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
        <div
          ref={scroll.scrollRef}
          role="group"
          aria-label="Tracks"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the menu key opens the menu of what is selected
          tabIndex={0}
          data-area
          data-testid="timeline-scroll"
          data-tool={tool}
          className={cn(
            'ring-inset-focus relative min-h-0 grow touch-none overflow-auto overscroll-contain',
            toolCursors[tool],
          )}
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
                <RangeBand range={props.range.range} scale={scroll.pixelsPerFrame} />
                <MarkerFlags scroll={scroll} />
                <PlayheadHandle transport={transport} pixelsPerFrame={scroll.pixelsPerFrame} />
              </div>
            </div>
            {model.target.kind === 'variant' && <SectionBar sections={view.sections} scale={scroll.pixelsPerFrame} />}
            <HeaderGap height={aboveHeight} lane="above" drag={drag} />
            {lanes.map(({ lane, items, transitions }) => (
              <LaneRow
                key={lane.key}
                lane={lane}
                items={items}
                transitions={transitions}
                looks={looks}
                scroll={laid}
                drag={drag}
              />
            ))}
            {model.globals.length > 0 && <HeaderGap height={8} lane="below" drag={drag} />}
            {model.globals.map((lane) => (
              <GlobalRow key={lane.slot.id} lane={lane} scroll={laid} />
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
    </>
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
