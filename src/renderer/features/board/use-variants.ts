import { useMemo } from 'react';
import {
  type AssetId,
  flattenVariant,
  listVariants,
  type Project,
  type Ratio,
  type SourceLengths,
  type Timeline,
  type Variant,
  type VariantKey,
  variantKey,
  variantName,
} from '#shared/model/index.ts';
import { useAssets, useVariantStates } from '../../engine/index.ts';

/** Most variants the board lists. */
export const mostVariants = 5000;

/** A variant as the board shows it. */
export interface VariantCellData {
  key: VariantKey;
  name: string;
  /** Without the parts that have only one option: what tells variants apart. */
  shortName: string;
  variant: Variant;
}

/** Names of the options where there is a choice; all of them when there is none. */
export function shortVariantName(project: Project, variant: Variant): string {
  const names = [...project.slots, ...project.globals]
    .filter((slot) => slot.options.length > 1)
    .flatMap((slot) => slot.options.find((option) => option.id === variant[slot.id])?.name ?? []);
  return names.length > 0 ? names.join(' · ') : variantName(project, variant);
}

/** All allowed variants of a project. */
export function useVariants(project: Project): readonly VariantCellData[] {
  return useMemo(
    () =>
      listVariants(project, mostVariants).map((variant) => ({
        key: variantKey(project, variant),
        name: variantName(project, variant),
        shortName: shortVariantName(project, variant),
        variant,
      })),
    [project],
  );
}

/** Whether each variant has been exported as it is now, in any and in a certain ratio. */
export function useExportMarks(project: Project): (key: VariantKey, ratio: Ratio) => 'exported' | 'changed' | null {
  const { data: states } = useVariantStates(project.id);
  const marks = useMemo(
    () => new Map((states ?? []).map((one) => [`${one.variantKey}|${one.ratio}`, one.state])),
    [states],
  );
  return (key, ratio) => marks.get(`${key}|${ratio}`) ?? null;
}

/** Assets of the global slots: their lengths decide where music and voice-over end. */
function globalAssets(project: Project): AssetId[] {
  return project.globals.flatMap((slot) =>
    slot.options.flatMap((option) =>
      option.content.kind === 'clips'
        ? option.content.clips.flatMap((clip) =>
            clip.content.kind === 'media' && 'assetId' in clip.content.media ? [clip.content.media.assetId] : [],
          )
        : [],
    ),
  );
}

/** Lengths of the sources that accompany the ad. Stable while nothing about them changes. */
export function useSourceLengths(project: Project): SourceLengths {
  const ids = useMemo(() => globalAssets(project), [project]);
  const assets = useAssets(ids);
  return useMemo(() => (id) => assets.get(id)?.probe.durationSeconds ?? null, [assets]);
}

/** A variant, flat; null when it cannot be (a missing sequence). */
export function useVariantTimeline(project: Project, variant: Variant, lengths: SourceLengths): Timeline | null {
  return useMemo(() => {
    try {
      return flattenVariant(project, variant, lengths);
    } catch {
      return null;
    }
  }, [project, variant, lengths]);
}
