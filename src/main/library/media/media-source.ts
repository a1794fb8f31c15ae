import { extname } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { AssetId, Probe, RenditionKind } from '#shared/model/index.ts';
import type { AssetRow, LocationRow } from '../asset-record.ts';
import type { AssetStore } from '../asset-store.ts';
import type { Derivations } from '../derive/derivations.ts';
import { needsStill } from '../playback.ts';
import { type CheckPlace, type FileMarks, otherFile } from './check-place.ts';
import { findLocation, isThere, missing, uprightProbe } from './locate.ts';

/** A file and what to call it when serving it. */
export interface MediaFile {
  path: string;
  mime: string;
}

/** What the exporter decodes for an asset. */
export interface RenderSource {
  path: string;
  /** One picture that stands still. */
  isStill: boolean;
  /** The file is an upright, decoded copy of a photo. */
  isDerived: boolean;
  /** Facts of this very file (upright and JPEG/PNG where it is a decoded copy). */
  probe: Probe;
  /** Marks of the original by which its content is known; null for a decoded copy, which never changes. */
  expected: FileMarks | null;
}

/** Finds files behind assets. */
export interface MediaSource {
  /** The original or a finished rendition; null while there is none. A photo's `still` also answers for its `proxy`. */
  resolve(id: AssetId, kind: 'original' | RenditionKind): Promise<MediaFile | null>;
  /**
   * What to decode for an export: the decoded copy of a photo that ffmpeg cannot read or would show turned (made now if
   * it is not there), else the original, which is read whole when it was touched since it was seen last. Throws
   * `not-found`, `media-missing`, `unsupported-media`, and `file-changed` when another file lies in its place.
   */
  renderSource(id: AssetId, signal?: AbortSignal): Promise<RenderSource>;
}

/** What finding files needs. */
export interface MediaSourceParts {
  assets: AssetStore;
  derivations: Derivations;
  checkPlace: CheckPlace;
  onChanged(id: AssetId): void;
}

/** Looks up files in the database and on the disk; no part of a request ever becomes part of a path. */
export function createMediaSource({ assets, derivations, checkPlace, onChanged }: MediaSourceParts): MediaSource {
  async function original(row: AssetRow): Promise<MediaFile | null> {
    const location = await findLocation(assets, row.seq);
    return location === null
      ? null
      : { path: location.path, mime: originalMime(row, assets.probe(row.seq), location.path) };
  }

  /** Says whether a place holds its asset's content; the library shows what was found. */
  async function verify(row: AssetRow, place: LocationRow) {
    const finding = await checkPlace(row, place);
    const isMissing = finding.found !== 'same';
    if (isMissing !== (place.is_missing === 1)) {
      assets.markLocation(place.path, isMissing);
      onChanged(row.id);
    }
    return finding;
  }

  /** The first place that holds the content; another file in its place is no reason not to look at the next. */
  async function unchanged(row: AssetRow): Promise<{ path: string; marks: FileMarks }> {
    let other: string | null = null;
    for (const place of assets.locations(row.seq)) {
      const finding = await verify(row, place);
      if (finding.found === 'same') return { path: place.path, marks: finding.marks };
      if (finding.found === 'other') other ??= place.path;
    }
    throw other === null ? missing(assets, row) : otherFile(row, other);
  }

  return {
    async resolve(id, kind) {
      const row = assets.byId(id);
      if (row === undefined) return null;
      if (kind === 'original') return original(row);
      const kinds: RenditionKind[] = kind === 'proxy' && row.kind === 'image' ? ['proxy', 'still'] : [kind];
      for (const one of kinds) {
        const file = derivations.pathOf(row.seq, one);
        if (file !== null && (await isThere(file.path))) return file;
      }
      return null;
    },
    async renderSource(id, signal) {
      const row = assets.byId(id);
      if (row === undefined) throw new AppError('not-found', 'This media is not in the library any more.');
      const probe = assets.probe(row.seq);
      if (row.kind === 'caption' || row.kind === 'document') {
        throw new AppError('unsupported-media', `"${row.name}" has neither picture nor sound and cannot be rendered.`);
      }
      if (needsStill(row.kind, probe)) {
        const made = derivations.pathOf(row.seq, 'still');
        // Decoded now, it must be of the right file; what was decoded before stays right.
        if (made === null || !(await isThere(made.path))) await unchanged(row);
        const still = await derivations.ensure(id, 'still', signal);
        const facts = uprightProbe(probe, still.mime);
        return { path: still.path, isStill: true, isDerived: true, probe: facts, expected: null };
      }
      const { path, marks } = await unchanged(row);
      return {
        path,
        isStill: row.kind === 'image' && probe.video?.isAnimated !== true,
        isDerived: false,
        probe,
        expected: marks,
      };
    },
  };
}

/** The media type browsers expect for an original. */
function originalMime(row: AssetRow, probe: Probe, path: string): string {
  const { container } = probe;
  switch (row.kind) {
    case 'video':
      // Chromium plays QuickTime files with H.264, but only under MPEG-4's name.
      return container.includes('mov')
        ? 'video/mp4'
        : /\.webm$/i.test(path)
          ? 'video/webm'
          : 'application/octet-stream';
    case 'image':
      return imageMimes[container.includes('mov') ? 'avif' : (probe.video?.codec ?? '')] ?? 'application/octet-stream';
    case 'audio':
      return audioMimes[container.split(',')[0] ?? ''] ?? 'application/octet-stream';
    case 'caption':
      return 'text/plain; charset=utf-8';
    default:
      return documentMimes[extname(path).toLowerCase()] ?? 'application/octet-stream';
  }
}

const imageMimes: Record<string, string> = {
  mjpeg: 'image/jpeg',
  png: 'image/png',
  apng: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  hevc: 'image/heic',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
};
const audioMimes: Record<string, string> = {
  mp3: 'audio/mpeg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mov: 'audio/mp4',
  matroska: 'audio/webm',
};
const documentMimes: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
};
