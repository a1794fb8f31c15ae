import type { ExportView, Review } from '#shared/contract/index.ts';
import type { OptionId, Project } from '#shared/model/index.ts';
import type { Rate } from '#shared/units/index.ts';
import type { ReviewItem } from './review-list.ts';

/** One thing a person noted. */
export type Note = Review['notes'][number];

/** "0:02": the second in which a frame is shown; "whole" for a note about everything. */
export function noteTime(frame: number | null, rate: Rate): string {
  if (frame === null) return 'whole';
  const seconds = Math.floor((frame * rate.den) / rate.num + 1e-6);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "typo at 0:02", or the words alone when they are about the whole. */
export function noteLine({ frame, text }: Note, rate: Rate): string {
  return frame === null ? text : `${text} at ${noteTime(frame, rate)}`;
}

/** "v1: fix — typo at 0:02; too quiet". */
export function earlierLine(earlier: ReviewItem['earlierFixes'][number], rate: Rate): string {
  const said = earlier.notes.map((note) => noteLine(note, rate)).join('; ');
  return `v${earlier.revision}: fix${said === '' ? '' : ` — ${said}`}`;
}

/** In the order of the film; what is about the whole comes first. */
export function sortNotes(notes: readonly Note[]): Note[] {
  return notes.toSorted((a, b) => (a.frame ?? -1) - (b.frame ?? -1));
}

/** Notes with one added, or put in place of the one at `index`; empty words take it away. In the order of the film. */
export function withNote(notes: readonly Note[], note: Note, index: number | null): Note[] {
  const text = note.text.trim();
  const others = index === null ? [...notes] : notes.filter((_, at) => at !== index);
  return sortNotes(text === '' ? others : [...others, { ...note, text }]);
}

/** Everything that has to be fixed, as text to be pasted into a message. */
export function notesAsText(items: readonly ReviewItem[]): string {
  return items
    .filter(({ file }) => file.review.verdict === 'fix' || file.review.notes.length > 0)
    .map(({ file }) => {
      const verdict =
        file.review.verdict === 'fix' ? ' — to fix' : file.review.verdict === 'approved' ? ' — approved' : '';
      const notes = file.review.notes.map(
        ({ frame, text }) => `  ${frame === null ? '' : `${noteTime(frame, file.rate)}  `}${text}`,
      );
      return [`${file.fileName} (${file.variantName}, ${file.ratio})${verdict}`, ...notes].join('\n');
    })
    .join('\n\n');
}

/** Where a moment of a file is changed: the option that plays there, with the frame counted from its beginning. */
export interface EditPlace {
  optionId: OptionId;
  optionName: string;
  frame: number;
}

/** The place in the editor for a moment of a file; null when its option is no longer in the project. */
export function editPlace(file: ExportView, frame: number | null, project: Project): EditPlace | null {
  const at = frame ?? 0;
  const section = file.sections.find((one) => at >= one.startFrame && at < one.startFrame + one.lengthFrames);
  if (!section) return null;
  const isThere = project.slots.some((slot) => slot.options.some((option) => option.id === section.optionId));
  return isThere ? { ...section, frame: at - section.startFrame } : null;
}
