import type { PointerEvent } from 'react';
import type { EditInput } from '#shared/model/index.ts';
import { secondsText } from '../transitions/transition-words.ts';
import { boxBetween, dragThresholdPx, globalMove, markerMove, pressedOn } from './gesture-parts.ts';
import { type DragView, type Gesture, type GestureScene, noDrag } from './gesture-view.ts';
import { itemsInBox, laneUnder, scrollAtEdges } from './hit-test.ts';
import { type ClipItem, type MarkerItem, snapPoints } from './model/lanes.ts';
import { keepLinked, withLinked } from './model/links.ts';
import { moveItems } from './model/placement.ts';
import { nearestPoint, snapPixels } from './model/snap.ts';
import { changeTransitionEdit, draggedLength } from './model/transition-edits.ts';
import type { Edge } from './model/trim.ts';
import { type MovePlan, planMove } from './move-gesture.ts';
import { cutWithRazor, startTool, toolDraft } from './tool-gestures.ts';
import { headerWidth } from './use-timeline-view.ts';

/** Longest time between two clicks that count as a double one. */
const doubleClickMs = 450;
const noKeys: ReadonlySet<string> = new Set();

type GestureOf<Kind extends Gesture['kind']> = Extract<Gesture, { kind: Kind }>;

/**
 * Presses, drags and releases on the timeline: selecting, moving, trimming, scrubbing, drawing a selection.
 * A drag shows itself through `onDrag` and the model's draft; the edit is made once, on release.
 */
export class TimelineGestures {
  #gesture: Gesture | null = null;
  #clicked = { key: '', atMs: 0 };
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
    const { item, edge, global, marker, isRuler } = pressedOn(target, model);
    if (marker) this.#pressMarker(event, marker);
    else if (this.#pressTransition(event, target)) return;
    else if (isRuler) this.#pressRuler(event);
    else if (item && this.#scene().tool !== 'select') this.#pressWithTool(event, item, edge);
    else if (item && edge && !item.track.isLocked) this.#pressEdge(event, item, edge);
    else if (item) this.#pressClip(event, item);
    else if (global) {
      model.select([global.key]);
      this.#gesture = { kind: 'global', item: global, x: this.#pixel(event).x };
    } else this.#pressEmpty(event);
  };

  /** Follows the pointer; true while the timeline scrolls under it, so that a pointer at rest goes on with the drag. */
  readonly move = (event: PointerEvent<HTMLElement>): boolean => {
    const kind = this.#gesture?.kind;
    if (kind === undefined || kind === 'refused') return false;
    this.#follow(event);
    return kind !== 'press' && scrollAtEdges(event, this.#scene().scroll, kind === 'move' || kind === 'marquee');
  };

  #follow(event: PointerEvent<HTMLElement>): void {
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
      case 'tool':
        this.#showTool(event, gesture);
        return;
      case 'marker':
        this.#showMarker(event, gesture);
        return;
      case 'transition':
        this.#showTransition(event, gesture);
        return;
      case 'global':
        this.#scene().model.draft(this.#globalEdit(event, gesture), 'tracks');
        return;
      case 'marquee':
        this.#showMarquee(event, gesture);
        return;
      default:
    }
  }

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
        if (!gesture.isAdding) model.select(this.#keysWith(gesture.item, event.altKey));
        break;
      case 'tool':
        model.commit(this.#showTool(event, gesture));
        model.transport.setScrubbing(false);
        model.transport.seek(gesture.frameBefore);
        break;
      case 'marker':
        this.#releaseMarker(event, gesture);
        break;
      case 'transition':
        model.commit(this.#showTransition(event, gesture));
        break;
      case 'global':
        model.commit(this.#globalEdit(event, gesture));
        break;
      case 'move': {
        const { plan } = this.#planMove(event, gesture);
        const edit = plan ? moveItems(gesture.items, plan) : null;
        if (edit) model.selectClips(gesture.items.map((item) => item.clip.id));
        model.commit(edit && keepLinked(model.base, edit, 'Move clips', gesture.alone));
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
    if (gesture?.kind === 'scrub' || gesture?.kind === 'tool') model.transport.setScrubbing(false);
    if (gesture?.kind === 'tool') model.transport.seek(gesture.frameBefore);
  };

  #pressRuler(event: PointerEvent): void {
    this.#gesture = { kind: 'scrub' };
    this.#scene().model.transport.setScrubbing(true);
    this.#scrub(event);
  }

  #pressEdge(event: PointerEvent, item: ClipItem, edge: Edge): void {
    const { model } = this.#scene();
    if (!model.selection.has(item.key)) model.select(this.#keysWith(item, event.altKey));
    // Alt leaves what is linked in its place, which makes J and L cuts; alone on a lane, it turns rippling round.
    const isAlone = event.altKey && item.clip.linkId !== null;
    const isRipple = !isAlone && item.lane.isMain !== event.altKey;
    this.#gesture = startTool(model, { tool: 'trim', item, edge, x: this.#pixel(event).x, isRipple, isAlone });
  }

  #pressWithTool(event: PointerEvent, item: ClipItem, handle: Edge | undefined): void {
    const { model, tool } = this.#scene();
    const frame = this.#frame(event);
    const isAlone = event.altKey;
    if (tool === 'select') return;
    if (tool === 'razor') {
      const points = snapPoints(model.view, model.transport.getState().frame, noKeys);
      const at = nearestPoint(frame, points, this.#reach()) ?? Math.round(frame);
      cutWithRazor(model, item, at, { isAll: event.shiftKey, isAlone });
      return;
    }
    model.select(this.#keysWith(item, isAlone));
    const nearer: Edge = frame < (item.startFrame + item.endFrame) / 2 ? 'start' : 'end';
    const edge = handle ?? nearer;
    this.#gesture = startTool(model, { tool, item, edge, x: this.#pixel(event).x, isRipple: true, isAlone });
    if (this.#gesture) return;
    const text = item.track.isLocked ? 'This track is locked' : 'No clip touches this end: there is no cut to move';
    this.#gesture = { kind: 'refused' };
    this.#onDrag({ ...noDrag, tip: { text, x: event.clientX, y: event.clientY } });
  }

  /** Selects the transition or the boundary that is pressed; an edge of a transition can then be dragged. */
  #pressTransition(event: PointerEvent, target: HTMLElement): boolean {
    const { model } = this.#scene();
    const pressed = target.closest<HTMLElement>('[data-transition], [data-seam]')?.dataset;
    const key = pressed?.transition ?? pressed?.seam;
    if (key === undefined) return false;
    model.select([key]);
    const item = model.transitions.find((candidate) => candidate.key === key);
    const edge = target.closest<HTMLElement>('[data-transition-edge]')?.dataset.transitionEdge as Edge | undefined;
    if (item && edge && !item.isLocked) this.#gesture = { kind: 'transition', item, edge, x: this.#pixel(event).x };
    return true;
  }

  #showTransition(event: PointerEvent, { item, edge, x }: GestureOf<'transition'>): EditInput | null {
    const { model, scroll } = this.#scene();
    const pixels = this.#pixel(event).x - x;
    const lengthFrames = draggedLength(item, edge, Math.round(pixels / scroll.pixelsPerFrame));
    const isSame = lengthFrames === item.endFrame - item.startFrame;
    const edit = isSame ? null : changeTransitionEdit(item, { lengthFrames });
    model.draft(edit, 'tracks');
    const text = secondsText(lengthFrames, model.view.rate);
    this.#onDrag({ ...noDrag, isTrimming: true, tip: { text, x: event.clientX, y: event.clientY } });
    return edit;
  }

  #pressMarker(event: PointerEvent, item: MarkerItem): void {
    const { model } = this.#scene();
    const points = snapPoints(model.view, model.transport.getState().frame, new Set([item.key]));
    this.#gesture = { kind: 'marker', item, x: this.#pixel(event).x, points };
  }

  /** Keys of a clip and of what is linked to it; of the clip alone when that is meant. */
  #keysWith(item: ClipItem, isAlone: boolean): string[] {
    return isAlone ? [item.key] : withLinked(this.#scene().model.view, [item]).map((one) => one.key);
  }

  #pressClip(event: PointerEvent, item: ClipItem): void {
    const { model } = this.#scene();
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    if (isAdding) {
      const next = new Set(model.selection);
      const isOff = next.has(item.key);
      for (const key of this.#keysWith(item, event.altKey)) {
        if (isOff) next.delete(key);
        else next.add(key);
      }
      model.select(next);
    } else if (event.altKey) model.select([item.key]);
    else if (!model.selection.has(item.key)) model.select(this.#keysWith(item, false));
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
  }

  #startMove(event: PointerEvent, gesture: GestureOf<'press'>): void {
    if (Math.hypot(event.clientX - gesture.x, event.clientY - gesture.y) < dragThresholdPx) return;
    const { model } = this.#scene();
    const isAlone = event.altKey && gesture.item.clip.linkId !== null;
    const others = isAlone
      ? []
      : model.selectedItems.filter((item) => item.key !== gesture.item.key && !item.track.isLocked);
    const grabFrames = Math.round(this.#frame(event) - gesture.item.startFrame);
    const alone = new Set(isAlone && gesture.item.clip.linkId !== null ? [gesture.item.clip.linkId] : []);
    const moving = { kind: 'move' as const, items: [gesture.item, ...others], grabFrames, alone };
    this.#gesture = moving;
    this.#showMove(event, moving);
  }

  #planMove(event: PointerEvent, gesture: GestureOf<'move'>): MovePlan {
    const pointer = { frame: this.#frame(event), x: event.clientX, y: event.clientY, isOverwriting: event.altKey };
    return planMove(this.#scene().model, gesture, pointer, this.#reach());
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
  }

  #showTool(event: PointerEvent, gesture: GestureOf<'tool'>): EditInput | null {
    const { model, scroll } = this.#scene();
    const { edit, snapAt, tip, frame } = toolDraft(model, gesture, this.#pixel(event).x - gesture.x, {
      pixelsPerFrame: scroll.pixelsPerFrame,
      reachFrames: this.#reach(),
    });
    model.draft(edit, 'tracks');
    // The quick picture follows the hand; the exact one comes when it rests.
    model.transport.setScrubbing(true);
    model.transport.seek(frame);
    this.#onDrag({ ...noDrag, isTrimming: true, snapAt, tip: { text: tip, x: event.clientX, y: event.clientY } });
    return edit;
  }

  /** A click goes to a marker, a second one at once opens it, a drag moves it. */
  #releaseMarker(event: PointerEvent, gesture: GestureOf<'marker'>): void {
    const { model, openMarker } = this.#scene();
    const { item } = gesture;
    if (Math.abs(this.#pixel(event).x - gesture.x) >= dragThresholdPx) {
      model.commit(this.#showMarker(event, gesture));
      return;
    }
    model.transport.seek(item.frame);
    const isSecond = this.#clicked.key === item.key && event.timeStamp - this.#clicked.atMs < doubleClickMs;
    this.#clicked = { key: item.key, atMs: event.timeStamp };
    if (isSecond) openMarker(item.key);
  }

  #showMarker(event: PointerEvent, gesture: GestureOf<'marker'>): EditInput | null {
    const { model, scroll } = this.#scene();
    const scale = { pixelsPerFrame: scroll.pixelsPerFrame, reachFrames: this.#reach() };
    const move = markerMove(model, gesture, this.#pixel(event).x - gesture.x, scale);
    model.draft(move?.edit ?? null, 'tracks');
    if (!move) return null;
    const tip = { text: move.text, x: event.clientX, y: event.clientY };
    this.#onDrag({ ...noDrag, snapAt: move.snapped.at, tip });
    return move.edit;
  }

  #globalEdit(event: PointerEvent, gesture: GestureOf<'global'>): EditInput | null {
    return globalMove(gesture, this.#pixel(event).x - gesture.x, this.#scene().scroll.pixelsPerFrame);
  }

  #showMarquee(event: PointerEvent, gesture: GestureOf<'marquee'>): void {
    const { model, scroll } = this.#scene();
    const box = boxBetween(this.#pixel(event), gesture);
    if (box.width + box.height < dragThresholdPx) return;
    this.#onDrag({ ...noDrag, marquee: box });
    const shown = { items: model.view.items, pixelsPerFrame: scroll.pixelsPerFrame };
    const items = itemsInBox(scroll.scrollRef.current, box, shown);
    model.select([...gesture.keep, ...withLinked(model.view, items).map((item) => item.key)]);
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
