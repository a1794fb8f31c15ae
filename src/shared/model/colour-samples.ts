/** "#RRGGBB[AA]" as bt709 limited-range samples (Y, U, V) and 8-bit opacity. */
export function colourSamples(colour: string, opacity: number): [number, number, number, number] {
  const part = (index: number) => Number.parseInt(colour.slice(1 + index * 2, 3 + index * 2) || 'ff', 16) / 255;
  const [red, green, blue] = [part(0), part(1), part(2)];
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return [
    Math.round(16 + 219 * luma),
    Math.round(128 + (224 * (blue - luma)) / 1.8556),
    Math.round(128 + (224 * (red - luma)) / 1.5748),
    Math.round(255 * part(3) * opacity),
  ];
}
