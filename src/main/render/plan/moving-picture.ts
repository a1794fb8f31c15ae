import {
  type FreeDrawing,
  freeDrawing,
  type Layer,
  lineAt,
  lookedUp,
  type Rect,
  type Size,
} from '#shared/model/index.ts';
import type { PictureFacts } from '../sources/sources.ts';
import { frameTable } from './frame-table.ts';
import { type DrawnPicture, lookFilters, scaleToVideo, turnFilters } from './picture-filters.ts';
import type { PictureMotion } from './recipe.ts';

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

/**
 * A picture that moves or lies turned, over the frames of a span: scaled whole to one size, then looked up between its
 * pixels. All layers are free ones with the same size to begin with. Null when nothing of it is seen.
 */
export function drawFreely(
  facts: PictureFacts,
  layers: readonly MediaLayer[],
  output: Size,
): (DrawnPicture & { motion: PictureMotion }) | null {
  const drawings = layers.flatMap(({ free }) => (free ? (freeDrawing(facts, free, output) ?? []) : []));
  const [first] = drawings;
  const area = around(drawings.map(({ seen }) => seen));
  if (!first || !area || drawings.length !== layers.length) return null;
  const covers = drawings.every((drawing) => drawing.covers);
  const edge = covers && !facts.hasAlpha ? 0 : border;
  const box = around(drawings.map((drawing) => drawing.seen && lookedUp(drawing, drawing.seen)));
  if (!box) return null;
  const canvas: Canvas = {
    width: even(Math.max(box.width + 2 * edge, area.width)),
    height: even(Math.max(box.height + 2 * edge, area.height)),
    ...{ box, border: edge, area },
  };
  const filters = [
    ...scaleToVideo(first.scaled, facts, facts.hasAlpha),
    ...turnFilters(facts),
    ...lookFilters(layers[0]?.look ?? null),
    'setsar=1',
  ].join(',');
  const isBlended = facts.hasAlpha || edge > 0;
  return { filters, ...area, isBlended, motion: motionOf(drawings, canvas, facts.hasAlpha) };
}
