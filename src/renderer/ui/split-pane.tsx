import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { usePaneSize } from '../state/panes.ts';
import { cn } from './cn.ts';

interface SplitPaneProps {
  /** Under which its size is remembered. */
  id: string;
  /** Accessible name of the handle: "Resize footage tray". */
  label: string;
  direction: 'row' | 'column';
  /** Which of the two children has the remembered size; the other takes the rest. */
  sized: 'first' | 'second';
  /** Pixels. */
  initial: number;
  min: number;
  max: number;
  /** Pixels the other pane keeps in a small window. */
  beside?: number;
  /** In a window too narrow for all (or at a high zoom) only the second pane is shown. */
  isFirstSpare?: boolean;
  children: readonly [ReactNode, ReactNode];
  className?: string;
}

/** Two panes with a handle between them; the size is remembered. Arrow keys move the handle, double click resets it. */
export function SplitPane(props: SplitPaneProps) {
  const { id, label, direction, sized, initial, min, max, beside, isFirstSpare, children, className } = props;
  const [size, setSize] = usePaneSize(id, initial);
  const frame = useRef<HTMLDivElement>(null);
  const isRow = direction === 'row';
  const bounded = Math.min(max, Math.max(min, size));
  const set = (next: number) => setSize(Math.round(Math.min(max, Math.max(min, next))));
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !frame.current) return;
    const box = frame.current.getBoundingClientRect();
    const at = isRow ? event.clientX - box.left : event.clientY - box.top;
    set(sized === 'first' ? at : (isRow ? box.width : box.height) - at);
  };
  const step = (event: KeyboardEvent) => {
    const grows = isRow ? 'ArrowRight' : 'ArrowDown';
    const shrinks = isRow ? 'ArrowLeft' : 'ArrowUp';
    if (event.key !== grows && event.key !== shrinks) return;
    event.preventDefault();
    const sign = (event.key === grows) === (sized === 'first') ? 1 : -1;
    set(bounded + sign * (event.shiftKey ? 64 : 16));
  };
  // In a small window (or at a high zoom) the other pane keeps enough to be used.
  const roomBeside = `calc(100% - ${beside ?? (isRow ? 280 : 190)}px)`;
  const spare = isFirstSpare ? 'max-[760px]:hidden' : '';
  const pane = (index: 0 | 1) => {
    const isSized = (sized === 'first') === (index === 0);
    return (
      <div
        className={cn('flex min-h-0 min-w-0 flex-col', isSized ? 'shrink-0' : 'grow basis-0', index === 0 && spare)}
        style={
          isSized
            ? isRow
              ? { width: bounded, maxWidth: roomBeside }
              : { height: bounded, maxHeight: roomBeside }
            : undefined
        }
      >
        {children[index]}
      </div>
    );
  };
  return (
    <div ref={frame} className={cn('flex min-h-0 min-w-0 grow', isRow ? 'flex-row' : 'flex-col', className)}>
      {pane(0)}
      {/* biome-ignore lint/a11y/useSemanticElements: a window splitter (WAI-ARIA) has no element of its own */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={isRow ? 'vertical' : 'horizontal'}
        aria-valuenow={bounded}
        aria-valuemin={min}
        aria-valuemax={max}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => setSize(initial)}
        onKeyDown={step}
        className={cn(
          'relative z-10 shrink-0 bg-line transition-colors hover:bg-accent focus-visible:bg-accent focus-visible:outline-none active:bg-accent',
          isRow ? 'w-px cursor-col-resize' : 'h-px cursor-row-resize',
          'before:absolute before:content-[""]',
          spare,
          isRow ? 'before:inset-y-0 before:-inset-x-1' : 'before:inset-x-0 before:-inset-y-1',
        )}
      />
      {pane(1)}
    </div>
  );
}
