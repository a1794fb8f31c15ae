/** The number as ffmpeg reads it, without needless digits. */
const written = (value: number): string => String(Number(value.toFixed(6)));

interface Stretch {
  from: number;
  text: string;
}

/** As a tree: ffmpeg's expressions may not be nested more than some ninety deep. */
function tree(stretches: readonly Stretch[]): string {
  const [first] = stretches;
  if (stretches.length <= 1) return first?.text ?? '0';
  const middle = Math.ceil(stretches.length / 2);
  const next = stretches[middle]?.from ?? 0;
  return `if(lt(on,${next + 1}),${tree(stretches.slice(0, middle))},${tree(stretches.slice(middle))})`;
}

/** An expression that has these values frame by frame, where `on` counts frames from 1. Just a number when all are one. */
export function frameTable(values: readonly number[]): string {
  const stretches: Stretch[] = [];
  for (const [from, value] of values.entries()) {
    const text = written(value);
    if (stretches.at(-1)?.text !== text) stretches.push({ from, text });
  }
  return tree(stretches);
}
