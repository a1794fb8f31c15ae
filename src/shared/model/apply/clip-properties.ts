import { compare, zero } from '../../units/index.ts';
import { type Animation, animatedProperties, type Clip, type ClipContent, type LayoutPatch } from '../clip.ts';
import type { AnimationPatch, ClipPatch } from '../edit.ts';
import type { Ratio } from '../ratio.ts';
import { retimeWords } from '../text/words.ts';
import { given, refuse } from './support.ts';

function patchContent(old: ClipContent, patch: ClipPatch): ClipContent {
  let content = patch.content ?? old;
  if (patch.text !== undefined || patch.style !== undefined || patch.words !== undefined) {
    if (content.kind !== 'text') return refuse('Only a text has words and a style.');
    const text = patch.text ?? content.text;
    // Words that stayed keep their times; without times they are spread over the clip anyway.
    const words = patch.words ?? content.words;
    content = {
      ...content,
      text,
      style: { ...content.style, ...given(patch.style) },
      words: words.length === 0 || text === content.text ? words : retimeWords(words, text),
    };
  }
  if (patch.sourceInSeconds !== undefined) {
    if (content.kind !== 'media') return refuse('Only footage and sound can be slipped.');
    if (compare(patch.sourceInSeconds, zero) < 0) refuse('There is no footage before its beginning.');
    content = { ...content, sourceInSeconds: patch.sourceInSeconds };
  }
  return content;
}

/** A clip with the properties given changed; its place and length stay. */
export function setClip(clip: Clip, patch: ClipPatch): Clip {
  return {
    ...clip,
    name: patch.name ?? clip.name,
    layout: { ...clip.layout, ...given(patch.layout) },
    audio: { ...clip.audio, ...given(patch.audio) },
    content: patchContent(clip.content, patch),
  };
}

/** A clip with its layout in one ratio changed by what the patch gives, or put back to the common layout by null. */
export function setOverride(clip: Clip, ratio: Ratio, patch: LayoutPatch | null): Clip {
  const { [ratio]: old, ...others } = clip.overrides;
  const next = patch === null ? {} : { ...old, ...given(patch) };
  return { ...clip, overrides: Object.keys(next).length === 0 ? others : { ...others, [ratio]: next } };
}

/** A clip with other keyframes of the properties given; null takes a property's away. */
export function animate(clip: Clip, changes: AnimationPatch): Clip {
  const animation: Animation = {};
  for (const property of animatedProperties) {
    const keys = changes[property] === undefined ? clip.animation[property] : changes[property];
    if (keys) animation[property] = keys;
  }
  return { ...clip, animation };
}
