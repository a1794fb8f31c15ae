import type { CheckFinding } from '#shared/contract/render.ts';
import { finding, text } from './finding.ts';
import type { Intended, Observed } from './observed.ts';

/** Degrees that players turn the picture by, as the container tells them to. */
function taggedTurn(video: Record<string, unknown> | null): number {
  const sideData = Array.isArray(video?.side_data_list) ? (video.side_data_list as { rotation?: number }[]) : [];
  return sideData.find((one) => typeof one.rotation === 'number')?.rotation ?? 0;
}

/** Format, size, shape of pixels, turn and colours. */
export function pictureFindings(seen: Observed, intended: Intended | null): CheckFinding[] {
  const { video } = seen;
  const size = `${text(video?.width)}×${text(video?.height)}`;
  const isEven = Number(video?.width) % 2 === 0 && Number(video?.height) % 2 === 0;
  const wanted = intended ? `${intended.size.width}×${intended.size.height}` : 'even sides';
  const colours = ['color_range', 'color_space', 'color_primaries', 'color_transfer']
    .map((key) => text(video?.[key]))
    .join(' ');
  const turn = taggedTurn(video);
  const codec = `${text(video?.codec_name)} ${text(video?.pix_fmt)}`;
  const aspect = text(video?.sample_aspect_ratio);
  return [
    finding('video-codec', 'Picture format', codec === 'h264 yuv420p', 'h264 yuv420p', codec),
    finding('size', 'Picture size', intended ? size === wanted : isEven, wanted, size),
    finding('pixel-aspect', 'Square pixels', aspect === '1:1' || (!intended && aspect === 'none'), '1:1', aspect),
    finding('upright', 'Upright without turning', turn === 0, 'no turn', turn === 0 ? 'no turn' : `turned by ${turn}°`),
    finding('colour', 'Colour tags', colours === 'tv bt709 bt709 bt709', 'tv bt709 bt709 bt709', colours),
  ];
}

/** Of the file: whole, index first, not too large. */
export function containerFindings(seen: Observed, intended: Intended | null): CheckFinding[] {
  const { boxes, sizeBytes } = seen;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
  const maxBytes = intended?.maxBytes ?? null;
  return [
    finding(
      'whole',
      'File is complete',
      boxes.isWhole,
      'a complete MP4',
      boxes.isWhole ? 'complete' : 'cut short or no MP4',
    ),
    finding(
      'fast-start',
      'Starts playing while loading',
      boxes.isFastStart,
      'index first',
      boxes.isFastStart ? 'index first' : 'index last',
    ),
    ...(maxBytes === null
      ? []
      : [
          finding(
            'file-size',
            'File size',
            sizeBytes <= maxBytes,
            `at most ${megabytes(maxBytes)}`,
            megabytes(sizeBytes),
          ),
        ]),
  ];
}
