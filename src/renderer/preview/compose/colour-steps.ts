import type { ColourFacts } from '#shared/model/index.ts';

/** Parts of red, green and blue in luma, by what `colormatrix` calls them. */
const lumaParts = {
  bt709: [0.2126, 0.7152, 0.0722],
  fcc: [0.3, 0.59, 0.11],
  bt601: [0.299, 0.587, 0.114],
  smpte240m: [0.212, 0.701, 0.087],
  bt2020: [0.2627, 0.678, 0.0593],
} as const;

/** A matrix whose samples have to be turned into bt709's. */
export type ForeignMatrix = Exclude<keyof typeof lumaParts, 'bt709'>;

/** The matrix of samples that do not mean bt709 yet; null when they do. The export decides by the same names. */
export function foreignMatrix({ matrix }: Pick<ColourFacts, 'matrix'>): ForeignMatrix | null {
  switch (matrix) {
    case 'smpte170m':
    case 'bt470bg':
    case 'bt601':
      return 'bt601';
    case 'fcc':
    case 'smpte240m':
      return matrix;
    case 'bt2020nc':
    case 'bt2020c':
    case 'bt2020':
      return 'bt2020';
    default:
      return null;
  }
}

type Row = readonly [number, number, number];

/** Luma and colour differences of red, green, blue, all on a scale of 1. */
function toDifferences([red, green, blue]: Row): Row[] {
  const [b, r] = [0.5 / (1 - blue), 0.5 / (1 - red)];
  return [
    [red, green, blue],
    [-red * b, -green * b, (1 - blue) * b],
    [(1 - red) * r, -green * r, -blue * r],
  ];
}

/** Red, green, blue of luma and colour differences. */
function fromDifferences([red, green, blue]: Row): Row[] {
  const [b, r] = [2 * (1 - blue), 2 * (1 - red)];
  return [
    [1, 0, r],
    [1, (-blue * b) / green, (-red * r) / green],
    [1, b, 0],
  ];
}

const cell = (one: readonly Row[], other: readonly Row[], row: number, column: number): number =>
  [0, 1, 2].reduce((sum, n) => sum + (one[row]?.[n] ?? 0) * (other[n]?.[column] ?? 0), 0);

/** How much of U and V goes into Y, U and V of bt709, in 1/65536. */
export function matrixSteps(from: ForeignMatrix): { luma: [number, number]; u: [number, number]; v: [number, number] } {
  const [to, back] = [toDifferences(lumaParts.bt709), fromDifferences(lumaParts[from])];
  const row = (n: number): [number, number] => [
    Math.round(cell(to, back, n, 1) * 65536),
    Math.round(cell(to, back, n, 2) * 65536),
  ];
  return { luma: row(0), u: row(1), v: row(2) };
}

/** Parts of 8-bit red, green and blue in limited-range bt709 samples, in 1/32768. */
export function rgbSteps(): { luma: Row; u: Row; v: Row } {
  const [luma, u, v] = toDifferences(lumaParts.bt709);
  const scaled = (row: Row | undefined, span: number): Row => {
    const [red = 0, green = 0, blue = 0] = (row ?? []).map((part) => Math.round((part * span * 32768) / 255));
    return [red, green, blue];
  };
  return { luma: scaled(luma, 219), u: scaled(u, 224), v: scaled(v, 224) };
}
