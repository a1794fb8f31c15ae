import { copyPlanes } from './copy-planes.ts';
import type { PlaneFrame } from './planes.ts';

/**
 * The picture of a file that stands still, as the file has it: not turned, colours not converted, opacity not applied.
 * Throws where the browser cannot decode it so.
 */
export async function readStill(url: string, mime: string): Promise<PlaneFrame> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the picture was answered with ${response.status}`);
  const type = response.headers.get('content-type')?.split(';')[0] || mime;
  // All of it: from a file still on its way, a JPEG is decoded to red, green and blue instead of its own planes.
  const data = await response.arrayBuffer();
  const decoder = new ImageDecoder({
    ...{ data, type },
    ...{ colorSpaceConversion: 'none', premultiplyAlpha: 'none' },
  });
  try {
    const { image } = await decoder.decode();
    try {
      return await copyPlanes(image, { timeSeconds: 0, endSeconds: Number.POSITIVE_INFINITY });
    } finally {
      image.close();
    }
  } finally {
    decoder.close();
  }
}
