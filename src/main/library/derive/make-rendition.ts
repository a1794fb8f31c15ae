import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#main/platform/db/index.ts';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { writeThenRename } from '#main/platform/files/index.ts';
import type { AssetId, Probe, RenditionKind } from '#shared/model/index.ts';
import type { AssetRow } from '../asset-record.ts';
import type { AssetStore } from '../asset-store.ts';
import { readablePath, uprightProbe } from '../media/locate.ts';
import type { RenditionStore } from '../rendition-store.ts';
import { makeFilmstrip } from './filmstrip.ts';
import { extensionOf, isReadThroughStill, renditionMime } from './plan-renditions.ts';
import { canWriteAlpha, makeProxy } from './proxy.ts';
import { makeStill } from './still.ts';
import { makeThumbnail } from './thumbnail.ts';
import type { DeriveContext, DerivedShape, DeriveSource } from './types.ts';
import { makeWaveform } from './waveform.ts';

/** What the maker needs. */
export interface RenditionMakerOptions {
  db: Database;
  ffmpeg: Ffmpeg;
  assets: AssetStore;
  renditions: RenditionStore;
  /** `LibraryPaths.renditions` */
  folder: string;
  stillOf(seq: number): { path: string; mime: string } | null;
  onChanged(id: AssetId): void;
}

/** Makes one rendition, puts it into place and marks it ready. */
export type RenditionMaker = (
  row: AssetRow,
  kind: RenditionKind,
  progress: Pick<DeriveContext, 'signal' | 'onProgress'>,
) => Promise<void>;

/** Renditions of one library; a file is whole before the database names it. */
export function createRenditionMaker(options: RenditionMakerOptions): RenditionMaker {
  const { db, assets, renditions, folder, stillOf, onChanged } = options;

  async function make(row: AssetRow, kind: RenditionKind, progress: Pick<DeriveContext, 'signal' | 'onProgress'>) {
    const context: DeriveContext = { ...progress, ffmpeg: options.ffmpeg };
    const probe = assets.probe(row.seq);
    const source = await sourceOf(row, probe, kind);
    const { capabilities } = await options.ffmpeg.tools(progress.signal);
    const mime = renditionMime(kind, { kind: row.kind, probe }, canWriteAlpha(capabilities));
    const version = randomBytes(5).toString('hex');
    const file = join(row.id, `${kind}-${version}.${extensionOf(mime)}`);
    const target = join(folder, file);
    await mkdir(join(folder, row.id), { recursive: true });
    const derived = await writeThenRename(target, async (temp) => ({
      mime,
      ...(await makers[kind](source, temp, context)),
    }));
    const { size } = await stat(target);
    db.transaction(() => renditions.ready(row.seq, kind, { ...derived, file, version, sizeBytes: size }));
    onChanged(row.id);
    await removeOlder(row.id, kind, file);
  }

  async function sourceOf(row: AssetRow, probe: Probe, kind: RenditionKind): Promise<DeriveSource> {
    if (kind !== 'still' && isReadThroughStill(probe)) {
      const still = stillOf(row.seq);
      if (still !== null) return { path: still.path, kind: row.kind, probe: uprightProbe(probe, still.mime) };
    }
    return { path: await readablePath(assets, row), kind: row.kind, probe };
  }

  /**
   * A kill between rename and commit leaves a file nobody names, a kill before it an unfinished one (with a dot before
   * its name); the next one made takes them along. No other process makes this rendition now: its job has one owner.
   */
  async function removeOlder(id: AssetId, kind: RenditionKind, keep: string): Promise<void> {
    const names = await readdir(join(folder, id)).catch(() => []);
    const isOfKind = (name: string) => name.replace(/^\./, '').startsWith(`${kind}-`);
    const old = names.filter((name) => isOfKind(name) && join(id, name) !== keep);
    await Promise.all(old.map((name) => rm(join(folder, id, name), { force: true }).catch(() => {})));
  }

  return make;
}

const makers: Record<
  RenditionKind,
  (source: DeriveSource, target: string, context: DeriveContext) => Promise<DerivedShape>
> = {
  thumbnail: plain(makeThumbnail),
  filmstrip: makeFilmstrip,
  waveform: makeWaveform,
  proxy: plain(makeProxy),
  still: plain(makeStill),
};

/** For makers whose file needs no explanation. */
function plain(maker: (source: DeriveSource, target: string, context: DeriveContext) => Promise<void>) {
  return async (source: DeriveSource, target: string, context: DeriveContext): Promise<DerivedShape> => {
    await maker(source, target, context);
    return {};
  };
}
