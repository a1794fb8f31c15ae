import { useRef } from 'react';
import { cn } from '../../ui/index.ts';
import { ClipBlock } from './clip-block.tsx';
import { useEditor } from './editor-model.ts';
import type { DragView } from './gesture-view.ts';
import { LaneHeader } from './lane-header.tsx';
import { laneHeightLimits, useLaneHeight } from './lane-heights.ts';
import { overscanPixels } from './lane-sizes.ts';
import { clipName } from './model/clip-name.ts';
import type { ClipItem, Lane } from './model/lanes.ts';
import { assetOf } from './model/trim.ts';
import { TransitionMarks } from './transition-marks.tsx';
import { headerWidth, type ScrollView } from './use-timeline-view.ts';

interface LaneRowProps {
  lane: Lane;
  scroll: ScrollView;
  drag: DragView;
}

/** A lane: its header, and those of its clips that are in view. */
export function LaneRow({ lane, scroll, drag }: LaneRowProps) {
  const model = useEditor();
  const { pixelsPerFrame, scrollLeft, width } = scroll;
  const [height, setHeight] = useLaneHeight(lane);
  const fromPixel = scrollLeft - overscanPixels;
  const toPixel = scrollLeft + width + overscanPixels;
  const shown = model.view.items.filter(
    (item) =>
      item.lane.key === lane.key &&
      item.endFrame * pixelsPerFrame >= fromPixel &&
      item.startFrame * pixelsPerFrame <= toPixel,
  );
  const lifted = new Set(drag.ghost?.items.map((item) => item.key));
  const framesPerSecond = model.view.rate.num / model.view.rate.den;
  const isTarget = drag.plan && drag.plan.kind !== 'new-track' && drag.plan.lane.key === lane.key;
  return (
    <div className="relative flex" style={{ height: height + 4 }}>
      <div
        className="sticky left-0 z-30 shrink-0 border-r border-b border-line bg-panel"
        style={{ width: headerWidth }}
      >
        <LaneHeader lane={lane} height={height + 3} />
        <HeightHandle name={lane.name} height={height} onChange={setHeight} />
      </div>
      <section
        aria-label={`Track ${lane.name}`}
        data-lane={lane.key}
        className={cn(
          'relative min-w-0 grow border-b border-line/70 py-0.5',
          lane.isMain && 'bg-raise/40',
          isTarget && 'bg-accent-soft/40',
          lane.isLocked && 'bg-[repeating-linear-gradient(135deg,transparent_0_6px,#ffffff08_6px_7px)]',
        )}
      >
        <div className="relative h-full">
          {shown.map((item) => {
            const assetId = assetOf(item);
            return (
              <ClipBlock
                key={item.key}
                item={item}
                asset={(assetId && model.assets.get(assetId)) ?? null}
                mediaBase={model.mediaBase}
                ratio={model.ratio}
                pixelsPerFrame={pixelsPerFrame}
                framesPerSecond={framesPerSecond}
                fromPixel={fromPixel}
                toPixel={toPixel}
                height={height}
                isSelected={model.selection.has(item.key)}
                isLifted={lifted.has(item.key)}
              />
            );
          })}
          <TransitionMarks lane={lane} scroll={scroll} height={height} />
          {drag.ghost && <Ghosts lane={lane} drag={drag.ghost} pixelsPerFrame={pixelsPerFrame} height={height} />}
        </div>
      </section>
    </div>
  );
}

/** The lower edge of a lane's header: drag it, or use the arrow keys; a double click puts the usual height back. */
function HeightHandle(props: { name: string; height: number; onChange: (height: number | null) => void }) {
  const { name, height, onChange } = props;
  const held = useRef<{ y: number; height: number } | null>(null);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter (WAI-ARIA) has no element of its own
    <div
      data-no-gesture
      role="separator"
      tabIndex={0}
      aria-label={`Height of track ${name}`}
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={laneHeightLimits.min}
      aria-valuemax={laneHeightLimits.max}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { y: event.clientY, height };
      }}
      onPointerMove={(event) => held.current && onChange(held.current.height + event.clientY - held.current.y)}
      onPointerUp={() => {
        held.current = null;
      }}
      onDoubleClick={() => onChange(null)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        event.stopPropagation();
        onChange(height + (event.key === 'ArrowDown' ? 8 : -8));
      }}
      className="absolute inset-x-0 -bottom-0.5 z-10 h-1.5 cursor-row-resize hover:bg-accent focus-visible:bg-accent focus-visible:outline-none active:bg-accent"
    />
  );
}

function Ghosts(props: { lane: Lane; drag: NonNullable<DragView['ghost']>; pixelsPerFrame: number; height: number }) {
  const model = useEditor();
  const { lane, drag, pixelsPerFrame, height } = props;
  const [held] = drag.items;
  if (!held) return null;
  const shift = drag.startFrame - held.startFrame;
  const isHere = (item: ClipItem) =>
    item.lane.key === held.lane.key ? drag.laneKey === lane.key : item.lane.key === lane.key;
  return drag.items.filter(isHere).map((item) => {
    const assetId = assetOf(item);
    return (
      <div
        key={item.key}
        aria-hidden
        className="pointer-events-none absolute top-0 z-10 flex items-start overflow-hidden rounded-md bg-accent/65 px-1.5 py-0.5 text-xs text-white shadow-pop ring-2 ring-accent ring-inset"
        style={{
          left: Math.max(0, item.startFrame + shift) * pixelsPerFrame,
          width: Math.max(4, item.clip.lengthFrames * pixelsPerFrame),
          height,
        }}
      >
        <span className="truncate">{clipName(item, (assetId && model.assets.get(assetId)) ?? null)}</span>
      </div>
    );
  });
}
