import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { clockOrigin, type Probe } from '#shared/model/index.ts';
import { fromNumber, subtract } from '#shared/units/index.ts';
import { isPictureContainer } from './probe-facts.ts';

/**
 * The facts of a video or sound, its length measured where the file does not say: recordings of browsers and cut-off
 * recorders do not, but their packets do. When reading them all takes too long, the length stays unknown.
 */
export async function withLength(probe: Probe, ffmpeg: Ffmpeg, path: string, signal?: AbortSignal): Promise<Probe> {
  const stream = probe.video ?? probe.audio[0];
  if (probe.durationSeconds !== null || stream === undefined || isPictureContainer(probe.container)) return probe;
  const args = ['-select_streams', String(stream.streamIndex), '-show_entries', 'packet=pts_time,duration_time'];
  const report = await ffmpeg.probe(path, { args, ...(signal ? { signal } : {}) }).catch((error: unknown) => {
    if (error instanceof AppError && error.code !== 'cancelled') return null;
    throw error;
  });
  const ends = (report?.packets ?? [])
    .map((packet) => Number(packet.pts_time) + (Number(packet.duration_time) || 0))
    .filter(Number.isFinite);
  const end = ends.reduce((latest, one) => Math.max(latest, one), 0);
  const start = clockOrigin(probe);
  return end <= start.num / start.den ? probe : { ...probe, durationSeconds: subtract(fromNumber(end), start) };
}
