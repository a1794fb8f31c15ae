import { blurPasses, colourBlurRadius, type PictureLook, type SampleStep } from '#shared/model/index.ts';
import type { Gl, Texture } from './gl.ts';
import type { ScaledPicture } from './scale-picture.ts';
import { blurLine, stepSamples } from './shaders.ts';

/** Box-blurs a plane `passes` times across, then down. Takes the plane, gives another. */
export function blurPlane(gl: Gl, plane: Texture, radius: number, passes: number): Texture {
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

function stepPlane(gl: Gl, plane: Texture, { gain, offset, low, high }: SampleStep): Texture {
  const target = gl.texture('u8', plane.width, plane.height);
  gl.run({ program: stepSamples, target, textures: { source: plane }, whole: { gain, offset, low, high } });
  gl.release(plane);
  return target;
}

/** Changes colours, then blurs, as the export does. Takes the picture, gives another. */
export function applyLook(gl: Gl, picture: ScaledPicture, look: PictureLook | null): ScaledPicture {
  let { y, u, v, opacities } = picture;
  const colour = look?.colour;
  if (colour) {
    y = stepPlane(gl, y, colour.y);
    u = stepPlane(gl, u, colour.u);
    v = stepPlane(gl, v, colour.v);
  }
  const radius = look?.blurRadius ?? 0;
  if (radius === 0) return { y, u, v, opacities };
  const colourRadius = colourBlurRadius(radius);
  return {
    y: blurPlane(gl, y, radius, blurPasses),
    u: colourRadius > 0 ? blurPlane(gl, u, colourRadius, blurPasses) : u,
    v: colourRadius > 0 ? blurPlane(gl, v, colourRadius, blurPasses) : v,
    opacities: opacities && blurPlane(gl, opacities, radius, blurPasses),
  };
}
