import type { PointerEvent } from 'react';
import type { EditInput } from '#shared/model/index.ts';
import { type Frames, formatTimecode } from '#shared/units/index.ts';
import { type DragView, type Gesture, type GestureScene, noDrag } from './gesture-view.ts';
import { clipKeysInBox, laneUnder, scrollAtEdges } from './hit-test.ts';
import { globalClipEdit } from './model/globals.ts';
import { type ClipItem, snapPoints } from './model/lanes.ts';
import { type DropPlan, moveItems, planDrop } from './model/placement.ts';
import { nearestPoint, type Snapped, snapDelta, snapPixels } from './model/snap.ts';
import { type Edge, frameBesideEdge, trimItem } from './model/trim.ts';
import { headerWidth } from './use-timeline-view.ts';

/** Movement, in pixels, before a press becomes a drag. */
const dragThresholdPx = 4;
const noKeys: ReadonlySet<string> = new Set();

type GestureOf<Kind extends Gesture['kind']> = Extract<Gesture, { kind: Kind }>;

/**
 * Presses, drags and releases on the timeline: selecting, moving, trimming, scrubbing, drawing a selection.
 * A drag shows itself through `onDrag` and the model's draft; the edit is made once, on release.
 */
export class TimelineGestures {
  #gesture: Gesture | null = null;
  readonly #scene: () => GestureScene;
  readonly #onDrag: (view: DragView) => void;

  constructor(scene: () => GestureScene, onDrag: (view: DragView) => void) {
    this.#scene = scene;
    this.#onDrag = onDrag;
  }

  /** True between press and release. */
  get isActive(): boolean {
    return this.#gesture !== null;
  }

  readonly press = (event: PointerEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    if (event.button !== 0 || target.closest('[data-no-gesture]')) return;
    const { model } = this.#scene();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { clip, edge, global } = {
      clip: target.closest<HTMLElement>('[data-clip]')?.dataset.clip,
      edge: target.closest<HTMLElement>('[data-edge]')?.dataset.edge as Edge | undefined,
      global: target.closest<HTMLElement>('[data-global]')?.dataset.global,
    };
    const item = model.view.items.find((candidate) => candidate.key === clip);
    const globalItem = model.globals.flatMap((lane) => lane.items).find((candidate) => candidate.key === global);
    if (target.closest('[data-ruler]')) this.#pressRuler(event);
    else if (item && edge && !item.track.isLocked) this.#pressEdge(event, item, edge);
    else if (item) this.#pressClip(event, item);
    else if (globalItem) {
      model.select([globalItem.key]);
      this.#gesture = { kind: 'global', item: globalItem, x: this.#pixel(event).x };
    } else this.#pressEmpty(event);
  };

  readonly move = (event: PointerEvent<HTMLElement>): void => {
    const gesture = this.#gesture;
    switch (gesture?.kind) {
      case 'scrub':
        this.#scrub(event);
        return;
      case 'press':
        this.#startMove(event, gesture);
        return;
      case 'move':
        this.#showMove(event, gesture);
        return;
      case 'trim':
        this.#showTrim(event, gesture);
        return;
      case 'global':
        this.#scene().model.draft(this.#globalEdit(event, gesture));
        return;
      case 'marquee':
        this.#showMarquee(event, gesture);
        return;
      default:
    }
  };

  readonly release = (event: PointerEvent<HTMLElement>): void => {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (!gesture) return;
    const { model } = this.#scene();
    switch (gesture.kind) {
      case 'scrub':
        model.transport.setScrubbing(false);
        break;
      case 'press':
        if (!gesture.isAdding) model.select([gesture.item.key]);
        break;
      case 'trim': {
        model.commit(this.#showTrim(event, gesture));
        model.transport.seek(gesture.frameBefore);
        break;
      }
      case 'global':
        model.commit(this.#globalEdit(event, gesture));
        break;
      case 'move': {
        const { plan } = this.#planMove(event, gesture);
        const edit = plan ? moveItems(gesture.items, plan) : null;
        if (edit) model.selectClips(gesture.items.map((item) => item.clip.id));
        model.commit(edit);
        break;
      }
      default:
    }
    this.#onDrag(noDrag);
  };

  /** Takes the drag back: Escape, or a lost pointer. */
  readonly cancel = (): void => {
    const gesture = this.#gesture;
    this.#gesture = null;
    this.#onDrag(noDrag);
    const { model } = this.#scene();
    model.draft(null);
    if (gesture?.kind === 'trim') model.transport.seek(gesture.frameBefore);
    if (gesture?.kind === 'scrub') model.transport.setScrubbing(false);
  };

  #pressRuler(event: PointerEvent): void {
    this.#gesture = { kind: 'scrub' };
    this.#scene().model.transport.setScrubbing(true);
    this.#scrub(event);
  }

  #pressEdge(event: PointerEvent, item: ClipItem, edge: Edge): void {
    const { model } = this.#scene();
    if (!model.selection.has(item.key)) model.select([item.key]);
    model.transport.pause();
    const frameBefore = model.transport.getState().frame;
    const isRipple = item.lane.isMain !== event.altKey;
    const at = edge === 'start' ? item.startFrame : item.endFrame;
    const points = snapPoints(model.view, frameBefore, new Set([item.key])).filter((point) => point !== at);
    this.#gesture = { kind: 'trim', item, edge, x: this.#pixel(event).x, frameBefore, isRipple, points };
  }

  #pressClip(event: PointerEvent, item: ClipItem): void {
    const { model } = this.#scene();
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    if (isAdding) {
      const next = new Set(model.selection);
      if (!next.delete(item.key)) next.add(item.key);
      model.select(next);
    } else if (!model.selection.has(item.key)) model.select([item.key]);
    if (!item.track.isLocked) this.#gesture = { kind: 'press', item, x: event.clientX, y: event.clientY, isAdding };
  }

  #pressEmpty(event: PointerEvent): void {
    const { model } = this.#scene();
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    const keep = isAdding ? model.selection : noKeys;
    this.#gesture = { kind: 'marquee', ...this.#pixel(event), keep };
    if (!isAdding) model.select([]);
  }

  #scrub(event: PointerEvent): void {
    const { model } = this.#scene();
    const frame = this.#frame(event);
    const points = snapPoints(model.view, null, noKeys);
    model.transport.seek(nearestPoint(frame, points, this.#reach() / 2) ?? Math.floor(frame));
    scrollAtEdges(event, this.#scene().scroll);
  }

  #startMove(event: PointerEvent, gesture: GestureOf<'press'>): void {
    if (Math.hypot(event.clientX - gesture.x, event.clientY - gesture.y) < dragThresholdPx) return;
    const { model } = this.#scene();
    const others = model.selectedItems.filter((item) => item.key !== gesture.item.key && !item.track.isLocked);
    const grabFrames = Math.round(this.#frame(event) - gesture.item.startFrame);
    const moving = { kind: 'move' as const, items: [gesture.item, ...others], grabFrames };
    this.#gesture = moving;
    this.#showMove(event, moving);
  }

  #planMove(event: PointerEvent, gesture: GestureOf<'move'>): { plan: DropPlan | null; at: Frames; snapped: Snapped } {
    const { model } = this.#scene();
    const [held] = gesture.items;
    if (!held) return { plan: null, at: 0, snapped: { delta: 0, at: null } };
    const moved = new Set(gesture.items.map((item) => item.key));
    const pointerFrame = this.#frame(event);
    const wanted = Math.round(pointerFrame - gesture.grabFrames) - held.startFrame;
    const edges = gesture.items.flatMap((item) => [item.startFrame, item.endFrame]);
    const points = snapPoints(model.view, model.transport.getState().frame, moved);
    const snapped = snapDelta(edges, wanted, points, this.#reach());
    const first = Math.min(...gesture.items.map((item) => item.startFrame));
    const startFrame = held.startFrame + Math.max(-first, snapped.delta);
    const plan = planDrop(model.view, {
      over: laneUnder(event.clientX, event.clientY),
      pointerFrame: Math.max(0, Math.floor(pointerFrame)),
      startFrame,
      kind: held.lane.kind,
      isOverwriting: event.altKey,
      moved,
    });
    const free = Math.max(0, Math.round(pointerFrame - gesture.grabFrames));
    return { plan, at: plan?.kind === 'insert' ? free : startFrame, snapped };
  }

  #showMove(event: PointerEvent, gesture: GestureOf<'move'>): void {
    const { plan, at, snapped } = this.#planMove(event, gesture);
    const laneKey = plan && plan.kind !== 'new-track' ? plan.lane.key : laneUnder(event.clientX, event.clientY);
    this.#onDrag({
      ...noDrag,
      plan,
      ghost: { items: gesture.items, laneKey, startFrame: at },
      snapAt: plan?.kind === 'overwrite' ? snapped.at : null,
    });
    scrollAtEdges(event, this.#scene().scroll);
  }

  #showTrim(event: PointerEvent, gesture: GestureOf<'trim'>): EditInput | null {
    const { model, scroll } = this.#scene();
    const { item, edge, isRipple } = gesture;
    const { rate } = model.view;
    const wanted = Math.round((this.#pixel(event).x - gesture.x) / scroll.pixelsPerFrame);
    const at = edge === 'start' ? item.startFrame : item.endFrame;
    const snapped = snapDelta([at], wanted, gesture.points, this.#reach());
    const { edit, delta } = trimItem(item, edge, snapped.delta, {
      isRipple,
      lengths: model.lengths,
      isStill: model.isStill,
      rate,
    });
    model.draft(edit);
    model.transport.seek(frameBesideEdge(item, edge, delta, isRipple));
    const sign = delta < 0 ? '−' : '+';
    const length = item.clip.lengthFrames + (edge === 'end' ? delta : -delta);
    this.#onDrag({
      ...noDrag,
      isTrimming: true,
      snapAt: delta === snapped.delta && !(isRipple && edge === 'start') ? snapped.at : null,
      tip: {
        text: `${sign}${formatTimecode(Math.abs(delta), rate)}  ·  ${formatTimecode(length, rate)}`,
        x: event.clientX,
        y: event.clientY,
      },
    });
    return edit;
  }

  #globalEdit(event: PointerEvent, { item, x }: GestureOf<'global'>): EditInput | null {
    const pixels = this.#pixel(event).x - x;
    // What fills its place from anchor to anchor has nowhere to go.
    if (Math.abs(pixels) < dragThresholdPx || item.clip.end) return null;
    const delta = Math.max(-item.startFrame, Math.round(pixels / this.#scene().scroll.pixelsPerFrame));
    return globalClipEdit(item, (clip) => ({
      ...clip,
      start: { ...clip.start, offsetFrames: clip.start.offsetFrames + delta },
    }));
  }

  #showMarquee(event: PointerEvent, gesture: GestureOf<'marquee'>): void {
    const { model, scroll } = this.#scene();
    const { x, y } = this.#pixel(event);
    const box = {
      left: Math.min(x, gesture.x),
      top: Math.min(y, gesture.y),
      width: Math.abs(x - gesture.x),
      height: Math.abs(y - gesture.y),
    };
    if (box.width + box.height < dragThresholdPx) return;
    this.#onDrag({ ...noDrag, marquee: box });
    model.select([...gesture.keep, ...clipKeysInBox(scroll.scrollRef.current, box)]);
  }

  /** The pointer in pixels of the scrolled content, without the header column. */
  #pixel(event: PointerEvent): { x: number; y: number } {
    const element = this.#scene().scroll.scrollRef.current;
    if (!element) return { x: 0, y: 0 };
    const box = element.getBoundingClientRect();
    return {
      x: event.clientX - box.left - headerWidth + element.scrollLeft,
      y: event.clientY - box.top + element.scrollTop,
    };
  }

  #frame(event: PointerEvent): number {
    return this.#pixel(event).x / this.#scene().scroll.pixelsPerFrame;
  }

  #reach(): number {
    const { isSnapping, scroll } = this.#scene();
    return isSnapping ? snapPixels / scroll.pixelsPerFrame : 0;
  }
}
