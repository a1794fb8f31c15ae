import { allSequences, anchoredClips, contentsOf } from './apply/references.ts';
import type { ClipContent, FieldValues } from './clip.ts';
import type { AssetId } from './ids.ts';
import type { Project } from './project.ts';

function* inValues(values: FieldValues): Generator<AssetId> {
  for (const value of Object.values(values)) if ('assetId' in value) yield value.assetId;
}

function* inContent(content: ClipContent): Generator<AssetId> {
  if (content.kind === 'media' && 'assetId' in content.media) yield content.media.assetId;
  if (content.kind === 'sequence' || content.kind === 'composition') yield* inValues(content.values);
}

function* inProject(project: Project): Generator<AssetId> {
  for (const slot of project.slots)
    for (const { content } of slot.options) if (content.kind === 'sequence') yield* inValues(content.values);
  for (const sequence of allSequences(project)) {
    for (const field of sequence.fields) if (field.default && 'assetId' in field.default) yield field.default.assetId;
    for (const content of contentsOf(sequence)) yield* inContent(content);
  }
  for (const clip of anchoredClips(project)) yield* inContent(clip.content);
}

/** Every asset that a project refers to, each once, in the order of first use. */
export function usedAssets(project: Project): AssetId[] {
  return [...new Set(inProject(project))];
}
