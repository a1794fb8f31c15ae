import { memo, useRef } from 'react';
import { cn } from '../../ui/index.ts';
import { type DragStore, useDrag } from './drag-store.ts';
import type { LaidView } from './laid-scale.ts';
import { LaneClips, useIsInView } from './lane-clips.tsx';
import type { LaneContents, LaneLooks } from './lane-contents.ts';
import { LaneHeader } from './lane-header.tsx';
import { laneHeightLimits, useLaneHeight } from './lane-heights.ts';
import { headerWidth } from './use-timeline-view.ts';

interface LaneRowProps extends LaneContents {
  looks: LaneLooks;
  scroll: LaidView;
  drag: DragStore;
}

/** A lane: its header, and those of its clips that are in view. Drawn anew only when something of it changes. */
export const LaneRow = memo(function LaneRow(props: LaneRowProps) {
  const { lane, items, transitions, looks, scroll, drag } = props;
  const row = useRef<HTMLDivElement>(null);
  const isInView = useIsInView(row, scroll.scrollRef);
  const [height, setHeight] = useLaneHeight(lane);
  const isTarget = useDrag(
    drag,
    ({ plan }) => plan !== null && plan.kind !== 'new-track' && plan.lane.key === lane.key,
  );
  const isSpare = !lane.isMain && lane.parts.length > 0 && items.length === 0;
  return (
    <div ref={row} className="relative flex" style={{ height: height + 4 }}>
      <div
        className="sticky left-0 z-30 shrink-0 border-r border-b border-line bg-panel"
        style={{ width: headerWidth }}
      >
        <LaneHeader lane={lane} height={height + 3} isSpare={isSpare} commit={looks.commit} />
        <HeightHandle name={lane.name} height={height} onChange={setHeight} />
      </div>
      <section
        aria-label={`Track ${lane.name}`}
        data-lane={lane.key}
        className={cn(
          'relative min-w-0 grow border-b border-line/70 py-0.5',
          lane.isMain && 'bg-raise/40',
          isTarget && 'bg-accent-soft/40',
          lane.isLocked &&
            'bg-[repeating-linear-gradient(135deg,transparent_0_6px,color-mix(in_srgb,var(--color-ink)_4%,transparent)_6px_7px)]',
        )}
      >
        {isInView && (
          <LaneClips
            lane={lane}
            items={items}
            transitions={transitions}
            looks={looks}
            scroll={scroll}
            drag={drag}
            height={height}
          />
        )}
      </section>
    </div>
  );
});

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
