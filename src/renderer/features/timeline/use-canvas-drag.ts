import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { type Area, fullSizes, type Layout, type Size } from '#shared/model/index.ts';
import type { CanvasItem } from './canvas-items.ts';
import { type EditorModel, useSettledEditor } from './editor-model.ts';
import { type Guide, guideLines, snapWay, type Way } from './model/canvas-snap.ts';
import { changedIn, frameIn, layoutChange, layoutOfFrame } from './model/ratio-layout.ts';
import { useOnlyThisRatio } from './only-this-ratio.ts';

/** Pixels of the screen within which lines draw things to them. */
const reachPx = 6;
/** Movement below this is a click. */
const slackPx = 3;

type Keys = Pick<PointerEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>;

interface Drag {
  item: CanvasItem;
  /** The whole thing is moved, its size changed by a corner, or it is turned by the handle above it. */
  kind: 'move' | 'scale' | 'turn';
  from: Way;
  layout: Layout;
  isMoved: boolean;
}

const labels: Record<Drag['kind'], string> = {
  move: 'Move on the picture',
  scale: 'Scale on the picture',
  turn: 'Turn on the picture',
};

const rounded = (value: number, most: number) => Math.min(most, Math.max(-most, Math.round(value * 10_000) / 10_000));

/** Where a pointer is, in parts of the element. */
function pointIn(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Way {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / Math.max(1, width), y: (clientY - top) / Math.max(1, height) };
}

function contains({ x, y, width, height }: Area, point: Way): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
}

const fillsFrame = ({ box }: CanvasItem) => box.width >= 0.98 && box.height >= 0.98;

/** What a press means: the selected thing under it, else the topmost. A selected ground does not keep what lies on it. */
function itemUnder(items: readonly CanvasItem[], point: Way, { selection }: EditorModel): CanvasItem | null {
  const hit = items.filter(({ box }) => contains(box, point));
  const selected = hit.find(({ holder }) => selection.has(holder.key));
  const [top = null] = hit;
  return selected && !(top && fillsFrame(selected) && !fillsFrame(top)) ? selected : top;
}

/** The rotation that a drag of the handle means: to half degrees, with Shift to steps of 15, drawn to upright without Ctrl. */
function turnedTo(from: Way, to: Way, layout: Layout, frame: Size, keys: Keys): number {
  const angleOf = (point: Way) =>
    (Math.atan2((point.y - 0.5 - layout.y) * frame.height, (point.x - 0.5 - layout.x) * frame.width) * 180) / Math.PI;
  // The short way round.
  const near = layout.rotationDeg + ((angleOf(to) - angleOf(from) + 540) % 360) - 180;
  const level = Math.round(near / 90) * 90;
  if (!(keys.ctrlKey || keys.metaKey) && Math.abs(near - level) < 2) return level;
  const step = keys.shiftKey ? 15 : 0.5;
  return Math.round(near / step) * step;
}

/** Moving, scaling and turning on the picture. `items`: what is seen, topmost first; `safe`: the box that things are drawn to. */
export function useCanvasDrag(items: readonly CanvasItem[], safe: Area | null) {
  const model = useSettledEditor();
  const [isOnlyHere] = useOnlyThisRatio();
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const drag = useRef<Drag | null>(null);
  const latest = useRef(model);
  latest.current = model;

  const end = () => {
    drag.current = null;
    setGuides([]);
  };
  useEffect(() => {
    const giveUp = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !drag.current) return;
      event.stopPropagation();
      latest.current.draft(null);
      drag.current = null;
      setGuides([]);
    };
    window.addEventListener('keydown', giveUp, true);
    return () => window.removeEventListener('keydown', giveUp, true);
  }, []);

  /** The layout that a pointer's place means. */
  function changed(event: PointerEvent<HTMLElement>, { item, kind, from, layout }: Drag): Partial<Layout> {
    const element = event.currentTarget;
    const to = pointIn(element, event);
    const { width, height } = fullSizes[model.ratio];
    if (kind === 'turn') return { rotationDeg: turnedTo(from, to, layout, { width, height }, event) };
    if (kind === 'scale') {
      const reachOf = (point: Way) =>
        Math.hypot((point.x - 0.5 - layout.x) * width, (point.y - 0.5 - layout.y) * height);
      const factor = reachOf(to) / Math.max(1, reachOf(from));
      return { scale: Math.min(20, Math.max(0.01, Math.round(layout.scale * factor * 1000) / 1000)) };
    }
    const free = { x: to.x - from.x, y: to.y - from.y };
    if (event.shiftKey) free[Math.abs(free.x) > Math.abs(free.y) ? 'y' : 'x'] = 0;
    const { clientWidth, clientHeight } = element;
    const reach = { x: reachPx / Math.max(1, clientWidth), y: reachPx / Math.max(1, clientHeight) };
    const isFree = event.ctrlKey || event.metaKey;
    const { way, guides: met } = isFree ? { way: free, guides: [] } : snapWay(item.box, free, guideLines(safe), reach);
    setGuides(met);
    return { x: rounded(layout.x + way.x, 2), y: rounded(layout.y + way.y, 2) };
  }

  function edit(event: PointerEvent<HTMLElement>, now: Drag) {
    const patch = changed(event, now);
    const label = labels[now.kind];
    const { holder } = now.item;
    const frame = frameIn(holder, model.transport.getState().frame);
    return layoutChange([holder], label, (shape) => changedIn(shape, model.ratio, patch, isOnlyHere, frame));
  }

  function begin(event: PointerEvent<HTMLElement>, item: CanvasItem, kind: Drag['kind']) {
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = pointIn(event.currentTarget, event);
    const frame = frameIn(item.holder, model.transport.getState().frame);
    const layout = layoutOfFrame(item.holder.clip, model.ratio, frame);
    drag.current = { item, kind, from, layout, isMoved: false };
  }

  return {
    guides,
    press(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const point = pointIn(event.currentTarget, event);
      const corner = (event.target as Element).closest<HTMLElement>('[data-corner]')?.dataset.corner;
      const held = items.find(({ holder }) => holder.key === corner);
      if (held) return begin(event, held, 'scale');
      const turn = (event.target as Element).closest<HTMLElement>('[data-turn]')?.dataset.turn;
      const turned = items.find(({ holder }) => holder.key === turn);
      if (turned) return begin(event, turned, 'turn');
      const item = itemUnder(items, point, model);
      const isSelected = item !== null && model.selection.has(item.holder.key);
      if (!isSelected) model.select(item ? [item.holder.key] : []);
      // What fills the frame moves only once it is selected: it is easily hit by chance.
      if (item && (isSelected || !fillsFrame(item))) begin(event, item, 'move');
    },
    move(event: PointerEvent<HTMLElement>) {
      const now = drag.current;
      if (!now) return;
      const point = pointIn(event.currentTarget, event);
      const { clientWidth, clientHeight } = event.currentTarget;
      const gone = Math.hypot((point.x - now.from.x) * clientWidth, (point.y - now.from.y) * clientHeight);
      if (!now.isMoved && gone < slackPx) return;
      now.isMoved = true;
      model.draft(edit(event, now));
    },
    release(event: PointerEvent<HTMLElement>) {
      const now = drag.current;
      if (!now) return;
      if (now.isMoved) model.commit(edit(event, now));
      end();
    },
    cancel() {
      if (drag.current) model.draft(null);
      end();
    },
  };
}
