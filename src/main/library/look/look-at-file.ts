import { extname } from 'node:path';
import type { Ffmpeg, ProbeReport } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AssetKind, Probe, VideoFacts } from '#shared/model/index.ts';
import { type Rational, zero } from '#shared/units/index.ts';
import { hasWebpAlpha, isAnimatedWebp, readApng, webpCanvas } from './animated.ts';
import { capturedAt, localDay } from './capture.ts';
import { classifyContent, headBytes } from './content.ts';
import { readExif } from './exif.ts';
import { isVariable } from './frame-rate.ts';
import { readHeic } from './heic.ts';
import { type Orientation, shownSize } from './orientation.ts';
import { isAnimationContainer, isPictureContainer, type ProbeDraft, probeFacts } from './probe-facts.ts';
import { type RangeReader, withRanges } from './read-ranges.ts';
import { checkWhole } from './whole.ts';
import { withLength } from './with-length.ts';

/** All an import needs to know of a file. */
export interface FileFacts {
  kind: AssetKind;
  probe: Probe;
  /** Calendar day of shooting, YYYY-MM-DD; null when the file does not tell. */
  shootDay: string | null;
  isInterlaced: boolean;
}

/** Pictures as ffprobe does not see them: HEIC, and WebP that moves. */
export const heicContainer = 'heic';
export const animatedWebpContainer = 'webp_anim_still';

/**
 * Looks at a file: what it is by content, whether it is whole, and its facts. Throws AppErrors made for people:
 * `file-empty`, `file-unreadable`, `file-not-found`, `external-reference`, `unsupported-media`, `media-damaged`,
 * `cancelled`. Opens no other file and no address.
 */
export async function lookAtFile(ffmpeg: Ffmpeg, path: string, name: string, signal?: AbortSignal): Promise<FileFacts> {
  return withRanges(path, async (reader) => {
    if (reader.sizeBytes === 0) {
      throw new AppError('file-empty', `"${name}" is empty (0 bytes). Copy or download it again.`);
    }
    const head = await reader.read(0, headBytes);
    const content = classifyContent(head, name);
    switch (content.is) {
      case 'caption':
      case 'document':
        return plain(content.is, content.container);
      case 'playlist':
        throw new AppError(
          'external-reference',
          `"${name}" is ${content.name}: it only points to other files or addresses, and Spotloom does not follow those. Import the media itself.`,
        );
      case 'svg':
        throw unsupported(
          name,
          'is an SVG drawing, which can carry scripts and links. Export it as PNG and import that.',
        );
      case 'text':
        throw unsupported(name, textReason(name));
      case 'heic':
        return heicFacts(reader, name);
      default:
        await checkWhole(reader, head, name);
        return mediaFacts({ ffmpeg, path, name, reader, head, signal });
    }
  });
}

interface Look {
  ffmpeg: Ffmpeg;
  path: string;
  name: string;
  reader: RangeReader;
  head: Buffer;
  signal: AbortSignal | undefined;
}

async function mediaFacts(look: Look): Promise<FileFacts> {
  if (isAnimatedWebp(look.head)) return animatedWebpFacts(look);
  const report = await look.ffmpeg.probe(look.path, withSignal(look.signal));
  const draft = probeFacts(report);
  refuseNonMedia(report, draft.probe, look.name);
  const isMoving = !isAnimationContainer(draft.probe.container) && !isAvif(look.head);
  const probe = isMoving ? await withLength(draft.probe, look.ffmpeg, look.path, look.signal) : draft.probe;
  if (probe.video === null) return { kind: 'audio', probe, shootDay: dayOf(report), isInterlaced: false };
  if (isPictureContainer(probe.container)) return pictureFacts(probe, look);
  const video = await withRateJudged(draft, probe.video, look);
  if (probe.container === 'apng') return pictureFacts(probe, look);
  const isAnimation = isAnimationContainer(probe.container);
  if (isAnimation && !video.isAnimated) return pictureFacts({ ...probe, video }, look);
  return {
    kind: isAnimation || isAvif(look.head) ? 'image' : 'video',
    probe: { ...probe, video, durationSeconds: isAvif(look.head) ? null : probe.durationSeconds },
    shootDay: dayOf(report),
    isInterlaced: draft.isInterlaced,
  };
}

/** A photo: its turn is in EXIF, which ffprobe does not apply; an animated PNG tells its frames itself. */
async function pictureFacts(probe: Probe, look: Look): Promise<FileFacts> {
  const { video } = probe;
  if (video === null) throw unsupported(look.name, 'holds no picture.');
  const exif = await readExif(look.reader);
  const animation = /^(png_pipe|apng)$/.test(probe.container) ? await readApng(look.reader) : null;
  const turned = withOrientation(video, exif.orientation);
  const isWebp = probe.container === 'webp_pipe';
  return {
    kind: 'image',
    isInterlaced: false,
    shootDay: dayOfPhoto(exif.captured),
    probe: {
      ...probe,
      container: animation !== null ? 'apng' : probe.container === 'apng' ? 'png_pipe' : probe.container,
      durationSeconds: animation?.durationSeconds ?? null,
      capturedAtMs: exif.captured?.atMs ?? probe.capturedAtMs,
      device: exif.device ?? probe.device,
      video: {
        ...turned,
        hasAlpha: isWebp ? hasWebpAlpha(look.head) : video.hasAlpha,
        isAnimated: animation !== null,
        frameCount: animation?.frameCount ?? 1,
        averageRate: animation?.averageRate ?? null,
        durationSeconds: animation?.durationSeconds ?? null,
      },
    },
  };
}

async function heicFacts(reader: RangeReader, name: string): Promise<FileFacts> {
  const facts = await readHeic(reader, name);
  const exif = await readExif(reader);
  return {
    kind: 'image',
    isInterlaced: false,
    shootDay: dayOfPhoto(exif.captured),
    probe: {
      container: heicContainer,
      durationSeconds: null,
      audio: [],
      otherStreams: [],
      capturedAtMs: exif.captured?.atMs ?? null,
      device: exif.device,
      // HEIC turns its pictures itself (irot, imir); its EXIF orientation repeats that and must not be applied again.
      video: stillFacts({ codec: 'hevc', ...facts }),
    },
  };
}

/** ffmpeg before 7 cannot read moving WebP at all, so its first frame stands for it; it counts as a still. */
async function animatedWebpFacts(look: Look): Promise<FileFacts> {
  const canvas = webpCanvas(look.head);
  if (canvas === null) throw new AppError('media-damaged', `"${look.name}" is a damaged WebP picture.`);
  const exif = await readExif(look.reader);
  return {
    kind: 'image',
    isInterlaced: false,
    shootDay: dayOfPhoto(exif.captured),
    probe: {
      container: animatedWebpContainer,
      durationSeconds: null,
      audio: [],
      otherStreams: [],
      capturedAtMs: exif.captured?.atMs ?? null,
      device: exif.device,
      video: stillFacts({
        codec: 'webp',
        codedWidth: canvas.width,
        codedHeight: canvas.height,
        orientation: exif.orientation,
        bitDepth: 8,
        hasAlpha: hasWebpAlpha(look.head),
      }),
    },
  };
}

function stillFacts(facts: {
  codec: string;
  codedWidth: number;
  codedHeight: number;
  orientation: Orientation;
  bitDepth: number;
  hasAlpha: boolean;
}): VideoFacts {
  const bare: VideoFacts = {
    streamIndex: 0,
    codec: facts.codec,
    pixelFormat: facts.hasAlpha ? 'rgba' : 'rgb24',
    bitDepth: facts.bitDepth,
    codedWidth: facts.codedWidth,
    codedHeight: facts.codedHeight,
    width: facts.codedWidth,
    height: facts.codedHeight,
    rotationDeg: 0,
    isMirrored: false,
    pixelAspect: { num: 1, den: 1 },
    averageRate: null,
    isVariableRate: false,
    frameCount: 1,
    startSeconds: zero,
    durationSeconds: null,
    colour: { range: 'full', matrix: 'gbr', primaries: 'bt709', transfer: 'iec61966-2-1', hdr: 'none' },
    hasAlpha: facts.hasAlpha,
    isAnimated: false,
  };
  return withOrientation(bare, facts.orientation);
}

function withOrientation(video: VideoFacts, orientation: Orientation): VideoFacts {
  const coded = { width: video.codedWidth, height: video.codedHeight };
  return { ...video, ...orientation, ...shownSize(coded, video.pixelAspect, orientation) };
}

/** How much of a doubtful file's start is sampled for its frame distances, seconds. */
const sampledSeconds = 10;

async function withRateJudged(draft: ProbeDraft, video: VideoFacts, look: Look): Promise<VideoFacts> {
  if (!draft.needsPackets) return video;
  const args = ['-select_streams', String(video.streamIndex), '-show_entries', 'packet=pts_time'];
  const report = await look.ffmpeg.probe(look.path, {
    ...withSignal(look.signal),
    args: [...args, '-read_intervals', `%+${sampledSeconds}`],
  });
  const times = (report.packets ?? []).map((packet) => Number(packet.pts_time)).filter(Number.isFinite);
  return { ...video, isVariableRate: isVariable(times, draft.tickSeconds, video.averageRate) };
}

/** Random bytes can look like MP3 or raw video for a moment; a real file scores more or is named for what it is. */
function refuseNonMedia(report: ProbeReport, probe: Probe, name: string): void {
  const score = report.format.probe_score ?? 100;
  const isRaw = /^(mp3|aac|ac3|eac3|h264|hevc|m4v|mpegvideo|mjpeg|dv|obu|amr.*)$/.test(probe.container);
  const isNamedSo = extname(name).toLowerCase().slice(1) === probe.container;
  if (isRaw && score < 25 && !isNamedSo) throw unsupported(name, 'is not a kind of media Spotloom knows.');
  if (probe.video === null && probe.audio.length === 0) {
    throw unsupported(name, 'holds neither a picture nor sound that can be read.');
  }
}

function plain(kind: AssetKind, container: string): FileFacts {
  return {
    kind,
    shootDay: null,
    isInterlaced: false,
    probe: {
      container,
      durationSeconds: null,
      video: null,
      audio: [],
      otherStreams: [],
      capturedAtMs: null,
      device: null,
    },
  };
}

function textReason(name: string): string {
  const extension = extname(name).toLowerCase();
  const pretends = /^\.(mp4|mov|m4v|mkv|webm|avi|jpe?g|png|gif|webp|heic|tiff?|bmp|mp3|wav|m4a|aac|flac|ogg)$/.test(
    extension,
  );
  return pretends
    ? `is text, whatever its name says. Copy the real ${extension.slice(1).toUpperCase()} file again.`
    : 'is not a kind of file Spotloom can use: video, pictures, sound, captions (SRT, VTT, ASS) and documents are.';
}

function unsupported(name: string, reason: string): AppError {
  return new AppError('unsupported-media', `"${name}" ${reason}`);
}

function dayOf(report: ProbeReport): string | null {
  const time = capturedAt(report);
  return time === null ? null : (time.localDay ?? localDay(time.atMs));
}

function dayOfPhoto(time: { atMs: number; localDay: string | null } | null): string | null {
  return time === null ? null : (time.localDay ?? localDay(time.atMs));
}

function isAvif(head: Buffer): boolean {
  return head.toString('latin1', 4, 8) === 'ftyp' && /avif|avis/.test(head.toString('latin1', 8, 32));
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

/** Seconds as a plain number, for tools. */
export function secondsOf(value: Rational | null): number | null {
  return value === null ? null : value.num / value.den;
}
