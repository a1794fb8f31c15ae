import {
  backdropBlur,
  type FreeDrawing,
  type PictureDrawing,
  type PictureGrid,
  type PictureLook,
  type Rect,
  type Size,
} from '#shared/model/index.ts';
import type { TextPicture } from '../text/text-source.ts';
import { applyLook, blurPlane } from './apply-look.ts';
import { lookUp } from './free-picture.ts';
import { Gl, type Texture } from './gl.ts';
import { type Samples, type ScaledPicture, type SourcePicture, scalePicture, scaleSamples } from './scale-picture.ts';
import { fillPlane, layText, placePlane, showFrame } from './shaders.ts';

/** What steps with a picture have in common. */
interface PictureStep {
  picture: SourcePicture;
  grid: PictureGrid;
  /** 0 to 1. */
  opacity: number;
  look: PictureLook | null;
  /** The part of the frame in which it may be seen, on even pixels; null = all of it. */
  window: Rect | null;
}

/** One step of drawing a frame, bottom to top. */
export type ComposeStep =
  | (PictureStep & {
      kind: 'picture';
      drawing: PictureDrawing;
      /** Less than full opacity or a see-through source makes it so. */
      isBlended: boolean;
    })
  /** A picture placed between pixels. */
  | (PictureStep & { kind: 'free'; drawing: FreeDrawing; hasAlpha: boolean })
  /** The blurred copy that fills the frame; `drawing` is within the small frame of the blur. */
  | (PictureStep & { kind: 'backdrop'; drawing: PictureDrawing })
  | { kind: 'colour'; yuva: readonly [number, number, number, number]; window: Rect | null }
  | { kind: 'text'; text: TextPicture };

/** A finished frame: yuv420p, bt709, limited range. */
export interface ComposedFrame {
  readonly width: number;
  readonly height: number;
  /** Y, U, V one after another. */
  readonly samples: Uint8Array<ArrayBuffer>;
}

type FramePlanes = readonly [y: Texture, u: Texture, v: Texture];
const black = [16, 128, 128] as const;
const upright = { rotationDeg: 0 as const, isMirrored: false };
const halved = ({ x, y, width, height }: Rect): Rect => ({
  x: x >> 1,
  y: y >> 1,
  width: width >> 1,
  height: height >> 1,
});

/** A place cut to a window of the frame; null when nothing of it is left. */
function cutToWindow(drawing: Pick<PictureDrawing, 'seen' | 'cut'>, window: Rect | null) {
  const { seen, cut } = drawing;
  if (!window) return { seen, cut };
  const x = Math.max(seen.x, window.x);
  const y = Math.max(seen.y, window.y);
  const width = Math.min(seen.x + seen.width, window.x + window.width) - x;
  const height = Math.min(seen.y + seen.height, window.y + window.height) - y;
  if (width <= 0 || height <= 0) return null;
  return { seen: { x, y, width, height }, cut: { x: cut.x + x - seen.x, y: cut.y + y - seen.y } };
}

/**
 * Draws frames as the export does: in yuv 4:2:0, plane by plane, with the same arithmetic; one last pass turns the frame
 * into what a screen shows. Bound to one canvas.
 */
export class Compositor {
  readonly #gl: Gl;
  #planes: FramePlanes | null = null;

  /** Throws where WebGL2 is not there. */
  constructor(canvas: HTMLCanvasElement) {
    this.#gl = new Gl(canvas);
  }

  get isLost(): boolean {
    return this.#gl.isLost;
  }

  /** Bytes of graphics memory held. */
  get bytes(): number {
    return this.#gl.bytes;
  }

  /** Draws a frame over black. Both sides of `size` must be even. Throws RangeError for pictures too large for the graphics processor. */
  compose(steps: readonly ComposeStep[], size: Size): void {
    const planes = this.#framePlanes(size);
    for (const [index, plane] of planes.entries()) this.#gl.clear(plane, black[index] ?? 0);
    try {
      for (const step of steps) this.#draw(planes, step, size);
    } finally {
      this.#gl.releaseAllBut(planes);
    }
  }

  /** Shows the composed frame on the canvas, which takes this size. */
  show(screen: Size): void {
    const [luma, u, v] = this.#planes ?? [];
    if (!luma || !u || !v) return;
    const { canvas } = this.#gl;
    if (canvas.width !== screen.width) canvas.width = screen.width;
    if (canvas.height !== screen.height) canvas.height = screen.height;
    this.#gl.run({
      program: showFrame,
      target: null,
      textures: { luma, u, v },
      real: { frameSize: [luma.width, luma.height], screenSize: [screen.width, screen.height] },
    });
  }

  /** Resolves when the last frame is really drawn. */
  whenDone(): Promise<void> {
    return this.#gl.whenDone();
  }

  /** The composed frame's samples. Waits for the graphics processor. */
  read(): ComposedFrame {
    const [luma, u, v] = this.#planes ?? [];
    if (!luma || !u || !v) throw new Error('nothing has been composed');
    const planes = [luma, u, v].map((plane) => this.#gl.read(plane));
    const samples = new Uint8Array(planes.reduce((sum, plane) => sum + plane.length, 0));
    let at = 0;
    for (const plane of planes) {
      samples.set(plane, at);
      at += plane.length;
    }
    return { width: luma.width, height: luma.height, samples };
  }

  dispose(): void {
    this.#planes = null;
    this.#gl.dispose();
  }

  #framePlanes({ width, height }: Size): FramePlanes {
    const [luma] = this.#planes ?? [];
    if (this.#planes && luma?.width === width && luma.height === height) return this.#planes;
    if (this.#planes) this.#gl.release(...this.#planes);
    const half = [width >> 1, height >> 1] as const;
    const planes: FramePlanes = [
      this.#gl.texture('u8', width, height),
      this.#gl.texture('u8', ...half),
      this.#gl.texture('u8', ...half),
    ];
    this.#planes = planes;
    return planes;
  }

  #draw(planes: FramePlanes, step: ComposeStep, size: Size): void {
    switch (step.kind) {
      case 'colour':
        for (const [index, plane] of planes.entries())
          this.#fill(
            plane,
            step.yuva[index] ?? 0,
            step.yuva[3],
            step.window && (index === 0 ? step.window : halved(step.window)),
          );
        return;
      case 'text':
        this.#layText(planes, step.text);
        return;
      case 'backdrop':
        this.#drawBackdrop(planes, step, size);
        return;
      case 'picture': {
        const { picture, drawing, isBlended } = step;
        const scaled = scalePicture(this.#gl, picture, drawing.source, drawing.scaled, isBlended);
        const looking = applyLook(this.#gl, scaled, step.look);
        this.#place(planes, looking, step);
        this.#gl.release(looking.y, looking.u, looking.v, looking.opacities);
        return;
      }
      case 'free':
        this.#drawFreely(planes, step);
    }
  }

  #drawFreely(planes: FramePlanes, step: Extract<ComposeStep, { kind: 'free' }>): void {
    const { picture, drawing, grid, look, opacity, window } = step;
    const { width, height } = grid.coded;
    if (!drawing.seen) return;
    const scaled = scalePicture(this.#gl, picture, { x: 0, y: 0, width, height }, drawing.scaled, step.hasAlpha);
    // What covers the frame needs no shape: that spares a third of the work.
    const hasShape = step.hasAlpha || !drawing.covers;
    const looking = applyLook(this.#gl, scaled, look);
    const placed = lookUp(this.#gl, looking, drawing, grid, { seen: drawing.seen, hasShape });
    const seen = { seen: drawing.seen, cut: { x: 0, y: 0 } };
    this.#place(planes, placed, { drawing: seen, grid: upright, opacity, isBlended: hasShape || opacity < 1, window });
    this.#gl.release(placed.y, placed.u, placed.v, placed.opacities);
  }

  #fill(plane: Texture, value: number, cover: number, window: Rect | null): void {
    if (cover === 255 && !window) {
      this.#gl.clear(plane, value);
      return;
    }
    const under = this.#gl.copy(plane);
    const area = window ? { area: window } : {};
    this.#gl.run({ program: fillPlane, target: plane, ...area, textures: { under }, whole: { value, cover } });
    this.#gl.release(under);
  }

  #layText(planes: FramePlanes, { pixels, bounds }: TextPicture): void {
    const { x, y, width, height } = bounds;
    if (width === 0 || height === 0) return;
    const text = this.#gl.texture('rgba16', width, height, pixels);
    for (const [index, plane] of planes.entries()) {
      const area = index === 0 ? bounds : halved(bounds);
      const under = this.#gl.copy(plane);
      const whole = { plane: index, origin: [x, y] };
      this.#gl.run({ program: layText, target: plane, area, textures: { text, under }, whole });
      this.#gl.release(under);
    }
    this.#gl.release(text);
  }

  #place(
    planes: FramePlanes,
    scaled: ScaledPicture,
    step: {
      drawing: Pick<PictureDrawing, 'seen' | 'cut'>;
      grid: Pick<PictureGrid, 'rotationDeg' | 'isMirrored'>;
      opacity: number;
      isBlended: boolean;
      window?: Rect | null;
    },
  ): void {
    const within = cutToWindow(step.drawing, step.window ?? null);
    if (!within) return;
    const { seen, cut } = within;
    for (const [index, plane] of planes.entries()) {
      const source = [scaled.y, scaled.u, scaled.v][index] ?? scaled.y;
      const down = index === 0 ? 0 : 1;
      const area = down === 0 ? seen : halved(seen);
      const under = step.isBlended ? this.#gl.copy(plane) : null;
      const opacities = scaled.opacities;
      this.#gl.run({
        program: placePlane,
        target: plane,
        area,
        textures: { source, ...(under ? { under } : {}), ...(opacities ? { opacities } : {}) },
        whole: {
          origin: [area.x, area.y],
          cut: [cut.x >> down, cut.y >> down],
          size: [source.width, source.height],
          opacitySize: [scaled.y.width, scaled.y.height],
          turn: step.grid.rotationDeg,
          isMirrored: step.grid.isMirrored ? 1 : 0,
          isBlended: step.isBlended ? 1 : 0,
          hasOpacities: opacities ? 1 : 0,
          isColour: down,
        },
        real: { opacity: step.opacity },
      });
      this.#gl.release(under);
    }
  }

  #drawBackdrop(planes: FramePlanes, step: Extract<ComposeStep, { kind: 'backdrop' }>, size: Size): void {
    const gl = this.#gl;
    const { small, radiusPx, passes } = backdropBlur(size);
    const half = [small.width >> 1, small.height >> 1] as const;
    const tiny: FramePlanes = [
      gl.texture('u8', small.width, small.height),
      gl.texture('u8', ...half),
      gl.texture('u8', ...half),
    ];
    const { picture, drawing, grid } = step;
    const scaled = scalePicture(gl, picture, drawing.source, drawing.scaled, false);
    const colours = step.look?.colour ? { colour: step.look.colour, blurRadius: 0 } : null;
    const looking = applyLook(gl, scaled, colours);
    this.#place(tiny, looking, { drawing, grid, opacity: 1, isBlended: false });
    gl.release(looking.y, looking.u, looking.v);
    const [y, u, v] = tiny.map((plane, index) =>
      blurPlane(gl, plane, index === 0 ? radiusPx : Math.round(radiusPx / 2), passes),
    );
    if (!y || !u || !v) return;
    const all = (texture: Texture): Samples => ({
      texture,
      area: { x: 0, y: 0, width: texture.width, height: texture.height },
      shift: 7,
    });
    const large = scaleSamples(gl, [all(y), all(u), all(v)], size, 'limited');
    const whole = { x: 0, y: 0, ...size };
    const placed = { cut: { x: 0, y: 0 }, seen: whole };
    const { opacity, window } = step;
    this.#place(planes, large, { drawing: placed, grid: upright, opacity, isBlended: opacity < 1, window });
    gl.release(y, u, v, large.y, large.u, large.v);
  }
}
