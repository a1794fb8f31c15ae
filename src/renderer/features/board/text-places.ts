import { AppError } from '#shared/errors/index.ts';
import {
  type ClipId,
  type Edit,
  type EditInput,
  editSchema,
  newId,
  type Option,
  type Project,
  type Sequence,
  type SimpleEditInput,
  sequenceLength,
} from '#shared/model/index.ts';
import { addTextEdit } from '#shared/model/recipes.ts';

/** A place where an option says something in words. */
export interface TextPlace {
  /** Stable while it is edited. */
  id: string;
  label: string;
  value: string;
  /** The field behind it; null when the words stand in the clip itself and are shared by every option of the sequence. */
  key: string | null;
  clipId: ClipId | null;
  /** The option says something of its own here. */
  isOwn: boolean;
}

/** The sequence an option plays; null for none. */
export function sequenceOf(project: Project, option: Option): Sequence | null {
  const { content } = option;
  return content.kind === 'sequence' ? (project.sequences.find((one) => one.id === content.sequenceId) ?? null) : null;
}

/** The places of an option: fields first, then clips with plain words, in the order they appear. */
export function textPlaces(project: Project, option: Option): TextPlace[] {
  const sequence = sequenceOf(project, option);
  if (!sequence || option.content.kind !== 'sequence') return [];
  const values = option.content.values as Record<string, { text: string } | { assetId: string } | undefined>;
  const fields = sequence.fields
    .filter((field) => field.kind === 'text')
    .map((field): TextPlace => {
      const own = values[field.key];
      const fallback = field.default && 'text' in field.default ? field.default.text : '';
      const isOwn = own !== undefined && 'text' in own;
      return {
        id: `field:${field.key}`,
        label: field.label || field.key,
        value: isOwn ? own.text : fallback,
        key: field.key,
        clipId: null,
        isOwn,
      };
    });
  const plain = sequence.tracks
    .flatMap((track) => track.clips)
    .filter((clip) => clip.content.kind === 'text' && !clip.content.text.includes('{{'))
    .sort((a, b) => a.startFrame - b.startFrame)
    .map((clip, index): TextPlace => {
      const text = clip.content.kind === 'text' ? clip.content.text : '';
      return {
        id: `clip:${clip.id}`,
        label: clip.name || `Text ${index + 1}`,
        value: text,
        key: null,
        clipId: clip.id,
        isOwn: false,
      };
    });
  return [...fields, ...plain];
}

function freeKey(sequence: Sequence, wanted: string): string {
  const taken = new Set<string>(sequence.fields.map((field) => field.key));
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? wanted : `${wanted}${number}`;
    if (!taken.has(key)) return key;
  }
}

function requireSequence(project: Project, option: Option): Sequence {
  const sequence = sequenceOf(project, option);
  if (sequence) return sequence;
  throw new AppError('edit-refused', `“${option.name}” plays nothing, so it has no words.`);
}

/**
 * Changes the words of one option and of no other: a field gets this option's own value; plain words first become a
 * field whose default keeps what the other options of the sequence say.
 */
export function changeTextEdit(project: Project, option: Option, place: TextPlace, text: string): EditInput {
  if (place.key !== null) return { type: 'option.setValue', optionId: option.id, key: place.key, value: { text } };
  const sequence = requireSequence(project, option);
  const sequenceId = sequence.id;
  const key = freeKey(sequence, 'text');
  const clipId = place.clipId as ClipId;
  const edits: SimpleEditInput[] = [
    { type: 'field.set', sequenceId, field: { key, kind: 'text', label: place.label, default: { text: place.value } } },
    { type: 'clip.set', sequenceId, clipId, patch: { text: `{{${key}}}` } },
    { type: 'option.setValue', optionId: option.id, key, value: { text } },
  ];
  return { type: 'batch', label: 'Change text', edits };
}

/** Gives an option that shows no words a headline over its whole length; options sharing its sequence stay without. */
export function addHeadlineEdit(project: Project, option: Option, text: string): EditInput {
  const sequence = requireSequence(project, option);
  const key = freeKey(sequence, 'headline');
  const edit: Edit = addTextEdit({
    project,
    sequenceId: sequence.id,
    text: '',
    startFrame: 0,
    lengthFrames: Math.max(1, sequenceLength(sequence)),
    fieldKey: key,
    ids: newId,
  });
  const value = editSchema.parse({ type: 'option.setValue', optionId: option.id, key, value: { text } });
  const edits = edit.type === 'batch' ? edit.edits : [edit];
  return { type: 'batch', label: 'Add text', edits: [...edits, ...(value.type === 'batch' ? value.edits : [value])] };
}
