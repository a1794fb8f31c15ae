import { type AssetId, countCombinations, listVariants, type Project, usedAssets } from '#shared/model/index.ts';

/** Counting stops here: "more than" is enough to know. */
const maxCounted = 10_000;

/** What a list shows of a project, as its row stores it. */
export interface StoredSummary {
  name: string;
  slots: string;
  variantCount: number;
  coverAssetId: AssetId | null;
}

/** Most edits leave slots and rules alone, and share them with the project before: counted once. */
const counts = new WeakMap<Project['slots'], Pick<Project, 'globals' | 'pairingRules'> & { count: number }>();

function countVariants(project: Project): number {
  const known = counts.get(project.slots);
  if (known && known.globals === project.globals && known.pairingRules === project.pairingRules) return known.count;
  const { globals, pairingRules } = project;
  const count = countAnew(project);
  counts.set(project.slots, { globals, pairingRules, count });
  return count;
}

function countAnew(project: Project): number {
  if (!project.slots.some((slot) => slot.options.length > 0)) return 0;
  if (project.pairingRules.length === 0) return Math.min(maxCounted, countCombinations(project));
  return listVariants(project, maxCounted).length;
}

/** First media of the first option that has any: what the ad opens with. */
function coverOf(project: Project): AssetId | null {
  for (const slot of project.slots) {
    for (const { content } of slot.options) {
      if (content.kind === 'none') continue;
      const sequence = project.sequences.find((candidate) => candidate.id === content.sequenceId);
      const shown = sequence?.tracks.filter((track) => track.kind === 'visual' && !track.isHidden) ?? [];
      const clips = shown.flatMap((track) => track.clips);
      for (const clip of clips.toSorted((a, b) => a.startFrame - b.startFrame))
        if (clip.content.kind === 'media' && 'assetId' in clip.content.media) return clip.content.media.assetId;
    }
  }
  return null;
}

/** Makes the stored summary of a project. */
export function summarise(project: Project): StoredSummary {
  return {
    name: project.name,
    slots: JSON.stringify(project.slots.map((slot) => ({ name: slot.name, options: slot.options.length }))),
    variantCount: countVariants(project),
    coverAssetId: coverOf(project) ?? usedAssets(project)[0] ?? null,
  };
}
