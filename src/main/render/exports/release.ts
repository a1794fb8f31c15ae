import {
  type CreativeId,
  chosenOption,
  newId,
  type OutputVersion,
  type PlacementId,
  type Project,
  placementsForRatio,
  type Ratio,
  type RatioGroupId,
  type Release,
  type ReleaseId,
  type Size,
  type Timeline,
  type Variant,
} from '#shared/model/index.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import type { SourceTable } from '../sources/sources.ts';

/** What a release is made from. */
export interface ReleaseInput {
  project: Project;
  variant: Variant;
  variantKey: string;
  variantName: string;
  ratio: Ratio;
  version: OutputVersion;
  size: Size;
  timeline: Timeline;
  presetId: string;
  sources: SourceTable;
  contentHashes: ReadonlyMap<string, string | null>;
  creativeId: CreativeId;
  ratioGroupId: RatioGroupId;
  placements: readonly PlacementId[];
  captions: Release['captions'];
  segments: readonly Pick<PlannedSegment, 'startFrame' | 'frames' | 'fingerprint'>[];
  revision: number;
  fileName: string;
  sha256: string;
  sizeBytes: number;
  planFingerprint: string;
  nowMs: number;
  engineVersion: string;
}

/** Fields and what they held, by "Slot: field" where several slots use the same name. */
function valuesOf(project: Project, variant: Variant, nameOf: (assetId: string) => string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const slot of project.slots) {
    const content = slot.options.find((option) => option.id === variant[slot.id])?.content;
    if (content?.kind !== 'sequence') continue;
    const sequence = project.sequences.find((one) => one.id === content.sequenceId);
    for (const field of sequence?.fields ?? []) {
      const value = content.values[field.key] ?? field.default;
      if (!value) continue;
      const key = field.key in values ? `${slot.name}: ${field.key}` : field.key;
      values[key] = 'text' in value ? value.text : nameOf(value.assetId);
    }
  }
  return values;
}

/** Words that go beside the ad in a variant; null when it has none. */
export function copyOf(project: Project, variant: Variant): Release['copy'] {
  for (const slot of project.globals) {
    const content = chosenOption(slot, variant)?.content;
    if (content?.kind !== 'post-copy') continue;
    return { primaryText: content.primaryText, headline: content.headline, url: content.url };
  }
  return null;
}

/** The immutable record of a finished export. */
export function makeRelease(input: ReleaseInput): Release {
  const { project, variant, timeline, sources } = input;
  const used = new Set(timeline.clips.flatMap(({ content }) => (content.kind === 'media' ? [content.assetId] : [])));
  const nameOf = (assetId: string) => [...sources.values()].find((one) => one.assetId === assetId)?.name ?? assetId;
  return {
    id: newId<ReleaseId>('release'),
    creativeId: input.creativeId,
    ratioGroupId: input.ratioGroupId,
    revision: input.revision,
    projectId: project.id,
    projectName: project.name,
    variant,
    variantKey: input.variantKey,
    variantName: input.variantName,
    ratio: input.ratio,
    version: input.version,
    placements: placementsForRatio(input.placements, input.ratio),
    presetId: input.presetId,
    rate: timeline.rate,
    frameCount: timeline.lengthFrames,
    width: input.size.width,
    height: input.size.height,
    sections: timeline.sections.map((section) => {
      const slot = project.slots.find((one) => one.id === section.slotId);
      const option = slot?.options.find((one) => one.id === section.optionId);
      return { ...section, slotName: slot?.name ?? '', optionName: option?.name ?? '' };
    }),
    values: valuesOf(project, variant, nameOf),
    copy: copyOf(project, variant),
    captions: input.captions,
    segments: input.segments.map(({ startFrame, frames, fingerprint }) => ({ startFrame, frames, fingerprint })),
    media: [...used].map((assetId) => ({
      assetId,
      name: nameOf(assetId),
      contentHash: input.contentHashes.get(assetId) ?? null,
    })),
    fileName: input.fileName,
    sha256: input.sha256,
    sizeBytes: input.sizeBytes,
    planFingerprint: input.planFingerprint,
    createdAtMs: input.nowMs,
    engineVersion: input.engineVersion,
  };
}
