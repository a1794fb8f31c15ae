import { cancelledError } from '#shared/errors/index.ts';
import {
  type CreativeId,
  completeVariant,
  type OutputVersion,
  outputVersionSchema,
  type Project,
  type Ratio,
  type SourceLengths,
  type Timeline,
  type Variant,
  variantKey,
} from '#shared/model/index.ts';
import { planFingerprint } from '../plan/plan-fingerprint.ts';
import { findPreset } from '../plan/presets.ts';
import { versionTimeline } from '../plan/version-timeline.ts';
import type { RenderTools } from '../render-tools.ts';
import type { NewestRelease } from '../reuse/reuse-store.ts';
import { assetsOf } from '../sources/gather-sources.ts';
import { takingTurns } from './taking-turns.ts';

/** Where a variant stands in a ratio it was released in. */
export interface VariantState {
  variantKey: string;
  ratio: Ratio;
  state: 'exported' | 'changed';
  exportId: string;
  revision: number;
}

/** A variant's newest release in a ratio and version, held against the project. */
export interface ReleaseState extends Omit<VariantState, 'state'> {
  version: OutputVersion;
  creativeId: CreativeId;
  isChanged: boolean;
}

/** Releases read at once. */
const pageSize = 10;

async function lengthsOf(tools: RenderTools, project: Project): Promise<SourceLengths> {
  const assets = await tools.sources.getMany(assetsOf(project));
  const lengths = new Map(
    assets.map((asset) => {
      const isStill = asset.kind === 'image' && asset.probe.video?.isAnimated !== true;
      return [asset.id, isStill ? null : asset.probe.durationSeconds];
    }),
  );
  return (assetId) => lengths.get(assetId) ?? null;
}

/** The version within a creative's key; see `creativeKey`. */
function versionOf(creativeKey: string, plainKey: string): OutputVersion {
  return outputVersionSchema.catch('full').parse(creativeKey.slice(plainKey.length + 1));
}

/** Compares outputs with releases; neighbours in the list share their timeline. */
function comparison(project: Project, lengths: SourceLengths): (newest: NewestRelease) => ReleaseState | null {
  let last: { key: string; timeline: Timeline } | null = null;
  const fingerprintNow = ({ release, creativeKey }: NewestRelease, variant: Variant, version: OutputVersion) => {
    if (last?.key !== creativeKey)
      last = { key: creativeKey, timeline: versionTimeline(project, variant, version, lengths) };
    return planFingerprint(last.timeline, release.ratio, findPreset(release.presetId));
  };
  return (newest) => {
    const { release, exportId, creativeId, creativeKey } = newest;
    const variant = completeVariant(project, release.variant);
    // A variant that no longer exists has no place to show a mark.
    if (!variant || variantKey(project, variant) !== release.variantKey) return null;
    const version = versionOf(creativeKey, release.variantKey);
    const { ratio, revision } = release;
    const isChanged = !isSame();
    return { variantKey: release.variantKey, ratio, version, exportId, creativeId, revision, isChanged };
    function isSame(): boolean {
      try {
        return fingerprintNow(newest, variant ?? {}, version) === release.planFingerprint;
      } catch {
        // A project that contradicts itself shows nothing that was ever released.
        return false;
      }
    }
  };
}

/** Compares what each released variant would be now with what was released. Gives way to other work in between. */
export async function releaseStates(
  tools: RenderTools,
  project: Project,
  signal: AbortSignal,
): Promise<ReleaseState[]> {
  const { store } = tools;
  const compare = comparison(project, await lengthsOf(tools, project));
  const seqs = store.newestReleaseSeqs(project.id);
  const turn = takingTurns(tools.clock);
  const states: ReleaseState[] = [];
  for (let first = 0; first < seqs.length; first += pageSize) {
    for (const newest of store.releasesAt(seqs.slice(first, first + pageSize))) {
      if (signal.aborted) throw cancelledError();
      await turn();
      states.push(...[compare(newest)].filter((state) => state !== null));
    }
  }
  return states;
}

/** As {@link releaseStates}, one line per variant and ratio: changed when any version of it has. */
export async function variantStates(
  tools: RenderTools,
  project: Project,
  signal: AbortSignal,
): Promise<VariantState[]> {
  const lines = new Map<string, VariantState>();
  for (const { isChanged, version, variantKey: key, ratio, exportId, revision } of await releaseStates(
    tools,
    project,
    signal,
  )) {
    const lineKey = `${ratio} ${key}`;
    const before = lines.get(lineKey);
    const state = isChanged || before?.state === 'changed' ? 'changed' : 'exported';
    const shown = before && version !== 'full' ? before : { exportId, revision };
    lines.set(lineKey, { variantKey: key, ratio, state, exportId: shown.exportId, revision: shown.revision });
  }
  return [...lines.values()];
}
