import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';

const run = promisify(execFile);

/** A decoded picture: three bytes per pixel, line by line. */
export interface Picture {
  width: number;
  height: number;
  rgb: Buffer;
}

function decode(args: readonly string[], input?: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { encoding: 'buffer', maxBuffer: 1 << 28 } as const;
    const child = execFile('ffmpeg', ['-v', 'error', ...args], options, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];

/** Decodes a PNG. */
export async function readPng(png: Buffer): Promise<Picture> {
  const rgb = await decode(['-f', 'png_pipe', '-i', 'pipe:0', '-frames:v', '1', ...raw], png);
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), rgb };
}

/** What an element looks like on the screen now. */
export async function lookAt(locator: Locator): Promise<Picture> {
  return readPng(await locator.screenshot({ animations: 'disabled' }));
}

/** One frame of a video file, by its number. */
export async function frameOf(path: string, frame: number, size: { width: number; height: number }): Promise<Picture> {
  const pick = ['-vf', `select=eq(n\\,${frame})`, '-frames:v', '1'];
  return { ...size, rgb: await decode(['-nostdin', '-i', path, '-an', ...pick, ...raw]) };
}

/** "00:00:01:10" at 30 frames per second. */
export function framesOf(timecode: string): number {
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = timecode.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 30 + frames;
}

/** One frame of a video file, scaled to a size as screens do it. */
export async function scaledFrameOf(
  path: string,
  frame: number,
  { width, height }: { width: number; height: number },
): Promise<Picture> {
  const pick = `select=eq(n\\,${frame}),scale=${width}:${height}:flags=bicubic+accurate_rnd`;
  const rgb = await decode(['-nostdin', '-i', path, '-an', '-vf', pick, '-frames:v', '1', ...raw]);
  return { width, height, rgb };
}

/** How alike two pictures are in brightness: peak signal-to-noise ratio, dB; the least of the parts of a grid. */
export function likeness(one: Picture, other: Picture, grid = 1): number {
  if (one.width !== other.width || one.height !== other.height) return 0;
  const luma = ({ rgb }: Picture, at: number) =>
    0.2126 * (rgb[at] ?? 0) + 0.7152 * (rgb[at + 1] ?? 0) + 0.0722 * (rgb[at + 2] ?? 0);
  const sums = new Float64Array(grid * grid);
  const counts = new Float64Array(grid * grid);
  for (let y = 0; y < one.height; y += 1) {
    for (let x = 0; x < one.width; x += 1) {
      const at = (y * one.width + x) * 3;
      const cell = Math.floor((y * grid) / one.height) * grid + Math.floor((x * grid) / one.width);
      sums[cell] = (sums[cell] ?? 0) + (luma(one, at) - luma(other, at)) ** 2;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  const worst = Math.max(...sums.map((sum, cell) => sum / (counts[cell] ?? 1)));
  return worst === 0 ? 100 : Math.min(100, 10 * Math.log10(255 ** 2 / worst));
}

/** Part of the pixels (0 to 1) whose colour differs clearly. */
export function difference(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  let count = 0;
  for (let at = 0; at < one.rgb.length; at += 3) {
    const apart = [0, 1, 2].some((n) => Math.abs((one.rgb[at + n] ?? 0) - (other.rgb[at + n] ?? 0)) > 40);
    if (apart) count += 1;
  }
  return count / (one.width * one.height);
}

/** Average colour of a part of the picture (all four in 0 to 1). */
export function colourOf(picture: Picture, part = { left: 0, top: 0, right: 1, bottom: 1 }): [number, number, number] {
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = Math.floor(part.top * picture.height); y < part.bottom * picture.height; y += 1) {
    for (let x = Math.floor(part.left * picture.width); x < part.right * picture.width; x += 1) {
      const at = (y * picture.width + x) * 3;
      for (const n of [0, 1, 2]) sums[n] = (sums[n] ?? 0) + (picture.rgb[at + n] ?? 0);
      count += 1;
    }
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => Math.round(sum / Math.max(1, count)));
  return [red, green, blue];
}

/** The channel that stands out in a colour. */
export function hueOf([red, green, blue]: readonly [number, number, number]): 'red' | 'green' | 'blue' | 'none' {
  if (red > green + 60 && red > blue + 60) return 'red';
  if (green > red + 60 && green > blue + 60) return 'green';
  return blue > red + 60 && blue > green + 60 ? 'blue' : 'none';
}

/** Where the bright line of the test footage stands: its height in the picture, 0 (top) to 1; the film's time. */
export function barOf({ width, height, rgb }: Picture): number {
  let best = { y: 0, light: -1 };
  for (let y = 0; y < height; y += 1) {
    let light = 0;
    for (let x = Math.floor(width * 0.4); x < width * 0.6; x += 1) {
      const at = (y * width + x) * 3;
      light += Math.min(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0);
    }
    if (light > best.light) best = { y, light };
  }
  return best.y / height;
}

/** Facts of a video file: frames counted one by one, size, lengths of its tracks. */
export async function measureVideo(path: string): Promise<{
  frames: number;
  width: number;
  height: number;
  rate: string;
  videoSeconds: number;
  audioSeconds: number;
}> {
  const args = ['-v', 'error', '-count_frames', '-show_streams', '-of', 'json', path];
  const { stdout } = await run('ffprobe', args);
  const { streams } = JSON.parse(stdout) as { streams: Record<string, string>[] };
  const video = streams.find((one) => one.codec_type === 'video');
  const audio = streams.find((one) => one.codec_type === 'audio');
  return {
    frames: Number(video?.nb_read_frames),
    width: Number(video?.width),
    height: Number(video?.height),
    rate: video?.r_frame_rate ?? '',
    videoSeconds: Number(video?.duration),
    audioSeconds: Number(audio?.duration),
  };
}

/** Loudness of a stretch of a file's sound around one tone, dB of full scale (−91 is silence). */
export async function toneLevelDb(path: string, hz: number, fromSeconds: number, seconds: number): Promise<number> {
  const filter = `atrim=${fromSeconds}:${fromSeconds + seconds},bandpass=f=${hz}:width_type=h:w=60,volumedetect`;
  const { stderr } = await run('ffmpeg', ['-nostdin', '-i', path, '-vn', '-af', filter, '-f', 'null', '-']);
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1] ?? '-91');
}
