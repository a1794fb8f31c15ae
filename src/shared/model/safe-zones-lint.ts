import type { Frames } from '../units/index.ts';
import { freeBounds } from './free-drawing.ts';
import type { AssetId, ClipId, SlotId } from './ids.ts';
import { type Layer, layerOf, type Rect, type SourceSizes } from './layers.ts';
import { animatedIn, isAnimatedBetween } from './layout-at.ts';
import type { PlacedClip } from './placed.ts';
import type { PlacementId } from './placement.ts';
import { fullSizes, type Ratio } from './ratio.ts';
import { type InterfacePart, type SafeZone, safeZonesFor } from './safe-zones.ts';
import { type Area, isWithin, reachBeyond, sharedArea, wholeFrame } from './safe-zones-area.ts';
import { atRest } from './text/at-rest.ts';
import type { MetricsOf } from './text/lay-lines.ts';
import { emPixels, textBounds } from './text/measure.ts';
import type { Timeline } from './timeline.ts';

/**
 * What can be wrong with words or a logo in a ratio: `cut`, partly outside of the frame; `covered` by the platform's
 * interface; `near`, clear of what is drawn but outside of the cautious box; `small`, too small to be read on a phone.
 */
export type LintKind = 'cut' | 'covered' | 'near' | 'small';

/** Words or a picture that viewers will not see well, from `startFrame` up to `endFrame` (exclusive) of the timeline. */
export interface LintFinding {
  kind: LintKind;
  /** Null: it is so wherever the ratio is published. */
  placement: PlacementId | null;
  ratio: Ratio;
  clipId: ClipId;
  instance: string;
  slotId: SlotId | null;
  what: 'text' | 'logo' | 'picture';
  /** The words; of pictures nothing. */
  text: string;
  startFrame: Frames;
  endFrame: Frames;
  /** Where it lies, in parts of the frame. */
  box: Area;
  /** What of the interface it meets. */
  parts: InterfacePart[];
  /** How far it would have to go to be clear, in pixels of the full-size frame; of `small`, the height of its em. */
  pixels: number;
}

/** What {@link lintTimeline} needs to know. */
export interface LintInput {
  timeline: Timeline;
  ratio: Ratio;
  placements: readonly PlacementId[];
  metricsOf: MetricsOf;
  /** Shown sizes of sources. */
  sizes: SourceSizes;
  isStill: (assetId: AssetId) => boolean;
}

/**
 * Smallest em that is read on a phone, in pixels of a full-HD frame: the lower end of 40 to 60
 * (legibility.info/rules-for-text-in-videos, read 2026-11-21).
 */
export const smallestEmPixels = 40;

/** Pictures at least this large in both directions are backgrounds or frames, not logos. */
const largestLogo = 0.9;
/** Stills on a layer count as logos (stickers, badges) up to this part of the frame. */
const largestPicture = 0.5;

/** Where a clip lies is judged without the transitions it passes through. */
const byItself = (clip: PlacedClip): PlacedClip => ({ ...clip, blends: [] });

/** The upright rectangle around words that are turned about their anchor. */
function turnedText({ anchor, rotationDeg = 0 }: Extract<Layer, { kind: 'text' }>, rect: Rect | null): Rect | null {
  if (!rect || rotationDeg === 0) return rect;
  const angle = (rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corners = [0, 1, 2, 3].map((corner) => {
    const across = rect.x + (corner % 2) * rect.width - anchor.x;
    const down = rect.y + (corner >> 1) * rect.height - anchor.y;
    return { x: anchor.x + across * cos - down * sin, y: anchor.y + across * sin + down * cos };
  });
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Where a clip's words or logo stand at a frame, in parts of the frame; null when it has none, or is not seen. */
export function boxAt(clip: PlacedClip, frame: Frames, input: Omit<LintInput, 'placements'>): Area | null {
  const output = fullSizes[input.ratio];
  const layer = layerOf(byItself(atRest(clip)), input.timeline, frame, input.ratio, output, input.sizes);
  if (!layer || layer.opacity === 0 || layer.kind === 'colour') return null;
  const rect =
    layer.kind === 'text'
      ? turnedText(layer, textBounds(layer, output, input.metricsOf))
      : layer.free
        ? freeBounds(layer.free)
        : layer.rect;
  return (
    rect && {
      x: rect.x / output.width,
      y: rect.y / output.height,
      width: rect.width / output.width,
      height: rect.height / output.height,
    }
  );
}

/** What a clip is to viewers: words, a logo, a picture laid over; null for footage, colour and sound. */
export function lintSubject(
  clip: PlacedClip,
  { timeline, isStill }: Pick<LintInput, 'timeline' | 'isStill'>,
): LintFinding['what'] | null {
  if (!clip.hasPicture || clip.overrun) return null;
  if (clip.content.kind === 'text') return 'text';
  if (clip.content.kind !== 'media') return null;
  // What accompanies a whole ad and has a picture is a logo. (The cut of one option alone has no sections.)
  if (clip.slotId === null && timeline.sections.length > 0) return 'logo';
  return isStill(clip.content.assetId) ? 'picture' : null;
}

function isSmallEnough(what: LintFinding['what'], { width, height }: Area): boolean {
  if (what === 'text') return true;
  const most = what === 'logo' ? largestLogo : largestPicture;
  return width < most && height < most;
}

/** Where a clip's words or logo are when it begins; null for what is neither, and for pictures that are backgrounds. */
export function subjectBox(clip: PlacedClip, input: LintInput): Area | null {
  const what = lintSubject(clip, input);
  const box = what && boxAt(clip, clip.startFrame, input);
  return what && box && isSmallEnough(what, box) ? box : null;
}

/** What is wrong with a box at a frame. */
type Fault = Pick<LintFinding, 'kind' | 'placement' | 'parts' | 'pixels'>;

/** Pixels a box has to be moved to lie within an area: what it reaches beyond, the larger of both directions. */
function pixelsBeyond(box: Area, limit: Area, ratio: Ratio): number {
  const { width, height } = fullSizes[ratio];
  const { top, right, bottom, left } = reachBeyond(box, limit);
  return Math.round(Math.max(Math.max(left, right) * width, Math.max(top, bottom) * height));
}

function faultIn(zone: SafeZone, box: Area): Fault | null {
  const parts = zone.covered.filter(({ area }) => sharedArea(area, box)).map(({ part }) => part);
  if (parts.length === 0 && isWithin(box, zone.safe)) return null;
  const pixels = pixelsBeyond(box, zone.safe, zone.ratio);
  return { kind: parts.length > 0 ? 'covered' : 'near', placement: zone.placement, parts, pixels };
}

function faultsAt(box: Area, zones: readonly SafeZone[], ratio: Ratio): Fault[] {
  const cut: Fault[] = isWithin(box, wholeFrame)
    ? []
    : [{ kind: 'cut', placement: null, parts: [], pixels: pixelsBeyond(box, wholeFrame, ratio) }];
  return [...cut, ...zones.flatMap((zone) => faultIn(zone, box) ?? [])];
}

function smallText(clip: PlacedClip, input: LintInput): Fault[] {
  const output = fullSizes[input.ratio];
  const layer = layerOf(byItself(clip), input.timeline, clip.startFrame, input.ratio, output, input.sizes);
  const em = layer?.kind === 'text' ? emPixels(layer.style, input.metricsOf) : null;
  if (em === null || em >= smallestEmPixels - 0.5) return [];
  return [{ kind: 'small', placement: null, parts: [], pixels: Math.round(em) }];
}

/** Frames of a clip that moves which are judged besides its keyframes. */
const judgedSteps = 12;

/** Frames at which a clip is judged: the first where it looks the same throughout, else ends, keyframes, and some between. */
function judgedFrames(clip: PlacedClip, ratio: Ratio): Frames[] {
  const { startFrame, lengthFrames } = clip;
  const endFrame = startFrame + lengthFrames;
  if (!isAnimatedBetween(clip, startFrame, endFrame, ratio)) return [startFrame];
  const keys = [clip, ...clip.movers].flatMap((mover) =>
    animatedIn(mover, ratio).flatMap((property) =>
      (mover.animation[property] ?? []).map(({ frame }) => mover.originFrame + frame),
    ),
  );
  const steps = Array.from({ length: judgedSteps + 1 }, (_, n) =>
    Math.round(startFrame + ((lengthFrames - 1) * n) / judgedSteps),
  );
  return [...new Set([...steps, ...keys])].filter((frame) => frame >= startFrame && frame < endFrame);
}

type FaultInBox = Fault & { box: Area };

/** The worst of each fault over all frames judged; what is covered at some time is not told of as near as well. */
function worst(faults: readonly FaultInBox[]): FaultInBox[] {
  const byKind = new Map<string, FaultInBox>();
  for (const fault of faults) {
    const key = `${fault.kind === 'near' ? 'covered' : fault.kind} ${fault.placement}`;
    const known = byKind.get(key);
    const isWorse = !known || fault.parts.length > known.parts.length || (fault.pixels ?? 0) > (known.pixels ?? 0);
    if (isWorse) byKind.set(key, fault);
  }
  return [...byKind.values()];
}

function lintClip(clip: PlacedClip, what: LintFinding['what'], input: LintInput): LintFinding[] {
  const { ratio, placements } = input;
  const zones = safeZonesFor(placements, ratio);
  const boxes = judgedFrames(clip, ratio).flatMap((frame) => {
    const box = boxAt(clip, frame, input);
    return box && isSmallEnough(what, box) ? [box] : [];
  });
  const [first] = boxes;
  if (!first) return [];
  const placed = worst(boxes.flatMap((box) => faultsAt(box, zones, ratio).map((fault) => ({ ...fault, box }))));
  const faults = [...placed, ...smallText(clip, input).map((fault) => ({ ...fault, box: first }))];
  return faults.map((fault) => ({
    ...fault,
    ...{ ratio, what, clipId: clip.clipId, instance: clip.instance, slotId: clip.slotId },
    text: clip.content.kind === 'text' ? clip.content.text : '',
    startFrame: clip.startFrame,
    endFrame: clip.startFrame + clip.lengthFrames,
  }));
}

/**
 * Every text, logo and laid-over still of a timeline that viewers will not see well in a ratio, once per placement.
 * Texts whose font is not loaded yet are passed over.
 */
export function lintTimeline(input: LintInput): LintFinding[] {
  return input.timeline.clips.flatMap((clip) => {
    const what = lintSubject(clip, input);
    return what ? lintClip(clip, what, input) : [];
  });
}
