import {
  assDocument,
  colourSamples,
  type FontFace,
  type Layer,
  layerOf,
  type PlacedClip,
  type Ratio,
  type Size,
  type Timeline,
  visibleClips,
} from '#shared/model/index.ts';
import { add, type Frames, type Rational } from '#shared/units/index.ts';
import type { SourceFacts, SourceTable } from '../sources/sources.ts';
import { drawBackdrop, drawPicture } from './picture-filters.ts';
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

type TextLayer = Extract<Layer, { kind: 'text' }>;
type DrawnLayer = Exclude<RecipeLayer, { kind: 'text' }> | TextLayer;

/** A clip that is really seen at a frame, with what it draws. */
interface DrawnClip {
  clip: PlacedClip;
  layers: DrawnLayer[];
  hidesBelow: boolean;
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

function drawMedia(context: PictureContext, clip: PlacedClip, frame: Frames): DrawnClip | null {
  if (clip.content.kind !== 'media') return null;
  const facts = context.sources.get(clip.content.assetId);
  const picture = facts?.picture;
  if (!facts || !picture) return null;
  const layer = layerOf(clip, context.timeline, frame, context.ratio, context.output, () => picture.shown);
  if (layer?.kind !== 'media' || layer.opacity <= 0) return null;
  const pick = pickOf(facts, picture.streamIndex, layer.sourceSeconds, clip.content.speed);
  const main = drawPicture(picture, layer.rect, context.output, layer.opacity);
  const behind = layer.backdrop ? drawBackdrop(picture, layer.backdrop, context.output) : null;
  const drawn = [behind, main].filter((one) => one !== null);
  const covers = drawn.some((one) => !one.isBlended && coversFrame(one, context.output));
  return { clip, layers: drawn.map((one) => ({ kind: 'picture', pick, ...one })), hidesBelow: covers };
}

function coversFrame(area: { x: number; y: number; width: number; height: number }, output: Size): boolean {
  return area.x === 0 && area.y === 0 && area.width === output.width && area.height === output.height;
}

function drawClip(context: PictureContext, clip: PlacedClip, frame: Frames): DrawnClip | null {
  if (clip.content.kind === 'media') return drawMedia(context, clip, frame);
  const layer = layerOf(clip, context.timeline, frame, context.ratio, context.output, () => null);
  if (layer?.kind === 'text') return layer.opacity > 0 ? { clip, layers: [layer], hidesBelow: false } : null;
  if (layer?.kind !== 'colour') return null;
  const yuva = colourSamples(layer.colour, layer.opacity);
  return yuva[3] === 0 ? null : { clip, layers: [{ kind: 'colour', yuva }], hidesBelow: yuva[3] === 255 };
}

/** What is drawn at a frame, bottom to top; nothing that something opaque hides. */
function drawnClips(context: PictureContext, frame: Frames): DrawnClip[] {
  const drawn = visibleClips(context.timeline, frame).flatMap((clip) => drawClip(context, clip, frame) ?? []);
  const lowest = drawn.findLastIndex((one) => one.hidesBelow);
  return drawn.slice(Math.max(0, lowest));
}

/** The layers from `frame` for `lengthFrames` without an edit point between; texts next to each other are one script. */
export function layersAt(context: PictureContext, frame: Frames, lengthFrames: Frames): RecipeLayer[] {
  const layers: RecipeLayer[] = [];
  let texts: TextLayer[] = [];
  const finishTexts = () => {
    if (texts.length > 0) layers.push(textScript(context, texts, lengthFrames));
    texts = [];
  };
  for (const layer of drawnClips(context, frame).flatMap((one) => one.layers)) {
    if (layer.kind === 'text' && 'text' in layer) {
      texts.push(layer);
      continue;
    }
    finishTexts();
    layers.push(layer);
  }
  finishTexts();
  return layers;
}

function textScript(context: PictureContext, texts: readonly TextLayer[], lengthFrames: Frames): RecipeLayer {
  const { output, faces, mapTextColour } = context;
  const events = texts.map((layer) => ({ layer, startFrame: 0, endFrame: lengthFrames }));
  return {
    kind: 'text',
    ass: assDocument({ events, output, rate: context.timeline.rate, faces, mapColour: mapTextColour }),
  };
}

/** The moving picture whose own clock the boundaries of segments follow: the lowest one that is seen. */
export function leadingClip(context: PictureContext, frame: Frames): PlacedClip | null {
  const leading = drawnClips(context, frame).find(({ layers }) =>
    layers.some((layer) => layer.kind === 'picture' && !layer.pick.isStill),
  );
  return leading?.clip ?? null;
}
