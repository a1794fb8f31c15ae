import { assertNever } from '#shared/errors/index.ts';
import { backdropBlur, type FreePlacement, type Layer, type Rect, type Size } from '#shared/model/index.ts';
import { canvasFilter } from './look-filter.ts';

/** A picture, or a part of one, ready to be drawn. */
export interface Picture {
  readonly image: CanvasImageSource;
  /** Part of the image in its own pixels; null = all of it. */
  readonly crop: Rect | null;
}

/** A layer with a picture (all kinds but text). */
export type PictureLayer = Exclude<Layer, { kind: 'text' }>;

/** Finds the picture of a media layer; `missing` draws stripes, null draws nothing yet. */
export type FindPicture = (layer: MediaLayer) => Picture | 'missing' | null;

/** A layer that shows footage or a still. */
export type MediaLayer = Extract<Layer, { kind: 'media' }>;

/** Layers under and over the lowest text: text is drawn between the two. */
export function splitAtText(layers: readonly Layer[]): { under: PictureLayer[]; over: PictureLayer[] } {
  const first = layers.findIndex((layer) => layer.kind === 'text');
  const isPicture = (layer: Layer): layer is PictureLayer => layer.kind !== 'text';
  if (first < 0) return { under: layers.filter(isPicture), over: [] };
  return { under: layers.slice(0, first).filter(isPicture), over: layers.slice(first).filter(isPicture) };
}

type Context = CanvasRenderingContext2D;

/** Draws layers over what is there, in output pixels scaled to the canvas. Holds one small canvas for backdrops. */
export class LayerPainter {
  #backdrop: HTMLCanvasElement | null = null;

  /** Draws layers, bottom to top. `isOpaque` starts from black, otherwise from clear. */
  paint(context: Context, layers: readonly PictureLayer[], output: Size, find: FindPicture, isOpaque: boolean): void {
    const { canvas } = context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    if (isOpaque) {
      context.fillStyle = '#000';
      context.fillRect(0, 0, canvas.width, canvas.height);
    } else context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(canvas.width / output.width, 0, 0, canvas.height / output.height, 0, 0);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    for (const layer of layers) {
      context.save();
      context.globalAlpha = layer.opacity;
      if (layer.window) clipTo(context, layer.window);
      this.#paintLayer(context, layer, output, find);
      context.restore();
    }
    context.globalAlpha = 1;
  }

  dispose(): void {
    if (this.#backdrop) this.#backdrop.width = 0;
    this.#backdrop = null;
  }

  #paintLayer(context: Context, layer: PictureLayer, output: Size, find: FindPicture): void {
    switch (layer.kind) {
      case 'colour':
        context.fillStyle = layer.colour;
        context.fillRect(0, 0, output.width, output.height);
        return;
      case 'media': {
        const picture = find(layer);
        if (picture === 'missing') paintStripes(context, layer.rect);
        else if (picture) {
          const { backdrop, look, free } = layer;
          if (backdrop) {
            context.filter = canvasFilter(look && { ...look, blurRadius: 0 }, 1);
            this.#paintBackdrop(context, picture, backdrop, output);
          }
          // A blur is reckoned in pixels of the size drawn from, a canvas's in its own.
          const grown = free ? free.width / free.from.width : 1;
          context.filter = canvasFilter(look, (grown * context.canvas.width) / output.width);
          if (free) paintFreely(context, picture, free);
          else paintPicture(context, picture, layer.rect);
          context.filter = 'none';
        }
        return;
      }
      default:
        assertNever(layer);
    }
  }

  #paintBackdrop(context: Context, picture: Picture, rect: Rect, output: Size): void {
    const canvas = this.#backdrop ?? document.createElement('canvas');
    this.#backdrop = canvas;
    const { small, radiusPx, passes } = backdropBlur(output);
    canvas.width = small.width;
    canvas.height = small.height;
    const context2 = canvas.getContext('2d');
    if (!context2) return;
    const across = small.width / output.width;
    const down = small.height / output.height;
    const target = { x: rect.x * across, y: rect.y * down, width: rect.width * across, height: rect.height * down };
    paintPicture(context2, picture, target);
    // Over the sharp copy, so that the blur does not fade to black at the frame's edges.
    // Boxes of width 2r + 1 applied n times spread like a Gaussian of this deviation.
    context2.filter = `blur(${Math.sqrt((passes * ((2 * radiusPx + 1) ** 2 - 1)) / 12)}px)`;
    context2.drawImage(canvas, 0, 0);
    context.drawImage(canvas, 0, 0, output.width, output.height);
  }
}

function paintPicture(context: Context, picture: Picture, rect: Rect): void {
  const { image, crop } = picture;
  if (crop) context.drawImage(image, crop.x, crop.y, crop.width, crop.height, rect.x, rect.y, rect.width, rect.height);
  else context.drawImage(image, rect.x, rect.y, rect.width, rect.height);
}

function clipTo(context: Context, { x, y, width, height }: Rect): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

function paintFreely(context: Context, picture: Picture, free: FreePlacement): void {
  const { centre, width, height, rotationDeg, kept, from } = free;
  if (kept && (kept.width <= 0 || kept.height <= 0)) return;
  context.save();
  context.translate(centre.x, centre.y);
  context.rotate((rotationDeg * Math.PI) / 180);
  context.translate(-width / 2, -height / 2);
  const [across, down] = [width / from.width, height / from.height];
  if (kept)
    clipTo(context, { x: kept.x * across, y: kept.y * down, width: kept.width * across, height: kept.height * down });
  paintPicture(context, picture, { x: 0, y: 0, width, height });
  context.restore();
}

/** The mark of media that is not there: red stripes where its picture would be. */
function paintStripes(context: Context, rect: Rect): void {
  context.save();
  context.beginPath();
  context.rect(rect.x, rect.y, rect.width, rect.height);
  context.clip();
  context.fillStyle = '#2a0d10';
  context.fillRect(rect.x, rect.y, rect.width, rect.height);
  context.strokeStyle = '#b3262f';
  context.lineWidth = 36;
  for (let at = -rect.height; at < rect.width; at += 120) {
    context.beginPath();
    context.moveTo(rect.x + at, rect.y + rect.height);
    context.lineTo(rect.x + at + rect.height, rect.y);
    context.stroke();
  }
  context.restore();
}
