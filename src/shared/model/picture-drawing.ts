import type { VideoFacts } from './asset.ts';
import { backdropBlur } from './backdrop.ts';
import { visibleCrop } from './crop.ts';
import type { Rect } from './layers.ts';
import type { Size } from './ratio.ts';

/** How a file's decoded pixels lie. */
export interface PictureGrid extends Pick<VideoFacts, 'rotationDeg' | 'isMirrored'> {
  /** Decoded pixels, before any turn. */
  coded: Size;
}

/** The steps from a decoded picture to its place in the frame, in this order: cut, scale, turn, cut, place. */
export interface PictureDrawing {
  /** Part of the decoded, unturned picture that is used. */
  source: Rect;
  /** That is all of it. */
  isWhole: boolean;
  /** Size it is scaled to, still unturned. */
  scaled: Size;
  /** Where what is seen begins in the scaled and turned picture. */
  cut: { x: number; y: number };
  /** It is less than the whole scaled picture. */
  isCut: boolean;
  /** Where it lies in the frame. */
  seen: Rect;
}

/** A rectangle of the upright picture in the decoded, unturned one. */
function toCoded(rect: Rect, upright: Size, grid: PictureGrid): Rect {
  const { x, y, width, height } = rect;
  const right = upright.width - x - width;
  const bottom = upright.height - y - height;
  const turned: Record<PictureGrid['rotationDeg'], Rect> = {
    0: { x, y, width, height },
    90: { x: y, y: right, width: height, height: width },
    180: { x: right, y: bottom, width, height },
    270: { x: bottom, y: x, width: height, height: width },
  };
  const result = turned[grid.rotationDeg];
  const codedWidth = grid.rotationDeg % 180 === 0 ? upright.width : upright.height;
  return grid.isMirrored ? { ...result, x: codedWidth - result.x - result.width } : result;
}

function uprightGrid({ coded, rotationDeg }: PictureGrid): Size {
  return rotationDeg % 180 === 0 ? { ...coded } : { width: coded.height, height: coded.width };
}

function seenPart(target: Rect, frame: Size): Rect {
  const x = Math.max(0, target.x);
  const y = Math.max(0, target.y);
  return {
    x,
    y,
    width: Math.min(frame.width, target.x + target.width) - x,
    height: Math.min(frame.height, target.y + target.height) - y,
  };
}

/** How a picture comes to lie in `rect` of a frame; null when nothing of it is seen. Both renderers draw by it. */
export function pictureDrawing(grid: PictureGrid, rect: Rect, frame: Size): PictureDrawing | null {
  const upright = uprightGrid(grid);
  const crop = visibleCrop(upright, rect, frame);
  if (!crop) return null;
  const { source, target } = crop;
  const isTurned = grid.rotationDeg % 180 !== 0;
  const seen = seenPart(target, frame);
  return {
    source: toCoded(source, upright, grid),
    isWhole: source.width === upright.width && source.height === upright.height,
    scaled: isTurned ? { width: target.height, height: target.width } : { width: target.width, height: target.height },
    cut: { x: seen.x - target.x, y: seen.y - target.y },
    isCut: seen.width !== target.width || seen.height !== target.height,
    seen,
  };
}

/** Where the copy that is blurred lies in the small frame of {@link backdropBlur}, for a backdrop that fills `rect` of `output`. */
export function smallBackdropRect(rect: Rect, output: Size): Rect {
  const { small } = backdropBlur(output);
  const factor = { x: small.width / output.width, y: small.height / output.height };
  const even = (value: number) => Math.round(value / 2) * 2;
  const width = Math.max(small.width, even(rect.width * factor.x));
  const height = Math.max(small.height, even(rect.height * factor.y));
  // Rounding must not leave a gap at the far edges.
  return {
    x: Math.max(Math.min(0, even(rect.x * factor.x)), small.width - width),
    y: Math.max(Math.min(0, even(rect.y * factor.y)), small.height - height),
    width,
    height,
  };
}
