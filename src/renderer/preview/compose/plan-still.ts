import {
  backdropBlur,
  colourSamples,
  type FontFace,
  type FreePlacement,
  freeDrawing,
  type Layer,
  type PictureDrawing,
  type PictureGrid,
  type PictureLook,
  pictureDrawing,
  type Rect,
  resolveLayers,
  type Size,
  smallBackdropRect,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { assOfClips } from '../ass-of-timeline.ts';
import type { PreviewScene } from '../backend.ts';
import type { FrameWish } from '../frames/frame-source.ts';
import { momentOnClock } from '../frames/pick-frame.ts';
import type { PlaneFrame } from '../frames/planes.ts';
import { type ExactFacts, sizesOf } from '../source.ts';
import type { TextPicture, TextWish } from '../text/text-source.ts';
import type { ComposeStep } from './compositor.ts';

interface PictureStep {
  wish: FrameWish;
  facts: ExactFacts;
  /** Where the picture lies, in pixels of the frame. */
  rect: Rect;
  opacity: number;
  look: PictureLook | null;
  window: Rect | null;
}

/** One step of a frame, before its picture is there. */
export type StillStep =
  | (PictureStep & {
      kind: 'picture';
      /** Where it lies when that is between pixels. */
      free: FreePlacement | null;
    })
  | (PictureStep & { kind: 'backdrop' })
  | { kind: 'colour'; yuva: readonly [number, number, number, number]; window: Rect | null }
  | { kind: 'text'; wish: TextWish };

/** A frame of a scene as steps of drawing, bottom to top; null where something of it cannot be drawn exactly. Pure. */
export function planStill(
  scene: PreviewScene,
  frame: Frames,
  output: Size,
  faces: readonly FontFace[],
): StillStep[] | null {
  const layers = resolveLayers(scene.timeline, frame, scene.ratio, output, sizesOf(scene.sources));
  const steps: StillStep[] = [];
  let texts: string[] = [];
  const finishTexts = () => {
    if (texts.length > 0) steps.push(textStep(scene, frame, output, faces, texts));
    texts = [];
  };
  for (const layer of layers) {
    if (layer.opacity <= 0) continue;
    if (layer.kind === 'text') {
      texts.push(layer.instance);
      continue;
    }
    finishTexts();
    const drawn = layer.kind === 'colour' ? colourSteps(layer) : mediaSteps(scene, layer);
    if (!drawn) return null;
    steps.push(...drawn);
  }
  finishTexts();
  return steps.slice(
    Math.max(
      0,
      steps.findLastIndex((step) => hidesAll(step, output)),
    ),
  );
}

function hidesAll(step: StillStep, output: Size): boolean {
  switch (step.kind) {
    case 'colour':
      return step.yuva[3] === 255 && !step.window;
    case 'backdrop':
      return step.opacity >= 1 && !step.window;
    case 'picture': {
      if (step.free || step.window) return false;
      const { x, y, width, height } = step.rect;
      const covers = x <= 0 && y <= 0 && x + width >= output.width && y + height >= output.height;
      return covers && step.opacity >= 1 && !step.facts.hasAlpha;
    }
    case 'text':
      return false;
  }
}

function colourSteps(layer: Extract<Layer, { kind: 'colour' }>): StillStep[] {
  const yuva = colourSamples(layer.colour, layer.opacity);
  return yuva[3] === 0 ? [] : [{ kind: 'colour', yuva, window: layer.window }];
}

/** What {@link mediaSteps} draws of a layer. Anything else that is set makes the frame one that is not drawn exactly. */
const drawnProperties = new Set([
  ...['kind', 'instance', 'assetId', 'sourceSeconds', 'rect', 'backdrop', 'opacity'],
  ...['free', 'window', 'look'],
]);

function mediaSteps(scene: PreviewScene, layer: Extract<Layer, { kind: 'media' }>): StillStep[] | null {
  const facts = scene.sources.get(layer.assetId)?.exact;
  const isKnown = Object.entries(layer).every(([key, value]) => drawnProperties.has(key) || (value ?? null) === null);
  if (!facts || !isKnown) return null;
  const { url, mime, clock } = facts;
  const wish: FrameWish =
    facts.kind === 'still'
      ? { kind: 'still', url, mime }
      : { kind: 'frame', url, moment: momentOnClock(clock, layer.sourceSeconds) };
  const { rect, backdrop, free, ...manner } = layer;
  const { opacity, look, window } = manner;
  const step = { wish, facts, opacity, look, window };
  return [
    ...(backdrop ? [{ kind: 'backdrop', ...step, rect: backdrop } as const] : []),
    { kind: 'picture', ...step, rect, free },
  ];
}

function textStep(
  scene: PreviewScene,
  frame: Frames,
  output: Size,
  faces: readonly FontFace[],
  instances: readonly string[],
): StillStep {
  const { timeline, ratio } = scene;
  const clips = timeline.clips.filter((clip) => instances.includes(clip.instance));
  const script = assOfClips(timeline, clips, ratio, output, faces);
  const seconds = (frame * timeline.rate.den) / timeline.rate.num;
  return { kind: 'text', wish: { script, seconds, ...output } };
}

/** Where the pictures of steps are looked for. */
export interface StillPictures {
  frame(wish: FrameWish): PlaneFrame | 'coming' | 'failed';
  text(wish: TextWish): TextPicture | 'coming' | 'failed';
}

/** The steps with their pictures; `coming` while one is on its way, `failed` when one cannot be had exactly. */
export function fillSteps(
  steps: readonly StillStep[],
  output: Size,
  pictures: StillPictures,
): ComposeStep[] | 'coming' | 'failed' {
  const filled = steps.map((step) => fillStep(step, output, pictures));
  if (filled.includes('failed')) return 'failed';
  if (filled.includes('coming')) return 'coming';
  return filled.filter((step) => typeof step === 'object' && step !== null) as ComposeStep[];
}

function fillStep(step: StillStep, output: Size, pictures: StillPictures): ComposeStep | 'coming' | 'failed' | null {
  switch (step.kind) {
    case 'colour':
      return step;
    case 'text': {
      const text = pictures.text(step.wish);
      return typeof text === 'string' ? text : { kind: 'text', text };
    }
    default: {
      const frame = pictures.frame(step.wish);
      return typeof frame === 'string' ? frame : pictureStep(step, frame, output);
    }
  }
}

function gridOf({ grid }: ExactFacts, frame: PlaneFrame): PictureGrid | null {
  const { width, height } = frame;
  // Other pixels than were found at import mean other scaling than the export's.
  if (grid.coded && (grid.coded.width !== width || grid.coded.height !== height)) return null;
  return { ...grid, coded: { width, height } };
}

function pictureStep(
  step: Extract<StillStep, { kind: 'picture' | 'backdrop' }>,
  frame: PlaneFrame,
  output: Size,
): ComposeStep | 'failed' | null {
  const { facts, rect } = step;
  const grid = gridOf(facts, frame);
  if (!grid) return 'failed';
  const { opacity, look, window } = step;
  const common = { picture: { frame, colour: facts.colour }, grid, opacity, look, window };
  const drawn = (drawing: PictureDrawing | null, make: (drawing: PictureDrawing) => ComposeStep) =>
    drawing ? make(drawing) : null;
  if (step.kind === 'backdrop') {
    const { small } = backdropBlur(output);
    return drawn(pictureDrawing(grid, smallBackdropRect(rect, output), small), (drawing) => ({
      kind: 'backdrop',
      ...common,
      drawing,
    }));
  }
  const { hasAlpha } = facts;
  if (step.free) {
    const drawing = freeDrawing(grid, step.free, output);
    return drawing && { kind: 'free', ...common, drawing, hasAlpha };
  }
  const isBlended = hasAlpha || opacity < 1;
  return drawn(pictureDrawing(grid, rect, output), (drawing) => ({ kind: 'picture', ...common, drawing, isBlended }));
}
