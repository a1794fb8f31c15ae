import { allSequences, anchoredClips, contentsOf } from './apply/references.ts';
import type { ClipContent, TextStyle } from './clip.ts';
import type { Project } from './project.ts';

function* inContent(content: ClipContent): Generator<TextStyle> {
  if (content.kind === 'text') yield content.style;
}

function* inProject(project: Project): Generator<TextStyle> {
  for (const sequence of allSequences(project)) for (const content of contentsOf(sequence)) yield* inContent(content);
  for (const clip of anchoredClips(project)) yield* inContent(clip.content);
  for (const slot of project.globals)
    for (const { content } of slot.options) if (content.kind === 'caption-style') yield content.style;
}

/** Every font family that texts of a project ask for, each once, in lower case. */
export function usedFontFamilies(project: Project): string[] {
  return [...new Set(Array.from(inProject(project), ({ fontFamily }) => fontFamily.trim().toLowerCase()))];
}
