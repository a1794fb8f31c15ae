import type { Asset, AssetId, ColourFacts } from '#shared/model/index.ts';
import type { Rational } from '#shared/units/index.ts';

/** Which file to render an asset from. */
export interface RenderSource {
  path: string;
  /** One picture that stands still. */
  isStill: boolean;
  /** The file is an upright rendition of the asset (a decoded photo): its own facts count, not the original's. */
  isDerived?: boolean;
  /** What the library last saw of the original: a file that differs has been changed since. */
  expected?: FileStamp | null;
}

/** The little that render needs of the library. */
export interface RenderSources {
  /** In any order; unknown ids are left out. */
  getMany(ids: readonly AssetId[]): Asset[] | Promise<Asset[]>;
  /** Throws `media-missing` when there is nothing to render from. */
  renderSource(id: AssetId): RenderSource | Promise<RenderSource>;
}

/** A file's outward mark; when it changes, so may have the content. */
export interface FileStamp {
  sizeBytes: number;
  modifiedMs: number;
  /** When the system last noted any change of it; unknown where only the other two were kept. */
  changedMs?: number;
}

/** What the plan knows of a source's picture: where its pixels are and what they mean. */
export interface PictureFacts {
  streamIndex: number;
  /** Decoded pixels, before any turn. */
  coded: { width: number; height: number };
  /** As shown: upright, with square pixels. */
  shown: { width: number; height: number };
  rotationDeg: 0 | 90 | 180 | 270;
  isMirrored: boolean;
  hasAlpha: boolean;
  /** ffmpeg's name of the codec. */
  codec: string;
  isRgb: boolean;
  colour: ColourFacts;
}

/** What the plan knows of a source's sound. */
export interface SoundFacts {
  streamIndex: number;
  channels: number;
}

/** Everything about one source that a plan may use; plain data, so that planning is pure. */
export interface SourceFacts {
  assetId: AssetId;
  name: string;
  path: string;
  /** Stands for the content: equal identities have equal bytes. */
  identity: string;
  demuxer: string | null;
  isStill: boolean;
  stamp: FileStamp;
  /** Where the file begins on its own clock; a clip's source time counts from here. */
  originSeconds: Rational;
  /** Added to a moment to find a frame whose time was rounded up. */
  graceSeconds: Rational;
  durationSeconds: Rational | null;
  picture: PictureFacts | null;
  sound: SoundFacts | null;
}

/** Facts by asset; what is missing is not in it. */
export type SourceTable = ReadonlyMap<AssetId, SourceFacts>;
