import { Clapperboard } from 'lucide-react';
import { cn, EmptyState } from '../../ui/index.ts';
import { type DragStore, useDrag } from './drag-store.ts';
import type { SectionView } from './model/lanes.ts';
import { SeamMarks } from './transition-marks.tsx';
import { headerWidth } from './use-timeline-view.ts';

/** An empty strip between lanes; above them all it makes a new layer of what is dropped there. */
export function HeaderGap({ height, lane, drag }: { height: number; lane: 'above' | 'below'; drag: DragStore }) {
  const isTarget = useDrag(drag, ({ plan }) => lane === 'above' && plan?.kind === 'new-track');
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

/** The parts of a variant, above its tracks. */
export function SectionBar({ sections, scale }: { sections: readonly SectionView[]; scale: number }) {
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

/** Lines where a part begins. */
export function SectionEdges({ sections, scale }: { sections: readonly SectionView[]; scale: number }) {
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

/** Insertion mark, snap line and drawn selection of the drag under way. */
export function DragMarks({ drag: store, scale }: { drag: DragStore; scale: number }) {
  const dropFrame = useDrag(store, ({ plan }) => plan?.indicatorFrame ?? null);
  const snapAt = useDrag(store, (drag) => drag.snapAt);
  const marquee = useDrag(store, (drag) => drag.marquee);
  return (
    <>
      {dropFrame !== null && (
        <div
          data-testid="drop-indicator"
          className="absolute top-7 bottom-0 left-0 z-10 w-0.5 bg-accent shadow-[0_0_6px_var(--color-accent)]"
          style={{ transform: `translateX(${dropFrame * scale - 1}px)` }}
        />
      )}
      {snapAt !== null && (
        <div
          className="absolute top-7 bottom-0 left-0 z-10 w-px bg-warn"
          style={{ transform: `translateX(${snapAt * scale}px)` }}
        />
      )}
      {marquee && <div className="absolute z-10 rounded-sm border border-accent bg-accent-soft" style={marquee} />}
    </>
  );
}

/** Beside the pointer: by how much the drag under way changes something. */
export function DragTip({ drag }: { drag: DragStore }) {
  const tip = useDrag(drag, (view) => view.tip);
  if (!tip) return null;
  return (
    <div
      role="status"
      className="tabular pointer-events-none fixed top-0 left-0 z-70 rounded-md bg-lift px-2 py-0.5 font-mono text-xs shadow-pop"
      style={{ transform: `translate(${tip.x + 12}px, ${tip.y - 34}px)` }}
    >
      {tip.text}
    </div>
  );
}

/** Over a timeline without clips. */
export function EmptyTimeline() {
  return (
    <div className="pointer-events-none absolute inset-0 flex pl-39">
      <EmptyState icon={<Clapperboard />} title="Nothing on this timeline yet" size="sm">
        Drag footage here from the tray, or press T to start with words.
      </EmptyState>
    </div>
  );
}
