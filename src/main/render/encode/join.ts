import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { concatInputArgs, concatLine, type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Frames, frameToSeconds, multiply, type Rate, rational, round } from '#shared/units/index.ts';
import { trackTimescale } from '../plan/encoder-args.ts';
import type { CachedSegment } from './segment-cache.ts';

/** Microseconds at which a frame begins; differences of these never drift. */
function frameToMicroseconds(frame: Frames, rate: Rate): number {
  return round(multiply(frameToSeconds(frame, rate), rational(1_000_000)));
}

/** A list for the concat demuxer. The `duration` lines keep every join on the frame grid. */
export function concatList(segments: readonly { path: string; frames: Frames }[], rate: Rate): string {
  const lines = ['ffconcat version 1.0'];
  let frame = 0;
  for (const segment of segments) {
    const length = frameToMicroseconds(frame + segment.frames, rate) - frameToMicroseconds(frame, rate);
    lines.push(concatLine(segment.path), `duration ${(length / 1_000_000).toFixed(6)}`);
    frame += segment.frames;
  }
  return `${lines.join('\n')}\n`;
}

/** Joins finished segments and sound into one MP4 by copying. `folder` takes the list. Throws `output-check-failed` when segments do not match. */
export async function joinOutput(
  ffmpeg: Ffmpeg,
  job: { segments: readonly CachedSegment[]; sound: string; rate: Rate; folder: string; target: string },
  signal: AbortSignal,
): Promise<void> {
  const setups = new Set(job.segments.map((segment) => segment.setup));
  if (setups.size > 1) {
    throw new AppError('output-check-failed', 'Pieces of the ad do not fit together. Clear the cache and try again.', {
      retry: 'retry',
      details: { setups: [...setups] },
    });
  }
  const list = join(job.folder, 'list.txt');
  await writeFile(list, concatList(job.segments, job.rate)).catch((error: unknown) => {
    throw toFileError(error, list, 'write');
  });
  await ffmpeg.run({
    args: [
      // The packets stay as they are: all segments have the same set-up, so none needs its own in the stream.
      ...['-y', '-auto_convert', '0', ...concatInputArgs(list), ...inputArgs(job.sound, { demuxer: 'mov' })],
      ...['-map', '0:v:0', '-map', '1:a:0', '-c', 'copy', '-map_metadata', '-1'],
      ...['-video_track_timescale', String(trackTimescale(job.rate)), '-movflags', '+faststart', '-f', 'mp4'],
      job.target,
    ],
    signal,
  });
}
