const clamp = (value: number): string =>
  Math.min(255, Math.max(0, Math.round(value)))
    .toString(16)
    .padStart(2, '0');

/**
 * ffmpeg's text filter before 7.0 (libavutil 59) turns colours into samples by BT.601 whatever the picture is. This gives
 * the colour that it must be told so that BT.709 samples come out; the most saturated ones can only be approached.
 */
export function bt709AsBt601(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const blueness = (blue - luma) / 1.8556;
  const redness = (red - luma) / 1.5748;
  const rgb = [luma + 1.402 * redness, luma - 0.344136 * blueness - 0.714136 * redness, luma + 1.772 * blueness];
  return `#${rgb.map(clamp).join('')}${colour.slice(7)}`;
}

/** The mapping an ffmpeg needs. */
export function textColourMap(libavutilMajor: number): (colour: string) => string {
  return libavutilMajor < 59 ? bt709AsBt601 : (colour) => colour;
}
