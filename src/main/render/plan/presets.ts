import type { Preset } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';

/** What TikTok, Instagram, Facebook and YouTube bring sound to when it is louder; quieter ads stay quieter than their neighbours. */
const publishedLoudnessLufs = -14;

const all: readonly (Preset & { isHidden?: boolean })[] = [
  {
    id: 'standard',
    name: 'Standard',
    note: 'Full size, for publishing: 1080 pixels on the short side, H.264 and AAC.',
    shortSide: 1080,
    x264Preset: 'medium',
    crf: 19,
    maxBitrate: 14_000_000,
    bufferSeconds: 1,
    gopSeconds: 10,
    audioBitrate: 192_000,
    loudnessLufs: publishedLoudnessLufs,
  },
  {
    id: 'draft',
    name: 'Draft',
    note: 'Half size and quick, for looking at and for sending around.',
    shortSide: 540,
    x264Preset: 'veryfast',
    crf: 24,
    maxBitrate: 4_000_000,
    bufferSeconds: 1,
    gopSeconds: 10,
    audioBitrate: 128_000,
    loudnessLufs: publishedLoudnessLufs,
  },
  {
    id: 'mezzanine',
    name: 'Mezzanine',
    note: 'Full size at very high quality, easy to cut: for further editing in other programs. Large files.',
    shortSide: 1080,
    x264Preset: 'medium',
    crf: 10,
    maxBitrate: 80_000_000,
    bufferSeconds: 1,
    gopSeconds: 0.5,
    audioBitrate: 320_000,
    loudnessLufs: publishedLoudnessLufs,
  },
  {
    id: 'small-test',
    name: 'Small test',
    note: 'Tiny pictures for automated tests.',
    shortSide: 180,
    x264Preset: 'ultrafast',
    crf: 12,
    maxBitrate: 4_000_000,
    bufferSeconds: 1,
    gopSeconds: 10,
    audioBitrate: 96_000,
    loudnessLufs: null,
    isHidden: true,
  },
];

function strip({ isHidden: _, ...preset }: Preset & { isHidden?: boolean }): Preset {
  return preset;
}

/** The presets people choose from. */
export const presets: readonly Preset[] = all.filter((preset) => preset.isHidden !== true).map(strip);

/** A preset by id, hidden ones too. Throws `not-found`. */
export function findPreset(id: string): Preset {
  const found = all.find((preset) => preset.id === id);
  if (!found) throw new AppError('not-found', `There is no preset “${id}”. Choose one of the list.`);
  return strip(found);
}
