import type { Preset } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';

const all: readonly (Preset & { isHidden?: boolean })[] = [
  {
    id: 'standard',
    name: 'Standard',
    note: 'Full size, for publishing: 1080 pixels on the short side, H.264 and AAC.',
    shortSide: 1080,
    x264Preset: 'medium',
    crf: 19,
    maxBitrate: 14_000_000,
    audioBitrate: 192_000,
  },
  {
    id: 'draft',
    name: 'Draft',
    note: 'Half size and quick, for looking at and for sending around.',
    shortSide: 540,
    x264Preset: 'veryfast',
    crf: 24,
    maxBitrate: 4_000_000,
    audioBitrate: 128_000,
  },
  {
    id: 'small-test',
    name: 'Small test',
    note: 'Tiny pictures for automated tests.',
    shortSide: 180,
    x264Preset: 'ultrafast',
    crf: 12,
    maxBitrate: 4_000_000,
    audioBitrate: 96_000,
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
