import { availableParallelism } from 'node:os';
import { join, resolve, sep } from 'node:path';
import type { Jobs } from '#main/jobs/index.ts';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Events } from '#main/platform/events/index.ts';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { type Log, runInBackground } from '#main/platform/log/index.ts';
import type { LibraryPaths } from '#main/platform/paths/index.ts';
import type { SettingsStore } from '#main/settings/index.ts';
import type { AssetFilter } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Asset, AssetId, RenditionKind } from '#shared/model/index.ts';
import { type AssetStore, createAssetStore } from './asset-store.ts';
import { cleanUp } from './clean-up.ts';
import { type Collections, createCollections } from './collections.ts';
import { type Curation, createCuration } from './curation.ts';
import { createDerivations, type Derivations } from './derive/derivations.ts';
import { type ProxyChoice, planRenditions } from './derive/plan-renditions.ts';
import { createFacets, type Facets } from './facets.ts';
import { registerHashJob } from './hash-job.ts';
import { createImportFile } from './importing/import-file.ts';
import { createImports, type Imports } from './importing/imports.ts';
import { createUploads, type Uploads } from './importing/uploads.ts';
import { findKnown, type MediaMarks } from './known-media.ts';
import { type AssetSort, createListing, type Listing } from './listing.ts';
import { createCheckPlace } from './media/check-place.ts';
import { createFrames, type Frames } from './media/frames.ts';
import { createMediaSource, type MediaSource } from './media/media-source.ts';
import { checkMissing } from './missing.ts';
import { createNotices, type LibraryEventMap, type Notices } from './notices.ts';
import { type AbsentMedia, createPlaceholders } from './placeholders.ts';
import { purgeRemoved } from './purge.ts';
import { createRecordings, type Recordings } from './recordings/recordings.ts';
import { relink } from './relink.ts';
import { createRenditionStore } from './rendition-store.ts';
import { createTextIndex, type TextIndex } from './search-text.ts';
import { createSubclips, type Subclips } from './subclips.ts';
import { createTranscribing, type Transcribing, type TranscribingOptions } from './transcripts/transcribe.ts';
import { createTranscripts, type Transcripts } from './transcripts/transcripts.ts';

/** What the library needs. */
export interface CreateLibraryOptions {
  db: Database;
  jobs: Jobs;
  settings: SettingsStore;
  ffmpeg: Ffmpeg;
  paths: LibraryPaths;
  clock: Clock;
  log: Log;
  /** Files looked at at once during an import. Default: the machine's cores, 2 to 8. */
  importParallel?: number;
  /** Where whisper.cpp may lie besides the settings. Default: the usual places. */
  whisperPlaces?: TranscribingOptions['places'];
}

/** The media of one library folder. Create it before `jobs.start()`: it registers its kinds of jobs. */
export interface Library {
  readonly events: Events<LibraryEventMap>;
  readonly imports: Imports;
  readonly uploads: Uploads;
  readonly recordings: Recordings;
  readonly media: MediaSource;
  readonly collections: Collections;
  readonly subclips: Subclips;
  readonly curation: Curation;
  readonly transcripts: Transcripts;
  readonly transcribing: Transcribing;
  /** One picture on demand; see {@link Frames}. */
  frame(id: AssetId, seconds: number, heightPx: number, signal: AbortSignal): Promise<string>;
  list(filter: AssetFilter, sort: AssetSort, offset: number, limit: number): { assets: Asset[]; total: number };
  /** Throws `not-found`. */
  get(id: AssetId): Asset;
  /** Unknown ids are left out. */
  getMany(ids: readonly AssetId[]): Asset[];
  facets(): Facets;
  /** Makes renditions again: these kinds, or those that failed, or all when none failed. */
  derive(ids: readonly AssetId[], kinds?: readonly RenditionKind[]): void;
  checkMissing(signal: AbortSignal): Promise<number>;
  relink(
    request: { assetId?: AssetId | undefined; path: string },
    signal: AbortSignal,
  ): Promise<{ relinked: AssetId[]; stillMissing: number }>;
  /** The asset that has this content or lies at this place, without looking at the disk; null when there is none. */
  find(marks: MediaMarks): AssetId | null;
  /** Adds media that nobody has, as missing assets that can be relinked. */
  addAbsent(media: readonly AbsentMedia[]): void;
  /** Who uses media: asked before assets are removed. Answers with names of projects. */
  setUsage(usedBy: (ids: readonly AssetId[]) => readonly string[]): void;
  /** Says that these changed. */
  announce(ids: readonly AssetId[] | null): void;
  /** Picks up what was left undone, and looks in the background which files are there. Call once, after `jobs.start()`. */
  start(options: { isFirst: boolean }): void;
  dispose(): Promise<void>;
}

/** Opens the library over its database and folders. */
export function createLibrary(options: CreateLibraryOptions): Library {
  const { db, jobs, settings, ffmpeg, paths, clock, log } = options;
  const parallel = options.importParallel ?? Math.min(8, Math.max(2, availableParallelism()));
  const assets = createAssetStore(db);
  const placeholders = createPlaceholders(db, assets);
  const text = createTextIndex(db);
  const listing = createListing(db);
  const notices = createNotices(clock, log);
  const changedRow = (id: AssetId) => {
    listing.changed();
    notices.assetChanged(id);
  };
  let usedBy: (ids: readonly AssetId[]) => readonly string[] = () => [];
  const stopping = new AbortController();
  const checkPlace = createCheckPlace(assets, stopping.signal);
  const derivations = createDerivations({
    ...{ db, jobs, ffmpeg, assets, renditions: createRenditionStore(db), folder: paths.renditions, log },
    onChanged: notices.assetChanged,
  });
  registerHashJob({ db, jobs, assets, checkPlace, onChanged: notices.assetChanged });
  const uploads = createUploads(paths.temp);
  const proxies = () => proxyChoice(settings);
  const parts = {
    db,
    jobs,
    ffmpeg,
    clock,
    assets,
    checkPlace,
    placeholders,
    derivations,
    text,
    proxies,
    onChanged: changedRow,
  };
  const importFile = createImportFile({ ...parts, mediaDir: paths.media });
  const imports = createImports({
    ...{ importFile, uploads, parallel, log },
    isOwn: (path) => isOwnPath(paths, path),
    onChanged: notices.importChanged,
  });
  const media = createMediaSource({ assets, derivations, checkPlace, onChanged: changedRow });
  const frames = createFrames<AssetId>({
    ...{ ffmpeg, log, folder: join(paths.root, 'cache', 'frames'), keep: 5000, parallel: Math.min(4, parallel) },
    async sourceOf(id, signal) {
      const { path, probe } = await media.renderSource(id, signal);
      return { path, probe };
    },
  });
  let tidying: Promise<void> = Promise.resolve();
  return {
    events: notices.events,
    ...{ imports, uploads, media },
    recordings: createRecordings({ db, clock, importFile, folder: join(paths.root, 'recordings') }),
    collections: createCollections(db, assets, clock),
    subclips: createSubclips(db, assets, clock),
    ...createSpeech(options, { assets, text, onChanged: changedRow }),
    curation: createCuration({ db, assets, text, clock, usedBy: (ids) => usedBy(ids) }),
    frame: frames.frame,
    ...createReading(db, assets, listing),
    derive: (ids, kinds) => deriveAgain({ db, assets, derivations, settings, notices }, ids, kinds),
    checkMissing: (signal) => checkMissing({ db, assets, checkPlace, onChanged: changedRow }, signal),
    relink: (request, signal) => relink({ ...parts, usedBy: (ids) => usedBy(ids) }, request, signal),
    find: (marks) => findKnown(parts, marks)?.id ?? null,
    addAbsent(media) {
      db.transaction(() => {
        for (const one of media) text.refresh(placeholders.add(one, clock.nowMs()));
      });
      for (const { id } of media) changedRow(id);
    },
    setUsage(asked) {
      usedBy = asked;
    },
    announce(ids) {
      listing.changed();
      notices.assetsChanged(ids);
    },
    start({ isFirst }) {
      if (!isFirst) return;
      derivations.reconcile();
      tidying = tidyUp({ db, assets, paths, uploads, nowMs: clock.nowMs() }, () =>
        checkMissing({ db, assets, checkPlace, onChanged: changedRow }, stopping.signal),
      );
      runInBackground('the look for missing media', () => tidying, log);
    },
    async dispose() {
      stopping.abort();
      await tidying.catch(() => {});
      await imports.dispose();
      await frames.dispose();
      derivations.dispose();
      notices.dispose();
    },
  };
}

/** What is said in media, and how it is found out. */
function createSpeech(
  { db, jobs, ffmpeg, settings, clock, paths, whisperPlaces }: CreateLibraryOptions,
  parts: { assets: AssetStore; text: TextIndex; onChanged: (id: AssetId) => void },
): Pick<Library, 'transcripts' | 'transcribing'> {
  const transcripts = createTranscripts({ db, clock, ...parts });
  const transcribing = createTranscribing({
    ...{ jobs, ffmpeg, assets: parts.assets, settings, transcripts, temp: paths.temp, clock },
    ...(whisperPlaces ? { places: whisperPlaces } : {}),
  });
  return { transcripts, transcribing };
}

async function tidyUp(
  cleaning: Parameters<typeof cleanUp>[0] & Parameters<typeof purgeRemoved>[0],
  check: () => Promise<number>,
): Promise<void> {
  await cleanUp(cleaning);
  await purgeRemoved(cleaning);
  await check();
}

function createReading(db: Database, assets: AssetStore, listing: Listing) {
  const facets = createFacets(db);
  return {
    list(filter: AssetFilter, sort: AssetSort, offset: number, limit: number) {
      const { seqs, total } = listing.page(filter, sort, offset, limit);
      return { assets: assets.load(seqs), total };
    },
    get(id: AssetId): Asset {
      const [asset] = assets.load(assets.seqsOf([id]));
      if (asset === undefined) throw new AppError('not-found', 'This media is not in the library any more.');
      return asset;
    },
    getMany: (ids: readonly AssetId[]) => assets.load(assets.seqsOf(ids)),
    facets,
  };
}

function deriveAgain(
  parts: { db: Database; assets: AssetStore; derivations: Derivations; settings: SettingsStore; notices: Notices },
  ids: readonly AssetId[],
  kinds: readonly RenditionKind[] | undefined,
): void {
  const { db, assets, derivations, settings, notices } = parts;
  db.transaction(() => {
    for (const asset of assets.load(assets.seqsOf(ids))) {
      const planned = planRenditions(asset, proxyChoice(settings));
      const possible = planRenditions(asset, 'always');
      const failed = asset.renditions.filter((one) => one.state === 'failed').map((one) => one.kind);
      const wanted = kinds?.filter((kind) => possible.includes(kind)) ?? (failed.length > 0 ? failed : planned);
      const [seq] = assets.seqsOf([asset.id]);
      if (seq !== undefined) derivations.queue({ seq, id: asset.id, name: asset.name, probe: asset.probe }, wanted);
    }
  });
  notices.assetsChanged(ids);
}

function proxyChoice(settings: SettingsStore): ProxyChoice {
  return settings.get().areProxiesMade ? 'needed' : 'never';
}

/** What the library itself writes is no footage; copied-in media and finished ads are, and known by their content. */
function isOwnPath(paths: LibraryPaths, path: string): boolean {
  const at = resolve(path);
  const isBelow = (folder: string) => at === folder || at.startsWith(folder + sep);
  return at !== paths.root && isBelow(paths.root) && !isBelow(paths.media) && !isBelow(paths.exports);
}
