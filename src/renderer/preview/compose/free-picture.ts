import { type FreeDrawing, lineAt, type PictureGrid, type Rect } from '#shared/model/index.ts';
import type { Gl, Texture } from './gl.ts';
import type { ScaledPicture } from './scale-picture.ts';
import { lookUpPlane } from './shaders.ts';

const phases = 256;
const one = 2048;

/** Cubic with A = −0.6 of a distance in samples, as ffmpeg's `perspective` has it. */
function cubic(distance: number): number {
  const a = -0.6;
  const d = Math.abs(distance);
  if (d < 1) return 1 - (a + 3) * d * d + (a + 2) * d * d * d;
  if (d < 2) return -4 * a + 8 * a * d - 5 * a * d * d + a * d * d * d;
  return 0;
}

/** Whole weights of the four samples around a place, for each 1/256 between two samples. */
export function lookupTable(): Int32Array<ArrayBuffer> {
  const table = new Int32Array(phases * 4);
  for (let phase = 0; phase < phases; phase += 1) {
    const weights = [0, 1, 2, 3].map((n) => cubic(phase / phases - (n - 1)));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    table.set(
      weights.map((weight) => Math.round((one * weight) / sum)),
      phase * 4,
    );
  }
  return table;
}

const table = lookupTable();

/** What lies around a picture: its last samples again, or (where it has transparency) clear black. */
const repeated = -1;
const clearBlack = [16, 128, 128] as const;

function half({ x, y, width, height }: Rect): Rect {
  return { x: x >> 1, y: y >> 1, width: width >> 1, height: height >> 1 };
}

/**
 * A scaled picture looked up between its pixels: the part `seen` of the frame, upright; with `hasShape`, its shape as
 * opacities. Takes the picture's textures.
 */
export function lookUp(
  gl: Gl,
  picture: ScaledPicture,
  drawing: FreeDrawing,
  grid: Pick<PictureGrid, 'rotationDeg' | 'isMirrored'>,
  { seen, hasShape }: { seen: Rect; hasShape: boolean },
): ScaledPicture {
  const weights = gl.texture('i32', 4, phases, table);
  const { across, down, kept } = drawing;
  const from = [lineAt(across, seen.x, seen.y), lineAt(down, seen.x, seen.y)];
  const draw = (source: Texture, plane: 0 | 1, outside: number, isShape: boolean): Texture => {
    const area = plane === 1 ? half(seen) : seen;
    const part = plane === 1 ? half(kept) : kept;
    const target = gl.texture('u8', area.width, area.height);
    gl.run({
      program: lookUpPlane,
      target,
      textures: { source, weights },
      whole: {
        keptFrom: [part.x, part.y],
        keptSize: [part.width, part.height],
        size: [source.width, source.height],
        turn: grid.rotationDeg,
        isMirrored: grid.isMirrored ? 1 : 0,
        isColour: plane,
        isShape: isShape ? 1 : 0,
        outside,
      },
      real: { from, perX: [across[1], down[1]], perY: [across[2], down[2]] },
    });
    return target;
  };
  const { opacities } = picture;
  const [blackY, blackU, blackV] = opacities ? clearBlack : [repeated, repeated, repeated];
  const result = {
    y: draw(picture.y, 0, blackY, false),
    u: draw(picture.u, 1, blackU, false),
    v: draw(picture.v, 1, blackV, false),
    opacities: hasShape ? draw(opacities ?? picture.y, 0, 0, opacities === null) : null,
  };
  gl.release(weights, picture.y, picture.u, picture.v, opacities);
  return result;
}
