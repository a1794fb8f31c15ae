import type { ImportItem, ImportView } from '#shared/contract/index.ts';
import { isCancelled } from '#shared/errors/index.ts';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { exitCodeOfItems, exitCodes } from '../exit-codes.ts';
import { bytes, count, duration, table } from '../format.ts';
import { pollUntil } from '../poll.ts';
import { createProgressBar, type ProgressBar } from '../progress-bar.ts';
import type { CommandContext, Outcome } from '../types.ts';

/** `import <paths…>`. */
export interface ImportOptions {
  copy?: boolean;
  wait: boolean;
}

/** Brings files and folders in, then waits for their thumbnails, filmstrips, waveforms and proxies. */
export async function importCommand(
  context: CommandContext,
  paths: string[],
  options: ImportOptions,
): Promise<Outcome> {
  const { client, deps, signal } = context;
  const bar = createProgressBar({ isTty: deps.isTty, columns: deps.columns, write: deps.stderr });
  try {
    const { importId } = await client.library.import({
      paths: paths.map(context.path),
      ...(options.copy ? { mode: 'copy' as const } : {}),
    });
    const { view, items } = await followImport(context, importId, bar);
    const ids = [...new Set(items.flatMap((item) => (item.assetId === null ? [] : [item.assetId])))];
    const assets = await readAssets(context, ids);
    if (options.wait) await waitForRenditions(context, assets, bar);
    bar.end();
    return outcomeOf(view, items, assets, signal);
  } finally {
    bar.end();
  }
}

/** Follows an import to its end, gathering all items: a view itself holds only the last thousand. */
async function followImport({ client, signal }: CommandContext, importId: string, bar: ProgressBar) {
  const items = new Map<string, ImportItem>();
  let view: ImportView | undefined;
  const look = async () => {
    view = await client.library.getImport({ importId });
    for (const item of view.items) items.set(item.path, item);
    const done = view.imported + view.duplicates + view.refused;
    bar.show(done / Math.max(1, view.found), `importing, ${done} of ${count(view.found, 'file')}`);
    return view.state !== 'running';
  };
  try {
    await pollUntil(look, 100, signal);
  } catch (error) {
    if (isCancelled(error)) await client.library.cancelImport({ importId });
    throw error;
  }
  return { view: view as ImportView, items: [...items.values()] };
}

const pageSize = 500;

async function readAssets({ client }: CommandContext, ids: readonly AssetId[]): Promise<Map<AssetId, Asset>> {
  const found = new Map<AssetId, Asset>();
  for (let at = 0; at < ids.length; at += pageSize) {
    const { assets } = await client.library.getMany({ ids: ids.slice(at, at + pageSize) });
    for (const asset of assets) found.set(asset.id, asset);
  }
  return found;
}

async function waitForRenditions(
  context: CommandContext,
  assets: Map<AssetId, Asset>,
  bar: ProgressBar,
): Promise<void> {
  const isOpen = (asset: Asset) => asset.renditions.some((rendition) => rendition.state === 'queued');
  const total = [...assets.values()].reduce((sum, asset) => sum + asset.renditions.length, 0);
  const look = async () => {
    const open = [...assets.values()].filter(isOpen).map((asset) => asset.id);
    for (const [id, asset] of await readAssets(context, open)) assets.set(id, asset);
    const left = [...assets.values()]
      .flatMap((asset) => asset.renditions)
      .filter((one) => one.state === 'queued').length;
    bar.show(1 - left / Math.max(1, total), `making thumbnails, filmstrips, waveforms and proxies, ${left} left`);
    return left === 0;
  };
  await pollUntil(look, 250, context.signal);
}

function outcomeOf(view: ImportView, items: ImportItem[], assets: Map<AssetId, Asset>, signal: AbortSignal): Outcome {
  const files = items.map((item) => {
    const asset = item.assetId === null ? undefined : assets.get(item.assetId);
    return { path: item.path, outcome: item.outcome, error: item.error, asset: asset ? assetFacts(asset) : null };
  });
  const { found, imported, duplicates, refused } = view;
  const rows = files
    .filter((file) => file.asset !== null)
    .map(({ outcome, asset }) => [
      outcome,
      asset?.kind ?? '',
      shape(asset),
      bytes(asset?.sizeBytes ?? 0),
      asset?.name ?? '',
    ]);
  const refusals = files
    .filter((file) => file.error)
    .map((file) => `refused: ${file.path}\n  ${file.error?.userMessage}`);
  const summary = `${count(imported, 'file')} imported, ${count(duplicates, 'duplicate')}, ${refused} refused`;
  const parts = [table(['outcome', 'kind', 'shape', 'size', 'name'], rows), ...refusals, summary];
  const failed = exitCodeOfItems(files.map((file) => file.error));
  return {
    json: { files, summary: { found, imported, duplicates, refused } },
    text: parts.join('\n'),
    code: signal.aborted ? exitCodes.cancelled : failed,
  };
}

/** What the JSON documents say of an asset. */
export function assetFacts(asset: Asset) {
  const { video, durationSeconds, audio } = asset.probe;
  return {
    id: asset.id,
    name: asset.name,
    kind: asset.kind,
    sizeBytes: asset.sizeBytes,
    contentHash: asset.contentHash,
    /** As shown: upright, square pixels. */
    width: video?.width ?? null,
    height: video?.height ?? null,
    rotationDeg: video?.rotationDeg ?? null,
    durationSeconds: durationSeconds === null ? null : toNumber(durationSeconds),
    frameRate: video?.averageRate ? toNumber(video.averageRate) : null,
    isVariableRate: video?.isVariableRate ?? null,
    videoCodec: video?.codec ?? null,
    hdr: video?.colour.hdr ?? null,
    audioStreams: audio.length,
    playback: asset.playback,
    isMissing: asset.isMissing,
    paths: asset.locations.map((location) => location.path),
    renditions: asset.renditions.map(({ kind, state, mime, sizeBytes }) => ({ kind, state, mime, sizeBytes })),
  };
}

function shape(asset: ReturnType<typeof assetFacts> | null): string {
  if (!asset) return '';
  const size = asset.width === null ? '' : `${asset.width}×${asset.height}`;
  const length = asset.durationSeconds === null ? '' : duration(asset.durationSeconds);
  return [size, length].filter((part) => part !== '').join(' ');
}
