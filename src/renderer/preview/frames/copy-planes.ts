import { type PlaneFrame, splitPlanes } from './planes.ts';

/** A decoded picture: a `VideoFrame`, or mediabunny's `VideoSample`. */
export interface DecodedPicture {
  readonly format: string | null;
  readonly visibleRect: { readonly width: number; readonly height: number } | null;
  allocationSize(options?: VideoFrameCopyToOptions): number;
  copyTo(destination: Uint8Array<ArrayBuffer>, options?: VideoFrameCopyToOptions): Promise<PlaneLayout[]>;
}

/** Copies the samples of a picture out of the decoder; throws where its format is not one that can be drawn exactly. */
export async function copyPlanes(
  picture: DecodedPicture,
  times: Pick<PlaneFrame, 'timeSeconds' | 'endSeconds'>,
): Promise<PlaneFrame> {
  const { format, visibleRect } = picture;
  if (format === null || !visibleRect) throw new Error('the decoder hands out pictures that cannot be read back');
  const isRgb = format.startsWith('RGB') || format.startsWith('BGR');
  const rgbFormat = format.endsWith('A') ? 'RGBA' : 'RGBX';
  const options: VideoFrameCopyToOptions = isRgb ? { format: rgbFormat } : {};
  const bytes = new Uint8Array(picture.allocationSize(options));
  const layout = await picture.copyTo(bytes, options);
  const { width, height } = visibleRect;
  const frame = splitPlanes({ format: isRgb ? rgbFormat : format, width, height, bytes, layout, ...times });
  if (!frame) throw new Error(`pictures in ${format} are not known`);
  return frame;
}
