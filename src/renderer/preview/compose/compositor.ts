import { backdropBlur, type PictureDrawing, type PictureGrid, type Rect, type Size } from '#shared/model/index.ts';
import type { TextPicture } from '../text/text-source.ts';
import { Gl, type Texture } from './gl.ts';
import { type Samples, type ScaledPicture, type SourcePicture, scalePicture, scaleSamples } from './scale-picture.ts';
import { blurLine, fillPlane, layText, placePlane, showFrame } from './shaders.ts';

/** One step of drawing a frame, bottom to top. */
export type ComposeStep =
  | {
      kind: 'picture';
      picture: SourcePicture;
      grid: PictureGrid;
      drawing: PictureDrawing;
      /** 0 to 1; less than 1 or a see-through source makes it blended. */
      opacity: number;
      isBlended: boolean;
    }
  /** The blurred copy that fills the frame; `drawing` is within the small frame of the blur. */
  | { kind: 'backdrop'; picture: SourcePicture; grid: PictureGrid; drawing: PictureDrawing }
  | { kind: 'colour'; yuva: readonly [number, number, number, number] }
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
const halved = ({ x, y, width, height }: Rect): Rect => ({
  x: x >> 1,
  y: y >> 1,
  width: width >> 1,
  height: height >> 1,
});

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
        for (const [index, plane] of planes.entries()) this.#fill(plane, step.yuva[index] ?? 0, step.yuva[3]);
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
        this.#place(planes, scaled, step);
        this.#gl.release(scaled.y, scaled.u, scaled.v, scaled.opacities);
      }
    }
  }

  #fill(plane: Texture, value: number, cover: number): void {
    if (cover === 255) {
      this.#gl.clear(plane, value);
      return;
    }
    const under = this.#gl.copy(plane);
    this.#gl.run({ program: fillPlane, target: plane, textures: { under }, whole: { value, cover } });
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
    step: { drawing: PictureDrawing; grid: PictureGrid; opacity: number; isBlended: boolean },
  ): void {
    const { seen, cut } = step.drawing;
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
    this.#place(tiny, scaled, { drawing, grid, opacity: 1, isBlended: false });
    gl.release(scaled.y, scaled.u, scaled.v);
    const [y, u, v] = tiny.map((plane, index) =>
      this.#blur(plane, index === 0 ? radiusPx : Math.round(radiusPx / 2), passes),
    );
    if (!y || !u || !v) return;
    const all = (texture: Texture): Samples => ({
      texture,
      area: { x: 0, y: 0, width: texture.width, height: texture.height },
      shift: 7,
    });
    const large = scaleSamples(gl, [all(y), all(u), all(v)], size, 'limited');
    const whole = { x: 0, y: 0, ...size };
    const placed = { source: whole, isWhole: true, scaled: size, cut: { x: 0, y: 0 }, isCut: false, seen: whole };
    const upright = { coded: small, rotationDeg: 0 as const, isMirrored: false };
    this.#place(planes, large, { drawing: placed, grid: upright, opacity: 1, isBlended: false });
    gl.release(y, u, v, large.y, large.u, large.v);
  }

  /** Box-blurs a plane `passes` times across, then down. Takes the plane, gives another. */
  #blur(plane: Texture, radius: number, passes: number): Texture {
    const gl = this.#gl;
    let from = plane;
    for (const along of [
      [1, 0],
      [0, 1],
    ] as const) {
      const last = (along[0] === 1 ? plane.width : plane.height) - 1;
      for (let pass = 0; pass < passes; pass += 1) {
        const target = gl.texture('u8', plane.width, plane.height);
        gl.run({ program: blurLine, target, textures: { source: from }, whole: { along, radius, last } });
        gl.release(from);
        from = target;
      }
    }
    return from;
  }
}
