import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { makeFolder } from '#main/platform/files/index.ts';
import type { CheckFinding, CheckReport } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Frames, type Rate, toNumber } from '#shared/units/index.ts';

/** A picture to be kept. */
export interface WantedPicture {
  label: string;
  /** A media file, and the moment of it. */
  path: string;
  demuxer?: string | null;
  seconds: number;
  streamIndex?: number;
}

/** Keeps pictures of what was wrong, per export, below the library. */
export interface EvidenceRoom {
  /** Takes the pictures; one that cannot be taken has an empty `url`. */
  keep(exportId: string, wanted: readonly WantedPicture[], signal: AbortSignal): Promise<CheckFinding['pictures']>;
  /** The file of picture `n`; null when there is none. */
  file(exportId: string, n: string): string | null;
  /** Removes an export's pictures. */
  remove(exportId: string): Promise<void>;
}

/** Evidence in a folder; nothing is created before it is needed. */
export function createEvidenceRoom(root: string, ffmpeg: Ffmpeg): EvidenceRoom {
  const isName = (text: string) => /^[\w-]+$/.test(text);

  async function take(picture: WantedPicture, target: string, signal: AbortSignal): Promise<boolean> {
    const { path, demuxer = 'mov', seconds, streamIndex } = picture;
    const stream = streamIndex === undefined ? '0:v:0' : `0:${streamIndex}`;
    try {
      await ffmpeg.run({
        args: [
          ...['-y', ...(seconds > 0 ? ['-ss', seconds.toFixed(4)] : [])],
          ...inputArgs(path, demuxer === null ? {} : { demuxer }),
          ...['-map', stream, '-frames:v', '1', '-vf', 'scale=-2:min(480\\,ih)', '-q:v', '4', '-f', 'mjpeg', target],
        ],
        signal,
        logLevel: 'error',
      });
      return existsSync(target);
    } catch (error) {
      if (error instanceof AppError && error.code === 'cancelled') throw error;
      return false;
    }
  }

  return {
    async keep(exportId, wanted, signal) {
      const folder = join(root, exportId);
      await makeFolder(folder);
      const kept: CheckFinding['pictures'] = [];
      for (const picture of wanted) {
        const n = (await readdir(folder)).length + 1;
        const isThere = await take(picture, join(folder, `${n}.jpg`), signal);
        kept.push({ label: picture.label, url: isThere ? `exports/${exportId}/evidence/${n}` : '' });
      }
      return kept;
    },
    file(exportId, n) {
      if (!isName(exportId) || !/^\d{1,4}$/.test(n)) return null;
      const path = join(root, exportId, `${n}.jpg`);
      return existsSync(path) ? path : null;
    },
    async remove(exportId) {
      if (isName(exportId)) await rm(join(root, exportId), { recursive: true, force: true });
    },
  };
}

/** A finished file and the pieces it was to be joined from. */
export interface JoinedFile {
  path: string;
  frameCount: Frames;
  rate: Rate;
  segments: readonly { path: string; frames: Frames }[];
}

/** Frames shown per finding. */
const framesShown = 2;

/** The report with pictures of the frames that failed, of their neighbours, and of what was meant. */
export async function withPictures(
  room: EvidenceRoom,
  exportId: string,
  report: CheckReport,
  file: JoinedFile,
  signal: AbortSignal,
): Promise<CheckReport> {
  await room.remove(exportId);
  const findings: CheckFinding[] = [];
  for (const finding of report.findings) {
    const frames = finding.state === 'failed' ? firstOfRuns(finding.frames).slice(0, framesShown) : [];
    const wanted = frames.flatMap((frame) => picturesOf(frame, file));
    findings.push(wanted.length === 0 ? finding : { ...finding, pictures: await room.keep(exportId, wanted, signal) });
  }
  return { ...report, findings };
}

function firstOfRuns(frames: readonly number[]): number[] {
  return frames.filter((frame, n) => n === 0 || frame !== (frames[n - 1] ?? 0) + 1);
}

function picturesOf(frame: Frames, { path, frameCount, rate, segments }: JoinedFile): WantedPicture[] {
  // Half a frame early: the frame shown then is the one that begins next at the latest.
  const at = (n: number) => Math.max(0, (n - 0.5) / toNumber(rate));
  const inFile = (n: number, label: string) => (n < 0 || n >= frameCount ? [] : [{ label, path, seconds: at(n) }]);
  let start = 0;
  const meant: WantedPicture[] = [];
  for (const segment of segments) {
    if (frame >= start && frame < start + segment.frames)
      meant.push({ label: `Frame ${frame} as it was meant`, path: segment.path, seconds: at(frame - start) });
    start += segment.frames;
  }
  return [
    ...inFile(frame - 1, `Frame ${frame - 1}, before`),
    ...inFile(frame, `Frame ${frame} as it came out`),
    ...meant,
    ...inFile(frame + 1, `Frame ${frame + 1}, after`),
  ];
}
