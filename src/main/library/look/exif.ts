import ExifReader from 'exifreader';
import { type CaptureTime, deviceName, readTime } from './capture.ts';
import { type Orientation, orientationOfExif, upright } from './orientation.ts';
import type { RangeReader } from './read-ranges.ts';

/** What a photo's EXIF block tells; absent or damaged EXIF tells nothing. */
export interface ExifFacts {
  orientation: Orientation;
  captured: CaptureTime | null;
  device: string | null;
}

/** Photos up to this size are read whole (TIFF and WebP keep EXIF anywhere); of larger ones the start. */
const wholeBytes = 48 * 1024 * 1024;

const noFacts: ExifFacts = { orientation: upright, captured: null, device: null };

/** Reads orientation, time and device from JPEG, TIFF, PNG, WebP, HEIC or AVIF. Never throws over the content. */
export async function readExif(reader: RangeReader): Promise<ExifFacts> {
  const bytes = await reader.read(0, reader.sizeBytes <= wholeBytes ? reader.sizeBytes : 1024 * 1024);
  try {
    // XMP would need a DOM, and the reader says so on stderr.
    const tags = ExifReader.load(bytes, { includeUnknown: false, excludeTags: { xmp: true } });
    const offset = text(tags.OffsetTimeOriginal) ?? text(tags.OffsetTime);
    return {
      orientation: orientationOfExif(Number(tags.Orientation?.value ?? 1)),
      captured: readTime(text(tags.DateTimeOriginal) ?? text(tags.DateTime), {
        isLocal: true,
        ...(offset === undefined ? {} : { offset }),
      }),
      device: deviceName(text(tags.Make), text(tags.Model)),
    };
  } catch {
    // No EXIF, or a broken block: the picture itself may be fine.
    return noFacts;
  }
}

function text(tag: { description?: unknown } | undefined): string | undefined {
  return typeof tag?.description === 'string' && tag.description !== '' ? tag.description : undefined;
}
