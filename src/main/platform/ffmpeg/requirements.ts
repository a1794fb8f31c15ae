import { AppError } from '#shared/errors/index.ts';
import type { FfmpegCapabilities } from './types.ts';

/** What the plain set of features needs; an ffmpeg without any of these is not used. */
const required = {
  encoders: ['libx264', 'aac', 'mjpeg', 'png', 'pcm_s16le'],
  filters: [
    ...['scale', 'crop', 'pad', 'overlay', 'format', 'fps', 'trim', 'setpts', 'split', 'setsar', 'transpose', 'ass'],
    ...['boxblur', 'concat', 'select', 'atrim', 'asetpts', 'aresample', 'aformat', 'amix', 'volume', 'afade', 'adelay'],
    ...['atempo', 'apad', 'color', 'anullsrc', 'showwavespic'],
  ],
} as const;

/** What of the plain set is missing, by name; empty for a usable ffmpeg. */
export function missingFeatures(capabilities: FfmpegCapabilities): string[] {
  return [
    ...required.encoders.filter((name) => !capabilities.encoders.has(name)).map((name) => `encoder ${name}`),
    ...required.filters.filter((name) => !capabilities.filters.has(name)).map((name) => `filter ${name}`),
    ...(capabilities.hasX264 ? [] : ['a working libx264']),
  ];
}

/** How to get ffmpeg here, as one sentence. */
export function installHint(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return 'Install it with "brew install ffmpeg", then try again.';
  if (platform === 'win32') return 'Install it with "winget install Gyan.FFmpeg", then start Spotloom again.';
  return 'Install it with your package manager ("sudo apt install ffmpeg", "sudo dnf install ffmpeg"), then try again.';
}

/** No ffmpeg (or no ffprobe) anywhere. */
export function missingError(program: 'ffmpeg' | 'ffprobe'): AppError {
  return new AppError('ffmpeg-missing', `Spotloom needs ${program} and could not find it. ${installHint()}`, {
    retry: 'install-ffmpeg',
    details: { program },
  });
}

/** The one the person chose cannot be used. */
export function configuredError(path: string): AppError {
  const text = `The ffmpeg chosen in the settings, "${path}", cannot be started. Choose another, or clear the setting.`;
  return new AppError('ffmpeg-missing', text, { retry: 'open-settings', details: { path } });
}

/** There is an ffmpeg, but it cannot do what is needed. */
export function tooOldError(found: { path: string; version: string }, missing: readonly string[]): AppError {
  const text = `The ffmpeg at "${found.path}" (${found.version}) is too old or too small: it lacks ${missing.join(', ')}.`;
  return new AppError('ffmpeg-too-old', `${text} ${installHint()}`, {
    retry: 'install-ffmpeg',
    details: { ...found, missing: [...missing] },
  });
}
