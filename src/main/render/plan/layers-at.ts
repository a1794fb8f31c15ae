import {
  assDocument,
  colourSamples,
  type FontFace,
  isAnythingKept,
  isChanging,
  type Layer,
  layerOf,
  type PlacedClip,
  type Ratio,
  type Size,
  type SourceSizes,
  sourceTimeAt,
  type TextEvent,
  type Timeline,
  textEvents,
  visibleClips,
} from '#shared/model/index.ts';
import { add, type Frames, type Rational } from '#shared/units/index.ts';
import type { SourceFacts, SourceTable } from '../sources/sources.ts';
import { drawPictures, finishFrames } from './draw-pictures.ts';
import type { Pick, RecipeLayer } from './recipe.ts';

/** What turns a timeline into layers for one output size. */
export interface PictureContext {
  timeline: Timeline;
  ratio: Ratio;
  output: Size;
  sources: SourceTable;
  faces: readonly FontFace[];
  /** Makes up for how this ffmpeg's text filter turns colours into samples. */
  mapTextColour: (colour: string) => string;
}

/** A text with the frames of the span it is on, counted from the span's first. */
interface SpanText {
  kind: 'text';
  events: TextEvent[];
}
type DrawnLayer = Exclude<RecipeLayer, { kind: 'text' }> | SpanText;

/** A clip that is really seen in a span, with what it draws. */
interface DrawnClip {
  clip: PlacedClip;
  layers: DrawnLayer[];
  hidesBelow: boolean;
}

/** Frames without an edit point between. */
interface Span {
  frame: Frames;
  lengthFrames: Frames;
}

/** A clip's source time on the file's own clock. */
function onClock(facts: SourceFacts, seconds: Rational): Rational {
  return add(add(seconds, facts.originSeconds), facts.graceSeconds);
}

function pickOf(facts: SourceFacts, streamIndex: number, fromSeconds: Rational, speed: Rational): Pick {
  const opening = { demuxer: facts.demuxer, alphaCodec: facts.picture?.hasAlpha ? facts.picture.codec : null };
  const source = { source: facts.identity, streamIndex, opening };
  return facts.isStill
    ? { ...source, isStill: true, fromSeconds: { num: 0, den: 1 }, speed: { num: 1, den: 1 } }
    : { ...source, isStill: false, fromSeconds: onClock(facts, fromSeconds), speed };
}

/** What a clip draws in each frame of a span; a single layer when that is the same throughout. Null where it draws nothing. */
function layersOf(context: PictureContext, clip: PlacedClip, { frame, lengthFrames }: Span): (Layer | null)[] {
  const { timeline, ratio, output } = context;
  const at = (one: Frames) => layerOf(clip, timeline, one, ratio, output, shownSizes(context));
  if (!isChanging(clip, frame, frame + lengthFrames, ratio)) return [at(frame)];
  return Array.from({ length: lengthFrames }, (_, index) => at(frame + index));
}

function shownSizes({ sources }: PictureContext): SourceSizes {
  return (assetId) => sources.get(assetId)?.picture?.shown ?? null;
}

/** The first frame of a pick alone. */
function held(pick: Pick): Pick {
  return { ...pick, speed: { num: 1, den: 1 }, isHeld: true };
}

function drawMedia(context: PictureContext, clip: PlacedClip, span: Span): DrawnClip | null {
  if (clip.content.kind !== 'media') return null;
  const facts = context.sources.get(clip.content.assetId);
  const picture = facts?.picture;
  if (!facts || !picture) return null;
  const layers = layersOf(context, clip, span).flatMap((layer) => (layer?.kind === 'media' ? [layer] : []));
  const [first] = layers;
  if (!first || layers.every(({ opacity }) => opacity <= 0)) return null;
  const seconds = sourceTimeAt(clip, span.frame, context.timeline.rate);
  const running = pickOf(facts, picture.streamIndex, seconds, clip.content.speed);
  const pick = clip.content.isFrozen && !facts.isStill ? held(running) : running;
  const drawn = drawPictures(picture, layers, context.output);
  const covers = drawn.some((one) => !one.isBlended && coversFrame(one, context.output));
  return { clip, layers: drawn.map((one) => ({ kind: 'picture', pick, ...one })), hidesBelow: covers };
}

function coversFrame(area: { x: number; y: number; width: number; height: number }, output: Size): boolean {
  return area.x === 0 && area.y === 0 && area.width === output.width && area.height === output.height;
}

function drawText({ timeline, ratio, output }: PictureContext, clip: PlacedClip, span: Span): SpanText | null {
  const { frame, lengthFrames } = span;
  const events = textEvents(clip, timeline, { ratio, output }, frame, frame + lengthFrames);
  return events.length === 0
    ? null
    : {
        kind: 'text',
        // The script's clock begins with the span.
        events: events.map((event) => ({
          ...event,
          startFrame: event.startFrame - frame,
          endFrame: event.endFrame - frame,
        })),
      };
}

function drawColour(layers: readonly (Layer | null)[], output: Size): Exclude<DrawnLayer, SpanText> | null {
  const colours = layers.flatMap((layer) => (layer?.kind === 'colour' ? [layer] : []));
  const [first] = colours;
  if (!first) return null;
  const yuva = colourSamples(first.colour, first.opacity);
  if (colours.every(({ window, opacity }) => !window && opacity === first.opacity))
    return yuva[3] === 0 ? null : { kind: 'colour', yuva };
  const whole = { x: 0, y: 0, ...output };
  const finish = finishFrames(colours, whole, (opacity) => {
    const alpha = colourSamples(first.colour, opacity)[3];
    return alpha === 255 ? null : `lutyuv=a=${alpha}`;
  });
  return { kind: 'colour', yuva: [yuva[0], yuva[1], yuva[2], 255], ...(finish ? { finish } : {}) };
}

function drawClip(context: PictureContext, clip: PlacedClip, span: Span): DrawnClip | null {
  const { kind } = clip.content;
  if (kind === 'media') return drawMedia(context, clip, span);
  const drawn =
    kind === 'text' ? drawText(context, clip, span) : drawColour(layersOf(context, clip, span), context.output);
  if (!drawn) return null;
  return { clip, layers: [drawn], hidesBelow: drawn.kind === 'colour' && drawn.yuva[3] === 255 && !drawn.finish };
}

/** What is drawn in a span, bottom to top; nothing that something opaque hides. */
function drawnClips(context: PictureContext, span: Span): DrawnClip[] {
  const drawn = visibleClips(context.timeline, span.frame).flatMap((clip) => drawClip(context, clip, span) ?? []);
  const lowest = drawn.findLastIndex((one) => one.hidesBelow);
  return drawn.slice(Math.max(0, lowest));
}

/** The layers from `frame` for `lengthFrames` without an edit point between; texts next to each other are one script. */
export function layersAt(context: PictureContext, frame: Frames, lengthFrames: Frames): RecipeLayer[] {
  const layers: RecipeLayer[] = [];
  let events: TextEvent[] = [];
  const finishTexts = () => {
    if (events.length > 0) layers.push(textScript(context, events));
    events = [];
  };
  for (const layer of drawnClips(context, { frame, lengthFrames }).flatMap((one) => one.layers)) {
    if (layer.kind === 'text') {
      events.push(...layer.events);
      continue;
    }
    finishTexts();
    layers.push(layer);
  }
  finishTexts();
  return layers;
}

function textScript(context: PictureContext, events: readonly TextEvent[]): RecipeLayer {
  const { output, faces, mapTextColour } = context;
  return {
    kind: 'text',
    ass: assDocument({ events, output, rate: context.timeline.rate, faces, mapColour: mapTextColour }),
  };
}

/** What of a layer must be the same throughout a span. */
function shapeOf(layer: Layer | null): string {
  if (!layer) return '';
  if (layer.kind !== 'media') return layer.kind;
  const { free, rect, backdrop } = layer;
  return JSON.stringify([free ? [free.from, isAnythingKept(free)] : rect, backdrop]);
}

/**
 * Frames inside of a stretch at which a span has to end besides edit points: a clip ends there that goes on as its own
 * handle, or a moving picture is from there on made from another size.
 */
export function shapePoints(context: PictureContext, startFrame: Frames, endFrame: Frames): Frames[] {
  const points = new Set<Frames>();
  for (const clip of context.timeline.clips) {
    const from = Math.max(startFrame, clip.startFrame);
    const to = Math.min(endFrame, clip.startFrame + clip.lengthFrames);
    if (!clip.hasPicture || to <= from) continue;
    points.add(from);
    points.add(to);
    if (!isChanging(clip, from, to, context.ratio)) continue;
    const shapes = layersOf(context, clip, { frame: from, lengthFrames: to - from }).map(shapeOf);
    for (const [index, shape] of shapes.entries())
      if (index > 0 && shape !== shapes[index - 1]) points.add(from + index);
  }
  return [...points].filter((point) => point > startFrame && point < endFrame);
}

/** The moving picture whose own clock the boundaries of segments follow: the lowest one that is seen. */
export function leadingClip(context: PictureContext, frame: Frames): PlacedClip | null {
  const leading = drawnClips(context, { frame, lengthFrames: 1 }).find(({ layers }) =>
    layers.some((layer) => layer.kind === 'picture' && !layer.pick.isStill && !layer.pick.isHeld),
  );
  return leading?.clip ?? null;
}
