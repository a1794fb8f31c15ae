import type { ColourFacts, Rect, Size } from '#shared/model/index.ts';
import type { Plane, PlaneFrame } from '../frames/planes.ts';
import { foreignMatrix, matrixSteps, rgbSteps } from './colour-steps.ts';
import type { Gl, Texture } from './gl.ts';
import { type ScaleTable, scaleTable } from './scale-table.ts';
import { changeMatrix, fromRgb, scaleAcross, scaleDown } from './shaders.ts';

/** A picture in bt709, limited range, 4:2:0, 8 bits, at the size it is drawn, still unturned. */
export interface ScaledPicture {
  readonly y: Texture;
  readonly u: Texture;
  readonly v: Texture;
  /** Null = opaque. */
  readonly opacities: Texture | null;
}

/** Samples to be scaled: which of them, and what they mean. */
export interface Samples {
  texture: Texture;
  area: Rect;
  /** Bits the weighed sum is shifted by, so that 15 are left. */
  shift: number;
}

const keptTables = 64;
const tables = new Map<string, ScaleTable>();

function tableOf(length: number, newLength: number, one: number): ScaleTable {
  const key = `${length}/${newLength}/${one}`;
  const table = tables.get(key) ?? scaleTable(length, newLength, one);
  tables.delete(key);
  tables.set(key, table);
  for (const [oldest] of tables) {
    if (tables.size <= keptTables) break;
    tables.delete(oldest);
  }
  return table;
}

const ranges = { limited: [0, 0], full: [1, 2] } as const;

function scale(gl: Gl, from: Samples, size: Size, range: number): Texture {
  const { area } = from;
  const across = tableOf(area.width, size.width, 16384);
  const down = tableOf(area.height, size.height, 4096);
  const acrossTexture = gl.texture('i32', across.taps + 1, size.width, across.rows);
  const downTexture = gl.texture('i32', down.taps + 1, size.height, down.rows);
  const between = gl.texture('i16', size.width, area.height);
  gl.run({
    program: scaleAcross,
    target: between,
    textures: { source: from.texture, table: acrossTexture },
    whole: { corner: [area.x, area.y], taps: across.taps, shift: from.shift, range },
  });
  const scaled = gl.texture('u8', size.width, size.height);
  gl.run({
    program: scaleDown,
    target: scaled,
    textures: { source: between, table: downTexture },
    whole: { taps: down.taps },
  });
  gl.release(acrossTexture, downTexture, between);
  return scaled;
}

function upload(gl: Gl, plane: Plane): Texture {
  const kind = plane.samples instanceof Uint16Array ? 'u16' : 'u8';
  return gl.texture(kind, plane.width, plane.height, plane.samples);
}

/** The same part of a plane whose sides may be halved. */
function partOf(plane: Plane, whole: Size, { x, y, width, height }: Rect): Rect {
  const across = plane.width < whole.width ? 1 : 0;
  const down = plane.height < whole.height ? 1 : 0;
  return { x: x >> across, y: y >> down, width: -(-width >> across), height: -(-height >> down) };
}

function yuvSamples(gl: Gl, frame: PlaneFrame, source: Rect): Samples[] {
  return frame.planes.map((plane) => ({
    texture: upload(gl, plane),
    area: partOf(plane, frame, source),
    shift: frame.bitDepth - 1,
  }));
}

/** Planes of a red, green, blue, opacity picture; colour comes from pairs of pixels unless it is made wider. */
function rgbSamples(gl: Gl, frame: PlaneFrame, source: Rect, size: Size): Samples[] {
  const [plane] = frame.planes;
  if (!plane) return [];
  const picture = gl.texture('rgba8', plane.width, plane.height, plane.samples);
  const isHalf = size.width >> 1 <= source.width >> 1;
  const { luma, u, v } = rgbSteps();
  const make = (index: number, parts: readonly number[], halves: boolean): Samples => {
    const width = halves ? -(-plane.width >> 1) : plane.width;
    const texture = gl.texture('u16', width, plane.height);
    gl.run({
      program: fromRgb,
      target: texture,
      textures: { source: picture },
      whole: { parts, plane: index, isHalf: halves ? 1 : 0, lastColumn: plane.width - 1 },
    });
    const area = halves ? { ...source, x: source.x >> 1, width: -(-source.width >> 1) } : source;
    return { texture, area, shift: 13 };
  };
  const made = [make(0, luma, false), make(1, u, isHalf), make(2, v, isHalf), make(3, [0, 0, 0], false)];
  gl.release(picture);
  return made;
}

function toBt709(gl: Gl, picture: ScaledPicture, colour: Pick<ColourFacts, 'matrix'>): ScaledPicture {
  const from = foreignMatrix(colour);
  if (from === null) return picture;
  const steps = matrixSteps(from);
  const { y, u, v } = picture;
  const make = (plane: number, parts: readonly number[], like: Texture) => {
    const target = gl.texture('u8', like.width, like.height);
    gl.run({ program: changeMatrix, target, textures: { luma: y, u, v }, whole: { parts, plane } });
    return target;
  };
  const changed = { y: make(0, steps.luma, y), u: make(1, steps.u, u), v: make(2, steps.v, v) };
  gl.release(y, u, v);
  return { ...changed, opacities: picture.opacities };
}

/** A decoded picture as it goes into {@link scalePicture}. */
export interface SourcePicture {
  readonly frame: PlaneFrame;
  readonly colour: Pick<ColourFacts, 'range' | 'matrix'>;
}

/**
 * Cuts `source` out of a decoded picture and scales it as the export does: every plane on its own, bicubic, then colours
 * to bt709. The textures are the caller's to give back.
 */
export function scalePicture(
  gl: Gl,
  { frame, colour }: SourcePicture,
  source: Rect,
  size: Size,
  isBlended: boolean,
): ScaledPicture {
  const isRgb = frame.kind === 'rgb';
  const samples = isRgb ? rgbSamples(gl, frame, source, size) : yuvSamples(gl, frame, source);
  const [y, u, v, opacities] = samples;
  if (!y || !u || !v) throw new Error('a picture without colour planes');
  const scaled = scaleSamples(gl, [y, u, v], size, isRgb ? 'limited' : colour.range);
  const cover = isBlended && opacities ? scale(gl, opacities, size, 0) : null;
  gl.release(...samples.map(({ texture }) => texture));
  return isRgb ? { ...scaled, opacities: cover } : toBt709(gl, { ...scaled, opacities: cover }, colour);
}

/** Scales Y, U and V that are textures already; colour to half the size. */
export function scaleSamples(
  gl: Gl,
  [y, u, v]: readonly [Samples, Samples, Samples],
  size: Size,
  range: ColourFacts['range'],
): ScaledPicture {
  const half = { width: size.width >> 1, height: size.height >> 1 };
  const [lumaRange, colourRange] = ranges[range];
  return {
    y: scale(gl, y, size, lumaRange),
    u: scale(gl, u, half, colourRange),
    v: scale(gl, v, half, colourRange),
    opacities: null,
  };
}
