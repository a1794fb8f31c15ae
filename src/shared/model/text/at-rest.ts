import type { PlacedClip } from '../placed.ts';

/** A clip as it stands: words that come or go are there, and where they belong. */
export function atRest(clip: PlacedClip): PlacedClip {
  const { content } = clip;
  if (content.kind !== 'text') return clip;
  return { ...clip, content: { ...content, style: { ...content.style, entrance: 'none', exit: 'none' } } };
}
