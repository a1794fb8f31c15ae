import type { Asset } from '#shared/model/index.ts';
import type { ClipItem } from './lanes.ts';

/** What a clip is called: its own name, its media's, its words, or its kind. */
export function clipName(item: Pick<ClipItem, 'clip'>, asset: Asset | null): string {
  const { clip } = item;
  if (clip.name !== '') return clip.name;
  switch (clip.content.kind) {
    case 'media':
      return asset?.name ?? ('field' in clip.content.media ? `{{${clip.content.media.field}}}` : 'Missing media');
    case 'text':
      return clip.content.text.replaceAll('\n', ' ').slice(0, 60) || 'Text';
    case 'colour':
      return `Colour ${clip.content.colour}`;
    case 'sequence':
      return 'Sequence';
    case 'composition':
      return 'Composition';
  }
}
