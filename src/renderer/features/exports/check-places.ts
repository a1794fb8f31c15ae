import { formatTimecode, type Rate } from '#shared/units/index.ts';

/** Places told of one finding at most. */
const mostPlaces = 6;

/**
 * Where something was found, for people: "Frame 12 (00:00:00:12); from frame 40 (00:00:01:10) on". Frames in a row are
 * told by the first, since a finding names some of them only. `rate`: of the ad; times are told where it is known.
 */
export function placesText(frames: readonly number[], rate: Rate | undefined): string {
  const known = new Set(frames);
  const starts = frames.filter((frame) => !known.has(frame - 1));
  const told = starts.slice(0, mostPlaces).map((frame) => {
    const name = rate ? `frame ${frame} (${formatTimecode(frame, rate)})` : `frame ${frame}`;
    return known.has(frame + 1) ? `from ${name} on` : name;
  });
  const text = told.join('; ') + (starts.length > mostPlaces ? ' …' : '');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
