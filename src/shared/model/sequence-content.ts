import type { Frames } from '../units/index.ts';
import type { ClipContent, FieldValues } from './clip.ts';
import type { Project, Sequence } from './project.ts';

/** How deep sequences may lie in each other; a last guard, sound projects stay below it. */
export const maxNesting = 8;

/** Length of a sequence in frames: fixed, or to the end of its last clip; 0 when empty. */
export function sequenceLength(sequence: Sequence): Frames {
  if (sequence.lengthFrames !== null) return sequence.lengthFrames;
  return sequence.tracks.reduce(
    (length, track) => track.clips.reduce((end, clip) => Math.max(end, clip.startFrame + clip.lengthFrames), length),
    0,
  );
}

/** Fills `{{fields}}` in text; an unknown field becomes empty. */
export function fillFields(text: string, values: FieldValues): string {
  return text.replaceAll(/\{\{\s*([A-Za-z][A-Za-z0-9_]{0,39})\s*\}\}/g, (_, key: string) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    return value && 'text' in value ? value.text : '';
  });
}

/** A sequence's defaults overlaid with an option's values. */
export function effectiveValues(sequence: Sequence, values: FieldValues): FieldValues {
  const all: FieldValues = {};
  for (const field of sequence.fields) if (field.default) all[field.key] = field.default;
  return { ...all, ...values };
}

/** The sequence that a nested clip plays; null when the project does not have it. */
export function nestedSequence(project: Project, content: ClipContent): Sequence | null {
  if (content.kind === 'sequence')
    return project.sequences.find((sequence) => sequence.id === content.sequenceId) ?? null;
  if (content.kind !== 'composition') return null;
  const pin = project.compositions.find(
    (candidate) => candidate.compositionId === content.compositionId && candidate.version === content.version,
  );
  return pin?.sequence ?? null;
}

/** A nested clip's values may themselves use the outer fields. */
export function fillNested(inner: FieldValues, outer: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(inner).map(([key, value]) => [
      key,
      'text' in value ? { text: fillFields(value.text, outer) } : value,
    ]),
  ) as FieldValues;
}

/** Frames that a nested sequence has before and behind what a clip plays of it; other content is made longer itself. */
export function roomInside(
  project: Project,
  content: ClipContent,
  lengthFrames: Frames,
): { before: Frames; after: Frames } {
  const inner = nestedSequence(project, content);
  if (!inner || !('inFrame' in content)) return { before: 0, after: 0 };
  return { before: content.inFrame, after: Math.max(0, sequenceLength(inner) - content.inFrame - lengthFrames) };
}
