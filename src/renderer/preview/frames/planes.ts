/** One plane of samples, line by line without padding. */
export interface Plane {
  readonly samples: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** A decoded picture as its file has it: not turned, not scaled, colours not touched. */
export interface PlaneFrame {
  /** `yuv`: planes Y, U, V and perhaps A. `rgb`: one plane of four samples (red, green, blue, opacity) per pixel. */
  readonly kind: 'yuv' | 'rgb';
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly planes: readonly Plane[];
  /** When it begins to show, seconds on the file's clock. */
  readonly timeSeconds: number;
  /** When the next frame begins; infinite for the last one and for stills. */
  readonly endSeconds: number;
}

/** Memory a frame takes. */
export function frameBytes(frame: PlaneFrame): number {
  return frame.planes.reduce((sum, plane) => sum + plane.samples.byteLength, 0);
}

interface FormatFacts {
  kind: PlaneFrame['kind'];
  bitDepth: number;
  /** Horizontal and vertical halving of the colour planes, as shifts. */
  across: number;
  down: number;
  planes: number;
}

const yuv = (across: number, down: number, planes = 3, bitDepth = 8): FormatFacts => ({
  kind: 'yuv',
  ...{ bitDepth, across, down, planes },
});

/** Formats that a browser hands out, by its names for them. */
const formats: Readonly<Record<string, FormatFacts>> = {
  ...{
    I420: yuv(1, 1),
    I420A: yuv(1, 1, 4),
    I422: yuv(1, 0),
    I422A: yuv(1, 0, 4),
    I444: yuv(0, 0),
    I444A: yuv(0, 0, 4),
  },
  ...{ I420P10: yuv(1, 1, 3, 10), I420P12: yuv(1, 1, 3, 12), I422P10: yuv(1, 0, 3, 10), I444P10: yuv(0, 0, 3, 10) },
  NV12: yuv(1, 1, 2),
};

/** What {@link splitPlanes} takes: a copy of all samples of a picture, and where its planes are in it. */
export interface RawPicture {
  format: string;
  width: number;
  height: number;
  bytes: Uint8Array<ArrayBuffer>;
  layout: readonly { offset: number; stride: number }[];
  timeSeconds: number;
  endSeconds: number;
}

function takePlane(raw: RawPicture, index: number, rowBytes: number, rows: number): Uint8Array<ArrayBuffer> {
  const { offset, stride } = raw.layout[index] ?? { offset: 0, stride: rowBytes };
  const plane = new Uint8Array(rowBytes * rows);
  for (let row = 0; row < rows; row += 1) {
    const from = offset + row * stride;
    plane.set(raw.bytes.subarray(from, from + rowBytes), row * rowBytes);
  }
  return plane;
}

function unweave(pairs: Uint8Array, width: number, height: number): Plane[] {
  return [0, 1].map((first) => {
    const samples = new Uint8Array(width * height);
    for (let at = 0; at < samples.length; at += 1) samples[at] = pairs[at * 2 + first] ?? 0;
    return { samples, width, height };
  });
}

/** Planes of a picture as it was copied out of the decoder; null for a format that is not known. */
export function splitPlanes(raw: RawPicture): PlaneFrame | null {
  const { width, height, timeSeconds, endSeconds } = raw;
  if (raw.format === 'RGBA' || raw.format === 'RGBX') {
    const samples = takePlane(raw, 0, width * 4, height);
    if (raw.format === 'RGBX') for (let at = 3; at < samples.length; at += 4) samples[at] = 255;
    return { kind: 'rgb', width, height, bitDepth: 8, planes: [{ samples, width, height }], timeSeconds, endSeconds };
  }
  const facts = formats[raw.format];
  if (!facts) return null;
  const half = { width: -(-width >> facts.across), height: -(-height >> facts.down) };
  const bytesEach = facts.bitDepth > 8 ? 2 : 1;
  const take = (index: number, size: { width: number; height: number }): Plane => {
    const bytes = takePlane(raw, index, size.width * bytesEach, size.height);
    return { samples: bytesEach === 2 ? new Uint16Array(bytes.buffer) : bytes, ...size };
  };
  const full = { width, height };
  const planes =
    facts.planes === 2
      ? [take(0, full), ...unweave(takePlane(raw, 1, half.width * 2, half.height), half.width, half.height)]
      : [take(0, full), take(1, half), take(2, half), ...(facts.planes === 4 ? [take(3, full)] : [])];
  return { kind: 'yuv', width, height, bitDepth: facts.bitDepth, planes, timeSeconds, endSeconds };
}
