import { useMemo } from 'react';
import {
  type AssetId,
  flattenVariant,
  type Project,
  type SourceLengths,
  type Timeline,
  type Variant,
} from '#shared/model/index.ts';
import { useAssets } from '../../engine/index.ts';
import { buildMatrix, type Matrix } from './matrix.ts';

/** Every combination of a project's options; the same while slots and rules stay. */
export function useMatrix(project: Project): Matrix | null {
  const { slots, globals, pairingRules } = project;
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing else of a project decides which variants there are
  return useMemo(() => buildMatrix(project), [slots, globals, pairingRules]);
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
