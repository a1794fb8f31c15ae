import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { bezierOf, type Curve } from '#shared/model/index.ts';
import { cn } from '../../../ui/index.ts';
import { curvePath, type HandleIndex, valueRange, withHandle } from '../model/curve-shape.ts';

/** Pixels of the graph, and what is kept free around it. */
const size = { width: 296, height: 176, margin: 12 };
/** How far an arrow key moves a handle; with Shift ten times as far. */
const keyStep = 0.01;

interface CurveGraphProps {
  curve: Curve;
  /** Shows a curve while it is dragged. */
  onPreview: (curve: Curve) => void;
  /** Once, when let go. */
  onCommit: (curve: Curve) => void;
  /** The graph goes away while a handle is held. */
  onGiveUp: () => void;
}

interface Drawn {
  place: (x: number, y: number) => readonly [number, number];
  valueAt: (pixels: { x: number; y: number }) => { x: number; y: number };
}

/** Time to the right, value upwards; the range of values is the curve's own. */
function drawnIn({ low, high }: { low: number; high: number }): Drawn {
  const { width, height, margin } = size;
  const [across, down] = [width - 2 * margin, height - 2 * margin];
  return {
    place: (x, y) => [margin + x * across, margin + ((high - y) / (high - low)) * down],
    valueAt: ({ x, y }) => ({ x: (x - margin) / across, y: high - ((y - margin) / down) * (high - low) }),
  };
}

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const names = ['Start handle', 'End handle'] as const;

/** A curve drawn, with its two handles to drag; arrow keys move the one that has the focus. */
export function CurveGraph({ curve, onPreview, onCommit, onGiveUp }: CurveGraphProps) {
  const range = valueRange(curve);
  // While a handle is held the graph stays as it was: what is under the pointer must not run away.
  const held = useRef<{ handle: HandleIndex; range: typeof range; curve: Curve | null } | null>(null);
  const { place, valueAt } = drawnIn(held.current?.range ?? range);
  const bezier = bezierOf(curve);
  const giveUp = useRef(onGiveUp);
  giveUp.current = onGiveUp;
  useEffect(
    () => () => {
      if (held.current?.curve) giveUp.current();
    },
    [],
  );
  const finish = () => {
    const now = held.current;
    held.current = null;
    if (now?.curve) onCommit(now.curve);
  };
  const show = (next: Curve) => {
    if (held.current) held.current.curve = next;
    onPreview(next);
  };
  const press = (event: PointerEvent<HTMLElement>, handle: HandleIndex) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { handle, range, curve: null };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!held.current || !box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { x, y } = valueAt({ x: event.clientX - box.left, y: event.clientY - box.top });
    show(withHandle(curve, held.current.handle, x, y));
  };
  const key = (event: KeyboardEvent<HTMLElement>, handle: HandleIndex) => {
    const way = arrows[event.key];
    if (!way || !bezier || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    // A key held down is one gesture: it is kept when the key is let go.
    held.current ??= { handle, range, curve: null };
    const by = keyStep * (event.shiftKey ? 10 : 1);
    const from = held.current.curve ?? curve;
    const [x, y] = (bezierOf(from) ?? bezier).slice(handle * 2);
    show(withHandle(from, handle, (x ?? 0) + way[0] * by, (y ?? 0) + way[1] * by));
  };
  return (
    <div className="relative rounded-md bg-app" style={{ width: size.width, height: size.height }}>
      <svg aria-hidden width={size.width} height={size.height} className="block">
        <Ground place={place} />
        {bezier && <Arms bezier={bezier} place={place} />}
        <path d={curvePath(curve, place)} fill="none" strokeWidth={2} className="stroke-accent" />
      </svg>
      {bezier &&
        ([0, 1] as const).map((handle) => {
          const [x, y] = bezier.slice(handle * 2);
          const [left, top] = place(x ?? 0, y ?? 0);
          return (
            <button
              key={handle}
              type="button"
              aria-label={`${names[handle]}: time ${Math.round((x ?? 0) * 100)} %, value ${Math.round((y ?? 0) * 100)} %`}
              title={`${names[handle]}: drag, or use the arrow keys`}
              data-handle={handle}
              className={cn(
                'absolute size-3.5 -translate-1/2 cursor-grab touch-none rounded-full border-2 border-accent bg-panel',
                'hover:bg-accent focus-visible:bg-accent focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent',
              )}
              style={{ left, top }}
              onPointerDown={(event) => press(event, handle)}
              onPointerMove={move}
              onPointerUp={finish}
              onPointerCancel={finish}
              onKeyDown={(event) => key(event, handle)}
              onKeyUp={finish}
              onBlur={finish}
            />
          );
        })}
    </div>
  );
}

function Ground({ place }: Pick<Drawn, 'place'>) {
  const [left, bottom] = place(0, 0);
  const [right, top] = place(1, 1);
  return (
    <g fill="none" className="stroke-line-strong">
      <rect x={left} y={top} width={right - left} height={bottom - top} />
      <path d={`M${left} ${bottom}L${right} ${top}`} strokeDasharray="2 4" />
    </g>
  );
}

function Arms({ bezier, place }: { bezier: readonly number[] } & Pick<Drawn, 'place'>) {
  const [x1 = 0, y1 = 0, x2 = 1, y2 = 1] = bezier;
  const line = (from: readonly number[], to: readonly number[]) => `M${from.join(' ')}L${to.join(' ')}`;
  return (
    <path
      d={`${line(place(0, 0), place(x1, y1))}${line(place(1, 1), place(x2, y2))}`}
      className="stroke-ink-3"
      fill="none"
    />
  );
}
