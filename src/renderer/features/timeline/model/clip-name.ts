import { type Asset, effectiveValues, fillFields } from '#shared/model/index.ts';
import type { ClipItem } from './lanes.ts';

/** What a clip is called: its own name, its media's, its words, or its kind. */
export function clipName(item: Pick<ClipItem, 'clip' | 'section'>, asset: Asset | null): string {
  const { clip } = item;
  if (clip.name !== '') return clip.name;
  switch (clip.content.kind) {
    case 'media':
      return asset?.name ?? ('field' in clip.content.media ? `{{${clip.content.media.field}}}` : 'Missing media');
    case 'text':
      return wordsOf(item).slice(0, 60) || '(empty text)';
    case 'colour':
      return `Colour ${clip.content.colour}`;
    case 'sequence':
      return 'Sequence';
    case 'composition':
      return 'Composition';
  }
}

/** The words of a text clip as its option says them, on one line. */
function wordsOf({ clip, section }: Pick<ClipItem, 'clip' | 'section'>): string {
  if (clip.content.kind !== 'text') return '';
  const values = section.sequence ? effectiveValues(section.sequence, section.values) : section.values;
  return fillFields(clip.content.text, values).replaceAll('\n', ' ').trim();
}
