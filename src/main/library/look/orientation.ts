/**
 * How the stored picture becomes the shown one: first flipped left to right when `isMirrored`, then turned clockwise.
 * The order is EXIF's ("mirror horizontal and rotate 270 CW"), and the one `VideoFacts` means.
 */
export interface Orientation {
  rotationDeg: 0 | 90 | 180 | 270;
  isMirrored: boolean;
}

/** As stored. */
export const upright: Orientation = { rotationDeg: 0, isMirrored: false };

/** EXIF orientation 1–8 (Exif 2.32, tag 0x0112) → orientation. Anything else is upright. */
export function orientationOfExif(value: number): Orientation {
  const table: Record<number, Orientation> = {
    2: { rotationDeg: 0, isMirrored: true },
    3: { rotationDeg: 180, isMirrored: false },
    4: { rotationDeg: 180, isMirrored: true },
    5: { rotationDeg: 270, isMirrored: true },
    6: { rotationDeg: 90, isMirrored: false },
    7: { rotationDeg: 90, isMirrored: true },
    8: { rotationDeg: 270, isMirrored: false },
  };
  return table[value] ?? upright;
}

/**
 * The display matrix as ffprobe prints it (three hex-numbered lines of three numbers, 16.16 fixed point), or, for
 * builds that print no matrix, its counter-clockwise `rotation`. Turns that are no quarter are rounded to one.
 */
export function orientationOfDisplayMatrix(matrix: string | undefined, rotation: number | undefined): Orientation {
  const numbers = (matrix ?? '')
    .split('\n')
    .map((line) => /^[0-9a-f]{8}:\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)/i.exec(line.trim()))
    .filter((match) => match !== null)
    .map((match) => [Number(match[1]), Number(match[2])]);
  const [a, b] = numbers[0] ?? [];
  const [c, d] = numbers[1] ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    return { rotationDeg: quarter(-(rotation ?? 0)), isMirrored: false };
  }
  if (a * d - b * c >= 0) return { rotationDeg: quarter((Math.atan2(b, a) * 180) / Math.PI), isMirrored: false };
  // Flipped: the image of "right" is what the turn makes of "left".
  return { rotationDeg: quarter((Math.atan2(-b, -a) * 180) / Math.PI), isMirrored: true };
}

function quarter(degrees: number): Orientation['rotationDeg'] {
  const turn = (((Math.round(degrees / 90) * 90) % 360) + 360) % 360;
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0;
}

/** Shown size of a stored picture: pixel aspect ratio applied to the width, then turned. */
export function shownSize(
  coded: { width: number; height: number },
  pixelAspect: { num: number; den: number },
  orientation: Orientation,
): { width: number; height: number } {
  const width = Math.max(1, Math.round((coded.width * pixelAspect.num) / pixelAspect.den));
  return orientation.rotationDeg % 180 === 0 ? { width, height: coded.height } : { width: coded.height, height: width };
}

/** ffmpeg filters that bring a stored picture (decoded with `-noautorotate`) into its shown orientation. */
export function uprightFilters(orientation: Orientation): string[] {
  const flip = orientation.isMirrored ? ['hflip'] : [];
  switch (orientation.rotationDeg) {
    case 90:
      return [...flip, 'transpose=clock'];
    case 180:
      return [...flip, 'hflip', 'vflip'];
    case 270:
      return [...flip, 'transpose=cclock'];
    default:
      return flip;
  }
}
