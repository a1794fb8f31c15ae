import {
  type FreeDrawing,
  freeDrawing,
  type Layer,
  type Line,
  lineAt,
  lookedUp,
  type PictureLook,
  type Rect,
  type Size,
} from '#shared/model/index.ts';
import type { PictureFacts } from '../sources/sources.ts';
import { frameTable } from './frame-table.ts';
import { type DrawnPicture, lookFilters, scaleToVideo, turnFilters } from './picture-filters.ts';
import type { PictureMotion } from './recipe.ts';
import { stretchesOf } from './stretches.ts';

/** A media layer at one frame. */
export type MediaLayer = Extract<Layer, { kind: 'media' }>;

/** See-through pixels around a picture, so that its edges are mixed with nothing: four samples of colour. */
const border = 8;

const even = (value: number): number => Math.ceil(value / 2) * 2;

/** The smallest rectangle around all of these; null around nothing. */
export function around(rects: readonly (Rect | null)[]): Rect | null {
  const all = rects.filter((rect) => rect !== null);
  if (all.length === 0) return null;
  const x = Math.min(...all.map((rect) => rect.x));
  const y = Math.min(...all.map((rect) => rect.y));
  const right = Math.max(...all.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...all.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}

interface Canvas extends Size {
  /** Part of the kept picture that is put on it, `border` from its corner. */
  box: Rect;
  border: number;
  /** Part of the frame that is drawn: the canvas's own corner. */
  area: Rect;
}

/** `perspective` looks every pixel up between pixels, cubic, its corners' places given frame by frame. */
function lookup(drawings: readonly FreeDrawing[], { width, height, box, border: edge, area }: Canvas): string {
  const corners = drawings.map(({ across, down }) => {
    const at = (x: number, y: number) => [
      rounded(lineAt(across, area.x + x, area.y + y) - box.x + edge),
      rounded(lineAt(down, area.x + x, area.y + y) - box.y + edge),
    ];
    const [first = [], second = [], third = []] = [at(0, 0), at(width, 0), at(0, height)];
    const fourth = [0, 1].map((n) => (second[n] ?? 0) + (third[n] ?? 0) - (first[n] ?? 0));
    return [first, second, third, fourth];
  });
  const places = [0, 1, 2, 3].flatMap((corner) =>
    ['x', 'y'].map((name, n) => `${name}${corner}='${frameTable(corners.map((one) => one[corner]?.[n] ?? 0))}'`),
  );
  const isSteady = places.every((place) => !place.includes('on'));
  return `perspective=${places.join(':')}:sense=source:interpolation=cubic:eval=${isSteady ? 'init' : 'frame'}`;
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

function motionOf(drawings: readonly FreeDrawing[], canvas: Canvas, hasAlpha: boolean): PictureMotion {
  const { width, height, box, border: edge, area } = canvas;
  const [kept] = drawings.map((drawing) => drawing.kept);
  const cut = `crop=${box.width}:${box.height}:${(kept?.x ?? 0) + box.x}:${(kept?.y ?? 0) + box.y}:exact=1`;
  const fits = width === area.width && height === area.height;
  const after = [
    lookup(drawings, canvas),
    ...(fits ? [] : [`crop=${area.width}:${area.height}:0:0:exact=1`]),
    'setsar=1',
  ].join(',');
  const isLarger = width !== box.width || height !== box.height;
  if (edge === 0) return { before: isLarger ? `${cut},pad=${width}:${height}:0:0` : cut, after };
  const pad = `pad=${width}:${height}:${edge}:${edge}`;
  if (hasAlpha) return { before: `${cut},${pad}:black@0`, after };
  // Its last samples go on under that; filling more than these few is not offered by the filter.
  const framed = { width: box.width + 2 * edge, height: box.height + 2 * edge };
  const smear = `pad=${framed.width}:${framed.height}:${edge}:${edge},fillborders=left=${edge}:right=${edge}:top=${edge}:bottom=${edge}:mode=smear`;
  const isWider = framed.width !== width || framed.height !== height;
  // Pads of grey are not quite black everywhere.
  const mask = `color=c=white:s=${box.width}x${box.height},trim=end_frame=1,format=gray,${pad}:black,lut=c0='255*gt(val,128)'`;
  return { before: `${cut},${smear}${isWider ? `,pad=${width}:${height}:0:0` : ''}`, mask, after };
}

/** Where a drawing's pixels lie in the whole scaled picture instead of in the part that is kept of it. */
function inWhole(drawing: FreeDrawing, whole: Size): FreeDrawing {
  const { kept, across, down } = drawing;
  const shifted = (line: Line, by: number): Line => [line[0] + by, line[1], line[2]];
  return {
    ...drawing,
    ...{ across: shifted(across, kept.x), down: shifted(down, kept.y), kept: { x: 0, y: 0, ...whole } },
  };
}

/** What two rectangles share, where that is more than nothing. */
function overlap(a: Rect, b: Rect): Rect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 1 && height > 1 ? { x, y, width, height } : null;
}

/** The kept part of each frame on a canvas that stays: a crop that moves is cut out stretch by stretch. */
function croppedMotion(
  drawings: readonly FreeDrawing[],
  kept: readonly Rect[],
  canvas: Canvas,
  hasAlpha: boolean,
): PictureMotion {
  const { width, height, box, border: edge, area } = canvas;
  const parts = kept.map((one) => overlap(one, box));
  // Where nothing of it is looked up, two pixels stand for it that nobody sees.
  const cuts = parts.map((part) => part ?? { x: box.x, y: box.y, width: 2, height: 2 });
  const after = [lookup(drawings, canvas), `crop=${area.width}:${area.height}:0:0:exact=1`, 'setsar=1'].join(',');
  const at = ({ x, y }: Rect) => `${x - box.x + edge}:${y - box.y + edge}`;
  const crop = (cut: Rect) => `crop=${cut.width}:${cut.height}:${cut.x}:${cut.y}:exact=1`;
  if (hasAlpha) {
    const before = cuts.map(
      (cut, n) => `${crop(cut)},pad=${width}:${height}:${at(cut)}:black@0${parts[n] ? '' : ',lutyuv=a=0'}`,
    );
    return { before: stretchesOf(before), after };
  }
  const before = cuts.map((cut) => {
    const framed = `pad=${cut.width + 2 * edge}:${cut.height + 2 * edge}:${edge}:${edge}`;
    const smear = `fillborders=left=${edge}:right=${edge}:top=${edge}:bottom=${edge}:mode=smear`;
    return `${crop(cut)},${framed},${smear},pad=${width}:${height}:${cut.x - box.x}:${cut.y - box.y}`;
  });
  const shapes = cuts.map((cut, n) =>
    parts[n]
      ? `crop=${cut.width}:${cut.height}:0:0:exact=1,pad=${width}:${height}:${at(cut)}:black,lut=c0='255*gt(val,128)'`
      : 'lut=c0=0',
  );
  const mask = `color=c=white:s=${width}x${height},trim=end_frame=1,format=gray`;
  return { before: stretchesOf(before), mask, maskFrames: stretchesOf(shapes), after };
}

const isSameRect = (a: Rect, b: Rect) => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** The canvas of a span: all that is looked up in its frames, with a border, and no smaller than what is drawn. */
function canvasOf(drawings: readonly FreeDrawing[], area: Rect, edge: number): Canvas | null {
  const box = around(drawings.map((drawing) => drawing.seen && lookedUp(drawing, drawing.seen)));
  if (!box) return null;
  const width = even(Math.max(box.width + 2 * edge, area.width));
  const height = even(Math.max(box.height + 2 * edge, area.height));
  return { width, height, box, border: edge, area };
}

/**
 * A picture that moves or lies turned, over the frames of a span: scaled whole to one size, then looked up between its
 * pixels. All layers are free ones with the same size to begin with. Null when nothing of it is seen.
 */
export function drawFreely(
  facts: PictureFacts,
  layers: readonly MediaLayer[],
  look: PictureLook | null,
  output: Size,
): (DrawnPicture & { motion: PictureMotion }) | null {
  const drawings = layers.flatMap(({ free }) => (free ? (freeDrawing(facts, free, output) ?? []) : []));
  const [first] = drawings;
  const area = around(drawings.map(({ seen }) => seen));
  const from = layers[0]?.free?.from;
  if (!first || !from || !area || drawings.length !== layers.length) return null;
  const { hasAlpha } = facts;
  const filters = [
    ...scaleToVideo(first.scaled, facts, hasAlpha),
    ...turnFilters(facts),
    ...lookFilters(look),
    'setsar=1',
  ].join(',');
  if (drawings.some(({ kept }) => !isSameRect(kept, first.kept))) {
    const whole = drawings.map((drawing) => inWhole(drawing, from));
    const canvas = canvasOf(whole, area, border);
    const kept = drawings.map((drawing) => drawing.kept);
    return canvas && { filters, ...area, isBlended: true, motion: croppedMotion(whole, kept, canvas, hasAlpha) };
  }
  const covers = drawings.every((drawing) => drawing.covers);
  const edge = covers && !hasAlpha ? 0 : border;
  const canvas = canvasOf(drawings, area, edge);
  if (!canvas) return null;
  return { filters, ...area, isBlended: hasAlpha || edge > 0, motion: motionOf(drawings, canvas, hasAlpha) };
}
