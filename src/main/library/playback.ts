import { type AssetKind, clockOrigin, type Probe, type VideoFacts } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { animatedWebpContainer, heicContainer } from './look/look-at-file.ts';
import { pixelFormatFacts } from './look/pixel-format.ts';

/** What the browser question is decided by. */
export interface PlaybackQuestion {
  kind: AssetKind;
  probe: Probe;
  /** File name: tells WebM from other Matroska. */
  name: string;
  isInterlaced: boolean;
}

const pictureCodecs = new Set(['mjpeg', 'png', 'apng', 'gif', 'webp', 'av1']);
const soundCodecs = new Set(['aac', 'mp3', 'opus', 'vorbis', 'flac']);

/**
 * Why a browser cannot play (or show) this file smoothly, as a sentence for people; null when it can. The list is that
 * of Chromium without proprietary hardware decoders, which every face can count on.
 */
export function whyNotPlayable(question: PlaybackQuestion): string | null {
  switch (question.kind) {
    case 'video':
      return whyNotVideo(question);
    case 'image':
      return whyNotPicture(question.probe);
    case 'audio':
      return whyNotSound(question.probe);
    default:
      return null;
  }
}

/** Whether the exporter and the interface need an upright, decoded copy of a photo. */
export function needsStill(kind: AssetKind, probe: Probe): boolean {
  const { video } = probe;
  if (kind !== 'image' || video === null || video.isAnimated) return false;
  return whyNotPicture(probe) !== null || video.rotationDeg !== 0 || video.isMirrored;
}

function whyNotVideo({ probe, name, isInterlaced }: PlaybackQuestion): string | null {
  const { video, container } = probe;
  if (video === null) return 'It holds no picture.';
  const isWebm = /(^|,)webm(,|$)/.test(container) && /\.webm$/i.test(name);
  const isMp4 = /(^|,)(mov|mp4)(,|$)/.test(container);
  return (
    whyNotCodec(video) ??
    (isMp4 || isWebm ? null : `Browsers do not play this kind of file (${container.split(',')[0]}).`) ??
    whyNotSize(video) ??
    whyNotClock(probe) ??
    (isInterlaced ? 'It is interlaced.' : null) ??
    (video.isVariableRate ? 'Its frame rate varies.' : null) ??
    (video.isMirrored ? 'It is stored mirrored.' : null) ??
    whyNotTrack(probe)
  );
}

function whyNotCodec(video: VideoFacts): string | null {
  const names: Record<string, string> = {
    hevc: 'HEVC',
    mjpeg: 'Motion JPEG',
    mpeg4: 'MPEG-4 part 2',
    prores: 'ProRes',
  };
  if (!['h264', 'vp8', 'vp9', 'av1'].includes(video.codec)) {
    return `Browsers do not play ${names[video.codec] ?? video.codec.toUpperCase()} smoothly.`;
  }
  if (video.colour.hdr !== 'none') return 'It is HDR and is shown tone-mapped.';
  if (video.bitDepth > 8) return `It has ${video.bitDepth} bits per colour.`;
  if (video.hasAlpha && video.codec !== 'vp8' && video.codec !== 'vp9') return 'It has transparency.';
  if (!pixelFormatFacts(video.pixelFormat, null).isPlain420 && !/^yuva420p$/.test(video.pixelFormat)) {
    return `Browsers do not play its pixel format (${video.pixelFormat}).`;
  }
  return null;
}

function whyNotSize(video: VideoFacts): string | null {
  const short = Math.min(video.width, video.height);
  const long = Math.max(video.width, video.height);
  if (short > 1088 || long > 1920) return `It is larger than 1080p (${video.width} × ${video.height}).`;
  const rate = video.averageRate === null ? 0 : toNumber(video.averageRate);
  return rate > 61 ? `It has ${Math.round(rate)} frames per second.` : null;
}

function whyNotClock(probe: Probe): string | null {
  return clockOrigin(probe).num === 0 ? null : 'Its clock does not begin at zero.';
}

function whyNotTrack(probe: Probe): string | null {
  const track = usedAudio(probe);
  return track === null || soundCodecs.has(track.codec)
    ? null
    : `Browsers do not play its sound (${track.codec}) in this kind of file.`;
}

function whyNotSound(probe: Probe): string | null {
  const track = usedAudio(probe);
  if (track === null) return 'It holds no sound that can be read.';
  const isWave = probe.container === 'wav' && /^(pcm_(s16le|s24le|u8|f32le))$/.test(track.codec);
  const isPlain = /^(mp3|flac|ogg|aac|mov,.*)$/.test(probe.container) && soundCodecs.has(track.codec);
  const isWebm = probe.container.includes('webm') && soundCodecs.has(track.codec);
  return isWave || isPlain || isWebm
    ? whyNotClock(probe)
    : `Browsers do not play ${track.codec} in ${probe.container.split(',')[0]} files.`;
}

function whyNotPicture(probe: Probe): string | null {
  if (probe.container === heicContainer) return 'Browsers do not show HEIC photos.';
  if (probe.container === animatedWebpContainer) return 'Only the first picture of an animated WebP is used.';
  const codec = probe.video?.codec ?? '';
  return pictureCodecs.has(codec) ? null : `Browsers do not show ${codec.toUpperCase()} pictures.`;
}

/** The sound that is used: the first marked default, else the first. */
export function usedAudio(probe: Probe): Probe['audio'][number] | null {
  return probe.audio.find((track) => track.isDefault) ?? probe.audio[0] ?? null;
}
