import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  type Asset,
  type AssetId,
  type AudioFacts,
  type ClipContent,
  clockGrace,
  clockOrigin,
  type Project,
  type VideoFacts,
} from '#shared/model/index.ts';
import { zero } from '#shared/units/index.ts';
import { changedError, isSameStamp, stampOf } from '../encode/source-stamp.ts';
import { hashOf } from '../plan/fingerprint.ts';
import type { FileStamp, PictureFacts, RenderSource, RenderSources, SourceFacts } from './sources.ts';

/** What was found of the media that a project uses. */
export interface GatheredSources {
  table: Map<AssetId, SourceFacts>;
  /** Why an asset cannot be rendered from, by asset. */
  problems: Map<AssetId, AppError>;
}

/** Every asset a project can show or sound, in any variant. */
export function assetsOf(project: Project): AssetId[] {
  const found = new Set<AssetId>();
  const take = (content: ClipContent) => {
    if (content.kind === 'media' && 'assetId' in content.media) found.add(content.media.assetId);
    if (content.kind === 'sequence' || content.kind === 'composition')
      for (const value of Object.values(content.values)) if ('assetId' in value) found.add(value.assetId);
  };
  const sequences = [...project.sequences, ...project.compositions.map((composition) => composition.sequence)];
  for (const sequence of sequences) {
    for (const field of sequence.fields)
      if (field.default && 'assetId' in field.default) found.add(field.default.assetId);
    for (const clip of sequence.tracks.flatMap((track) => track.clips)) take(clip.content);
  }
  for (const option of project.slots.flatMap((slot) => slot.options)) {
    if (option.content.kind !== 'sequence') continue;
    for (const value of Object.values(option.content.values)) if ('assetId' in value) found.add(value.assetId);
  }
  for (const option of project.globals.flatMap((slot) => slot.options))
    if (option.content.kind === 'clips') for (const clip of option.content.clips) take(clip.content);
  return [...found];
}

/** The stream that sounds: the default one, else the first. */
export function usedAudio(audio: readonly AudioFacts[]): AudioFacts | null {
  return audio.find((stream) => stream.isDefault) ?? audio[0] ?? null;
}

function pictureFacts(video: VideoFacts): PictureFacts {
  return {
    streamIndex: video.streamIndex,
    coded: { width: video.codedWidth, height: video.codedHeight },
    shown: { width: video.width, height: video.height },
    rotationDeg: video.rotationDeg,
    isMirrored: video.isMirrored,
    hasAlpha: video.hasAlpha,
    codec: video.codec,
    isRgb: isRgbFormat(video.pixelFormat) || video.colour.matrix === 'gbr',
    colour: video.colour,
  };
}

/** True for pixel formats whose samples are red, green and blue (or palette entries, which decode to them). */
export function isRgbFormat(pixelFormat: string): boolean {
  return /^(rgb|bgr|gbr|argb|abgr|rgba|bgra|0rgb|0bgr|x2rgb|x2bgr|pal8|mono)/.test(pixelFormat);
}

/** The facts of an upright rendition: its own pixels, the asset's shown size. */
async function derivedFacts(ffmpeg: Ffmpeg, path: string, asset: Asset, signal?: AbortSignal): Promise<PictureFacts> {
  const report = await ffmpeg.probe(path, signal ? { signal } : {});
  const stream = report.streams.find((one) => one.codec_type === 'video');
  const pixelFormat = stream?.pix_fmt ?? 'rgb24';
  const coded = { width: stream?.width ?? 2, height: stream?.height ?? 2 };
  const video = asset.probe.video;
  return {
    streamIndex: stream?.index ?? 0,
    coded,
    shown: video ? { width: video.width, height: video.height } : coded,
    rotationDeg: 0,
    isMirrored: false,
    hasAlpha: /^(yuva|rgba|bgra|argb|abgr|ya8|ya16|pal8)/.test(pixelFormat),
    codec: stream?.codec_name ?? 'unknown',
    isRgb: isRgbFormat(pixelFormat),
    colour: {
      range: pixelFormat.startsWith('yuvj') || stream?.color_range === 'pc' ? 'full' : 'limited',
      matrix: stream?.color_space ?? 'bt470bg',
      primaries: 'bt709',
      transfer: 'bt709',
      hdr: 'none',
    },
  };
}

/** Stands for a file's bytes: its hash where the library vouches for it, else everything that is known from outside. */
function identityOf(asset: Asset, source: RenderSource, stamp: FileStamp): string {
  const isVouched = asset.contentHash !== null && source.isDerived !== true && source.expected != null;
  return isVouched ? `sha256:${asset.contentHash}` : hashOf([asset.contentHash, source.path, stamp]);
}

async function factsOf(
  asset: Asset,
  sources: RenderSources,
  ffmpeg: Ffmpeg,
  signal?: AbortSignal,
): Promise<SourceFacts> {
  const source = await sources.renderSource(asset.id);
  const stamp = await stampOf(source.path);
  const named = { path: source.path, name: asset.name, assetId: asset.id };
  const expected = source.isDerived ? null : source.expected;
  if (expected ? !isSameStamp(stamp, expected) : !source.isDerived && stamp.sizeBytes !== asset.sizeBytes)
    throw changedError(named);
  const { probe } = asset;
  const picture = source.isDerived
    ? await derivedFacts(ffmpeg, source.path, asset, signal)
    : probe.video && pictureFacts(probe.video);
  const audio = source.isDerived ? null : usedAudio(probe.audio);
  return {
    ...named,
    identity: identityOf(asset, source, stamp),
    demuxer: source.isDerived ? null : probe.container,
    isStill: source.isStill,
    stamp,
    originSeconds: source.isStill ? zero : clockOrigin(probe),
    graceSeconds: clockGrace(probe.container),
    durationSeconds: probe.durationSeconds,
    picture,
    sound: audio && { streamIndex: audio.streamIndex, channels: audio.channels },
  };
}

/** Looks at every file a project may need. What cannot be used is a problem of its own, not a failure of all. */
export async function gatherSources(
  ids: readonly AssetId[],
  sources: RenderSources,
  ffmpeg: Ffmpeg,
  signal?: AbortSignal,
): Promise<GatheredSources> {
  const assets = new Map((await sources.getMany(ids)).map((asset) => [asset.id, asset]));
  const table = new Map<AssetId, SourceFacts>();
  const problems = new Map<AssetId, AppError>();
  for (const id of ids) {
    const asset = assets.get(id);
    try {
      if (!asset) throw missingError(id, null);
      table.set(id, await factsOf(asset, sources, ffmpeg, signal));
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled' || error.code === 'ffmpeg-missing') throw error;
      problems.set(id, error.code === 'file-not-found' ? missingError(id, asset?.name ?? null) : error);
    }
  }
  return { table, problems };
}

function missingError(id: AssetId, name: string | null): AppError {
  return new AppError(
    'media-missing',
    name === null
      ? 'A clip’s media is not in the library. Import it again or replace the clip.'
      : `“${name}” is missing. Relink it or replace it.`,
    { retry: 'relink', details: { assetId: id } },
  );
}
