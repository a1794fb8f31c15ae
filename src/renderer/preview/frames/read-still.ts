import { type PlaneFrame, splitPlanes } from './planes.ts';

/**
 * The picture of a file that stands still, as the file has it: not turned, colours not converted, opacity not applied.
 * Throws where the browser cannot decode it so.
 */
export async function readStill(url: string, mime: string): Promise<PlaneFrame> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the picture was answered with ${response.status}`);
  const type = response.headers.get('content-type')?.split(';')[0] || mime;
  const decoder = new ImageDecoder({
    data: response.body,
    type,
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  } as ImageDecoderInit);
  try {
    const { image } = await decoder.decode();
    try {
      return await copyOf(image);
    } finally {
      image.close();
    }
  } finally {
    decoder.close();
  }
}

async function copyOf(image: VideoFrame): Promise<PlaneFrame> {
  const { format, visibleRect } = image;
  if (format === null || !visibleRect) throw new Error('the picture cannot be read back');
  const isRgb = format.startsWith('RGB') || format.startsWith('BGR');
  const wanted = format.endsWith('A') ? 'RGBA' : 'RGBX';
  const options: VideoFrameCopyToOptions = isRgb ? { format: wanted } : {};
  const bytes = new Uint8Array(image.allocationSize(options));
  const layout = await image.copyTo(bytes, options);
  const frame = splitPlanes({
    format: isRgb ? wanted : format,
    width: visibleRect.width,
    height: visibleRect.height,
    bytes,
    layout,
    timeSeconds: 0,
    endSeconds: Number.POSITIVE_INFINITY,
  });
  if (!frame) throw new Error(`pictures in ${format} are not known`);
  return frame;
}
