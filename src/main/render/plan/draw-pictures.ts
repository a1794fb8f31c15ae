import type { Rect, Size } from '#shared/model/index.ts';
import type { PictureFacts } from '../sources/sources.ts';
import { drawFreely, type MediaLayer } from './moving-picture.ts';
import { type DrawnPicture, drawBackdrop, drawPicture } from './picture-filters.ts';
import type { FinishedFrames, PictureMotion } from './recipe.ts';

type Drawn = DrawnPicture & { motion?: PictureMotion; finish?: FinishedFrames[] };

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
  const stretches: FinishedFrames[] = [];
  for (const frame of frames) {
    const filters = finishFilters(frame, area, fade);
    const last = stretches.at(-1);
    if (last?.filters === filters) last.frames += 1;
    else stretches.push({ frames: 1, filters });
  }
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

/** The pictures of a media layer over the frames of a span (one layer when all are the same), bottom to top. */
export function drawPictures(facts: PictureFacts, layers: readonly MediaLayer[], output: Size): Drawn[] {
  const [first] = layers;
  if (!first) return [];
  const { rect, backdrop, free, look } = first;
  const isSteady = layers.every(({ opacity, window }) => opacity === first.opacity && !window);
  const manner = { opacity: isSteady ? first.opacity : 1, look, isToBeBlended: !isSteady };
  const finish = <One extends DrawnPicture>(drawn: One) => (isSteady ? drawn : withFinish(drawn, layers));
  const behind = backdrop ? drawBackdrop(facts, backdrop, output, manner) : null;
  const drawn: Drawn[] = behind ? [finish(behind)] : [];
  const main = free ? drawFreely(facts, layers, output) : drawPicture(facts, rect, output, manner);
  if (!main) return drawn;
  // A free picture is looked up before it is made fainter.
  return [...drawn, free ? withFinish(main, layers) : finish(main)];
}
