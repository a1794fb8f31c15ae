import { setImmediate as breathe } from 'node:timers/promises';
import { cancelledError } from '#shared/errors/index.ts';
import {
  completeVariant,
  flattenVariant,
  type Project,
  type Ratio,
  type SourceLengths,
  variantKey,
} from '#shared/model/index.ts';
import { planFingerprint } from '../plan/plan-fingerprint.ts';
import { findPreset } from '../plan/presets.ts';
import type { RenderTools } from '../render-tools.ts';
import { assetsOf } from '../sources/gather-sources.ts';

/** Where a variant stands in a ratio it was released in. */
export interface VariantState {
  variantKey: string;
  ratio: Ratio;
  state: 'exported' | 'changed';
  exportId: string;
  revision: number;
}

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

/** Compares what each released variant would be now with what was released. Gives way to other work in between. */
export async function variantStates(
  tools: RenderTools,
  project: Project,
  signal: AbortSignal,
): Promise<VariantState[]> {
  const newest = tools.store.newestReleases(project.id);
  const lengths = await lengthsOf(tools, project);
  const states: VariantState[] = [];
  for (const [index, { release, exportId }] of newest.entries()) {
    if (signal.aborted) throw cancelledError();
    if (index % 20 === 19) await breathe();
    const variant = completeVariant(project, release.variant);
    // A variant that no longer exists has no place to show a mark.
    if (!variant || variantKey(project, variant) !== release.variantKey) continue;
    states.push({
      variantKey: release.variantKey,
      ratio: release.ratio,
      state: isSame() ? 'exported' : 'changed',
      exportId,
      revision: release.revision,
    });
    function isSame(): boolean {
      try {
        const timeline = flattenVariant(project, variant ?? {}, lengths);
        return planFingerprint(timeline, release.ratio, findPreset(release.presetId)) === release.planFingerprint;
      } catch {
        return false;
      }
    }
  }
  return states;
}
