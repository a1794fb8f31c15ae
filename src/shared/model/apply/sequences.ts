import type { Field, Project } from '../project.ts';
import { fieldsUsedIn, pruneValues } from './fields.ts';
import { usedSequences } from './references.ts';
import {
  type Appliers,
  type EditOf,
  given,
  insertAt,
  moveItem,
  refuse,
  removeAt,
  replaceAt,
  requireSequence,
  trackIndex,
  updateSequence,
  updateTrack,
} from './support.ts';

function removeSequence(project: Project, edit: EditOf<'sequence.remove'>): Project {
  const sequence = requireSequence(project, edit.sequenceId);
  if (usedSequences(project).has(sequence.id))
    refuse('That sequence is still played by an option or a clip. Remove those first.');
  return { ...project, sequences: project.sequences.filter((other) => other !== sequence) };
}

function removeTrack(project: Project, edit: EditOf<'track.remove'>): Project {
  return updateSequence(project, edit.sequenceId, (sequence) => {
    const at = trackIndex(sequence, edit.trackId);
    if (sequence.tracks[at]?.isLocked) refuse('That track is locked. Unlock it first.');
    return { ...sequence, tracks: removeAt(sequence.tracks, at) };
  });
}

function setFields(project: Project, sequenceId: EditOf<'field.set'>['sequenceId'], fields: Field[]): Project {
  const next = updateSequence(project, sequenceId, (sequence) => ({ ...sequence, fields }));
  return pruneValues(next, (content) => content.kind === 'sequence' && content.sequenceId === sequenceId, fields);
}

function setField(project: Project, edit: EditOf<'field.set'>): Project {
  const { fields } = requireSequence(project, edit.sequenceId);
  const at = fields.findIndex((field) => field.key === edit.field.key);
  return setFields(project, edit.sequenceId, at < 0 ? [...fields, edit.field] : replaceAt(fields, at, edit.field));
}

function removeField(project: Project, edit: EditOf<'field.remove'>): Project {
  const sequence = requireSequence(project, edit.sequenceId);
  const fields = sequence.fields.filter((field) => field.key !== edit.key);
  if (fields.length === sequence.fields.length) refuse(`There is no field “${edit.key}” here.`);
  if (fieldsUsedIn(sequence).some((used) => used.key === edit.key))
    refuse(`A clip still shows the field “${edit.key}”. Change or remove that clip first.`);
  return setFields(project, edit.sequenceId, fields);
}

/** Edits of sequences, their tracks and their fields. */
export const sequenceAppliers: Appliers<
  | 'sequence.add'
  | 'sequence.remove'
  | 'sequence.rename'
  | 'sequence.setLength'
  | 'track.add'
  | 'track.remove'
  | 'track.move'
  | 'track.set'
  | 'field.set'
  | 'field.remove'
> = {
  'sequence.add': (project, edit) => ({ ...project, sequences: [...project.sequences, edit.sequence] }),
  'sequence.remove': removeSequence,
  'sequence.rename': (project, edit) =>
    updateSequence(project, edit.sequenceId, (sequence) => ({ ...sequence, name: edit.name })),
  'sequence.setLength': (project, edit) =>
    updateSequence(project, edit.sequenceId, (sequence) => ({ ...sequence, lengthFrames: edit.lengthFrames })),
  'track.add': (project, edit) =>
    updateSequence(project, edit.sequenceId, (sequence) => ({
      ...sequence,
      tracks: insertAt(sequence.tracks, edit.track, edit.index),
    })),
  'track.remove': removeTrack,
  'track.move': (project, edit) =>
    updateSequence(project, edit.sequenceId, (sequence) => ({
      ...sequence,
      tracks: moveItem(sequence.tracks, trackIndex(sequence, edit.trackId), edit.index),
    })),
  'track.set': (project, edit) =>
    updateSequence(project, edit.sequenceId, (sequence) =>
      updateTrack(sequence, edit.trackId, (track) => ({ ...track, ...given(edit.patch) })),
    ),
  'field.set': setField,
  'field.remove': removeField,
};
