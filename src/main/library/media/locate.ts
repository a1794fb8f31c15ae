import { stat } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import type { Probe } from '#shared/model/index.ts';
import type { AssetRow, LocationRow } from '../asset-record.ts';
import type { AssetStore } from '../asset-store.ts';

/** True if there is a file with something in it. */
export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile() && info.size > 0,
    () => false,
  );
}

/** The first place of an asset that is there and still has the size it had; null when there is none. */
export async function findLocation(assets: AssetStore, seq: number): Promise<LocationRow | null> {
  for (const location of assets.locations(seq)) {
    const info = await stat(location.path).catch(() => null);
    if (info?.isFile() === true && info.size === location.size_bytes) return location;
  }
  return null;
}

/** A path the asset can be read from. Throws `media-missing`. */
export async function readablePath(assets: AssetStore, row: AssetRow): Promise<string> {
  const location = await findLocation(assets, row.seq);
  if (location !== null) return location.path;
  throw missing(assets, row);
}

/** What is said when none of an asset's files is there, or none is what it was; with where it was looked for. */
export function missing(assets: AssetStore, { name, seq }: Pick<AssetRow, 'name' | 'seq'>): AppError {
  const lookedFor = assets.locations(seq).map(({ path, size_bytes }) => ({ path, sizeBytes: size_bytes }));
  return new AppError(
    'media-missing',
    `"${name}" is not where it was: it was moved, renamed, changed or its disk is not connected. Connect the disk, or relink it.`,
    { retry: 'relink', details: { lookedFor } },
  );
}

/** The facts of a photo's upright, decoded copy. */
export function uprightProbe(probe: Probe, mime: string): Probe {
  if (probe.video === null) return probe;
  const isPng = mime === 'image/png';
  return {
    ...probe,
    container: isPng ? 'png_pipe' : 'image2',
    video: {
      ...probe.video,
      streamIndex: 0,
      codec: isPng ? 'png' : 'mjpeg',
      pixelFormat: isPng ? 'rgba' : 'yuvj420p',
      bitDepth: 8,
      codedWidth: probe.video.width,
      codedHeight: probe.video.height,
      rotationDeg: 0,
      isMirrored: false,
      pixelAspect: { num: 1, den: 1 },
      colour: {
        range: 'full',
        matrix: isPng ? 'gbr' : 'smpte170m',
        primaries: 'bt709',
        transfer: 'iec61966-2-1',
        hdr: 'none',
      },
      hasAlpha: isPng,
    },
  };
}
