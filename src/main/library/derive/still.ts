import { readFile, rm, writeFile } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import { firstWebpFrame } from '../look/animated.ts';
import { animatedWebpContainer, heicContainer } from '../look/look-at-file.ts';
import { decodeHeic } from './heic-decoder.ts';
import { makePlainStill } from './thumbnail.ts';
import type { DeriveContext, DeriveSource } from './types.ts';

/**
 * Writes an upright, decoded copy of a photo in full size: what browsers and the exporter read in its place. JPEG, or
 * PNG where there is transparency (`target` says which by its name).
 */
export async function makeStill(source: DeriveSource, target: string, context: DeriveContext): Promise<void> {
  switch (source.probe.container) {
    case heicContainer:
      return heicStill(source, target, context);
    case animatedWebpContainer:
      return webpStill(source, target, context);
    default:
      return makePlainStill(source, target, context);
  }
}

async function heicStill(source: DeriveSource, target: string, context: DeriveContext): Promise<void> {
  const photo = await decodeHeic(source.path, context.signal);
  const isPng = target.endsWith('.png');
  await context.ffmpeg.run({
    args: [
      ...['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${photo.width}x${photo.height}`, '-i', 'pipe:0'],
      ...(isPng ? ['-c:v', 'png'] : ['-vf', 'scale=out_color_matrix=bt601:out_range=full,format=yuvj420p']),
      ...(isPng ? [] : ['-c:v', 'mjpeg', '-q:v', '2']),
      ...['-frames:v', '1', '-f', 'image2', '-update', '1', '-y', target],
    ],
    stdin: photo.rgba,
    signal: context.signal,
    logLevel: 'error',
  });
}

async function webpStill(source: DeriveSource, target: string, context: DeriveContext): Promise<void> {
  const frame = firstWebpFrame(await readFile(source.path));
  if (frame === null) throw new AppError('media-damaged', 'This animated WebP has no picture that can be read.');
  const part = `${target}.frame.webp`;
  try {
    await writeFile(part, frame);
    const probe = { ...source.probe, container: 'webp_pipe' };
    await makePlainStill({ ...source, path: part, probe }, target, context);
  } finally {
    await rm(part, { force: true });
  }
}
