import type { PictureLook, Rect, Size } from '#shared/model/index.ts';
import type { PictureFacts } from '../sources/sources.ts';
import { drawFreely, type MediaLayer } from './moving-picture.ts';
import { type DrawnPicture, drawBackdrop, drawPicture, lookFilters } from './picture-filters.ts';
import type { FinishedFrames, PictureMotion } from './recipe.ts';
import { stretchesOf } from './stretches.ts';

type Drawn = DrawnPicture & { look?: FinishedFrames[]; motion?: PictureMotion; finish?: FinishedFrames[] };

/** How a layer is finished at one frame. */
interface Finish {
  opacity: number;
  window: Rect | null;
}

/** What two rectangles share; null when nothing. */
function shared(a: Rect, b: Rect): Rect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

type Fade = (opacity: number) => string | null;

function finishFilters({ opacity, window }: Finish, area: Rect, fade: Fade): string {
  const seen = window ? shared(window, area) : area;
  if (!seen || opacity <= 0) return 'format=yuva420p,lutyuv=a=0';
  const isCut = seen.width !== area.width || seen.height !== area.height;
  const cut = `crop=${seen.width}:${seen.height}:${seen.x - area.x}:${seen.y - area.y}:exact=1`;
  const pad = `pad=${area.width}:${area.height}:${seen.x - area.x}:${seen.y - area.y}:black@0`;
  const faint = fade(opacity);
  return ['format=yuva420p', ...(faint === null ? [] : [faint]), ...(isCut ? [cut, pad] : [])].join(',');
}

/** What makes the frames of a layer that fill `area` fainter or cuts them to windows, stretch by stretch; null = nothing. */
export function finishFrames(
  frames: readonly Finish[],
  area: Rect,
  fade: Fade = (opacity) => (opacity < 1 ? `lutyuv=a='val*${opacity}'` : null),
): FinishedFrames[] | null {
  const stretches = stretchesOf(frames.map((frame) => finishFilters(frame, area, fade)));
  const isNothing = stretches.every(({ filters }) => filters === 'format=yuva420p');
  return isNothing ? null : stretches;
}

function withFinish<One extends DrawnPicture>(
  drawn: One,
  frames: readonly Finish[],
): One & { finish?: FinishedFrames[] } {
  const { x, y, width, height } = drawn;
  const finish = finishFrames(frames, { x, y, width, height });
  return finish ? { ...drawn, isBlended: true, finish } : drawn;
}

/** Colours and blur that differ between frames, stretch by stretch; null where all frames have the same. */
function changingLook(looks: readonly (PictureLook | null)[]): FinishedFrames[] | null {
  const stretches = stretchesOf(looks.map((look) => lookFilters(look).join(',') || 'null'));
  return stretches.length > 1 ? stretches : null;
}

const coloursOf = (look: PictureLook | null): PictureLook | null =>
  look?.colour ? { colour: look.colour, blurRadius: 0 } : null;

/** The filling copy behind a picture, over the frames of a span. It is coloured while it is small, before it is blurred. */
function backdropOf(
  facts: PictureFacts,
  layers: readonly MediaLayer[],
  output: Size,
  manner: { opacity: number; isToBeBlended: boolean },
): Drawn | null {
  const [first] = layers;
  if (!first?.backdrop) return null;
  const look = changingLook(layers.map((layer) => coloursOf(layer.look)));
  const drawn = drawBackdrop(facts, first.backdrop, output, { ...manner, look: look ? null : first.look });
  if (!drawn) return null;
  const { small, blur, enlarged, ...place } = drawn;
  return look
    ? { ...place, filters: small, look, motion: { before: blur, after: enlarged } }
    : { ...place, filters: [small, blur, enlarged].join(',') };
}

/** The pictures of a media layer over the frames of a span (one layer when all are the same), bottom to top. */
export function drawPictures(facts: PictureFacts, layers: readonly MediaLayer[], output: Size): Drawn[] {
  const [first] = layers;
  if (!first) return [];
  const { rect, free } = first;
  const isSteady = layers.every(({ opacity, window }) => opacity === first.opacity && !window);
  const manner = { opacity: isSteady ? first.opacity : 1, isToBeBlended: !isSteady };
  const finish = <One extends DrawnPicture>(drawn: One) => (isSteady ? drawn : withFinish(drawn, layers));
  const behind = backdropOf(facts, layers, output, manner);
  const drawn: Drawn[] = behind ? [finish(behind)] : [];
  const changing = changingLook(layers.map(({ look }) => look));
  const look = changing ? null : first.look;
  const main: Drawn | null = free
    ? drawFreely(facts, layers, look, output)
    : drawPicture(facts, rect, output, { ...manner, look });
  if (!main) return drawn;
  const looked: Drawn = changing ? { ...main, look: changing } : main;
  // A free picture is looked up before it is made fainter.
  return [...drawn, free ? withFinish(looked, layers) : finish(looked)];
}
