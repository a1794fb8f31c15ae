import type { AssetId, ClipContent, FieldValues, Project } from '#shared/model/index.ts';

function inValues(values: FieldValues): AssetId[] {
  return Object.values(values).flatMap((value) => (value && 'assetId' in value ? [value.assetId] : []));
}

function inContent(content: ClipContent): AssetId[] {
  switch (content.kind) {
    case 'media':
      return 'assetId' in content.media ? [content.media.assetId] : [];
    case 'sequence':
    case 'composition':
      return inValues(content.values);
    default:
      return [];
  }
}

/** Every asset a project refers to, each once, in a stable order. */
export function projectAssetIds(project: Project): AssetId[] {
  const sequences = [...project.sequences, ...project.compositions.map((composition) => composition.sequence)];
  const ids = [
    ...sequences.flatMap((sequence) => [
      ...sequence.tracks.flatMap((track) => track.clips.flatMap((clip) => inContent(clip.content))),
      ...sequence.fields.flatMap((field) =>
        field.default && 'assetId' in field.default ? [field.default.assetId] : [],
      ),
    ]),
    ...project.slots.flatMap((slot) =>
      slot.options.flatMap((option) => (option.content.kind === 'sequence' ? inValues(option.content.values) : [])),
    ),
    ...project.globals.flatMap((slot) =>
      slot.options.flatMap((option) =>
        option.content.kind === 'clips' ? option.content.clips.flatMap((clip) => inContent(clip.content)) : [],
      ),
    ),
  ];
  return [...new Set(ids)].toSorted();
}
