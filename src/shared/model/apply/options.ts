import type { ClipId, OptionId, SlotId } from '../ids.ts';
import type { GlobalContent, GlobalOption, Option, Project, Sequence, Track } from '../project.ts';
import { dropDeadReferences } from './references.ts';
import {
  type Appliers,
  clipIds,
  deriveId,
  type EditOf,
  insertAt,
  refuse,
  removeAt,
  requireOption,
  requireSequence,
  requireTimedOption,
  updateGlobal,
  updateSlot,
  updateTimedOption,
} from './support.ts';

/** "Hook 2" after "Hook 1"; the first number that no other name has. */
export function nextName(name: string, taken: readonly string[]): string {
  const stem = name.replace(/\s*\d+$/, '') || name;
  for (let number = 2; ; number += 1) {
    const next = `${stem.slice(0, 190)} ${number}`;
    if (!taken.includes(next)) return next;
  }
}

function withoutOption(project: Project, id: OptionId): Project {
  const { family, slot, index } = requireOption(project, id);
  if (family === 'timed')
    return updateSlot(project, slot.id, (old) => ({ ...old, options: removeAt(old.options, index) }));
  return updateGlobal(project, slot.id, (old) => ({ ...old, options: removeAt(old.options, index) }));
}

function moveOption(project: Project, edit: EditOf<'option.move'>): Project {
  const found = requireOption(project, edit.optionId);
  const isTimedTarget = project.slots.some((slot) => slot.id === edit.slotId);
  const rest = withoutOption(project, edit.optionId);
  if (found.family === 'timed') {
    if (!isTimedTarget) refuse(`“${found.option.name}” can only go to a part of the ad that plays in its turn.`);
    return updateSlot(rest, edit.slotId, (slot) => ({
      ...slot,
      options: insertAt(slot.options, found.option, edit.index),
    }));
  }
  return updateGlobal(rest, edit.slotId, (slot) => {
    if (slot.kind !== found.slot.kind) refuse(`“${found.option.name}” does not fit into “${slot.name}”.`);
    return { ...slot, options: insertAt(slot.options, found.option, edit.index) };
  });
}

function copyGlobalContent(project: Project, content: GlobalContent, seed: string): GlobalContent {
  if (content.kind !== 'clips') return content;
  const taken = clipIds(project);
  return { ...content, clips: content.clips.map((clip) => ({ ...clip, id: deriveId(seed, taken) })) };
}

function duplicateOption(project: Project, edit: EditOf<'option.duplicate'>): Project {
  const found = requireOption(project, edit.optionId);
  const names = found.slot.options.map((option) => option.name);
  const named = { id: edit.newOptionId, name: edit.name ?? nextName(found.option.name, names) };
  if (found.family === 'timed') {
    const copy: Option = { ...found.option, ...named };
    return updateSlot(project, found.slot.id, (slot) => ({
      ...slot,
      options: insertAt(slot.options, copy, found.index + 1),
    }));
  }
  const content = copyGlobalContent(project, found.option.content, edit.newOptionId);
  const copy: GlobalOption = { ...named, content };
  return updateGlobal(project, found.slot.id, (slot) => ({
    ...slot,
    options: insertAt(slot.options, copy, found.index + 1),
  }));
}

/** A track whose clips have other ids. */
function copyTrack(track: Track, nextId: () => ClipId): Track {
  const ids = new Map(track.clips.map(({ id }) => [id, nextId()]));
  const idOf = (id: ClipId) => ids.get(id) ?? id;
  return {
    ...track,
    clips: track.clips.map((clip) => ({ ...clip, id: idOf(clip.id) })),
    transitions: track.transitions.map((one) => ({
      ...one,
      fromClipId: idOf(one.fromClipId),
      toClipId: idOf(one.toClipId),
    })),
  };
}

function detachOption(project: Project, edit: EditOf<'option.detach'>): Project {
  const { option } = requireTimedOption(project, edit.optionId);
  const { content } = option;
  if (content.kind !== 'sequence') return refuse(`“${option.name}” plays nothing, so there is nothing to detach.`);
  const isShared = project.slots.some((slot) =>
    slot.options.some(
      (other) =>
        other.id !== option.id && other.content.kind === 'sequence' && other.content.sequenceId === content.sequenceId,
    ),
  );
  if (!isShared) refuse(`“${option.name}” has a sequence of its own already.`);
  const original = requireSequence(project, content.sequenceId);
  const taken = clipIds(project);
  const copy: Sequence = {
    ...original,
    id: edit.newSequenceId,
    tracks: original.tracks.map((track) => copyTrack(track, () => deriveId(edit.newSequenceId, taken))),
  };
  return updateTimedOption({ ...project, sequences: [...project.sequences, copy] }, option.id, (old) => ({
    ...old,
    content: { ...content, sequenceId: copy.id },
  }));
}

function setValue(project: Project, edit: EditOf<'option.setValue'>): Project {
  return updateTimedOption(project, edit.optionId, (option) => {
    if (option.content.kind !== 'sequence') return refuse(`“${option.name}” plays nothing, so it has no fields.`);
    const { [edit.key]: _, ...others } = option.content.values;
    const values = edit.value === null ? others : { ...option.content.values, [edit.key]: edit.value };
    return { ...option, content: { ...option.content, values } };
  });
}

function renameOption(project: Project, id: OptionId, name: string): Project {
  const found = requireOption(project, id);
  const rename = <Each extends { id: OptionId; name: string }>(options: readonly Each[]): Each[] =>
    options.map((option) => (option.id === id ? { ...option, name } : option));
  const slotId: SlotId = found.slot.id;
  return found.family === 'timed'
    ? updateSlot(project, slotId, (slot) => ({ ...slot, options: rename(slot.options) }))
    : updateGlobal(project, slotId, (slot) => ({ ...slot, options: rename(slot.options) }));
}

/** Edits of options: of timed slots, and where it makes sense of global ones. */
export const optionAppliers: Appliers<
  | 'option.add'
  | 'option.remove'
  | 'option.rename'
  | 'option.move'
  | 'option.duplicate'
  | 'option.detach'
  | 'option.setContent'
  | 'option.setValue'
> = {
  'option.add': (project, edit) =>
    updateSlot(project, edit.slotId, (slot) => ({
      ...slot,
      options: insertAt(slot.options, edit.option, edit.index),
    })),
  'option.remove': (project, edit) => dropDeadReferences(withoutOption(project, edit.optionId)),
  'option.rename': (project, edit) => renameOption(project, edit.optionId, edit.name),
  'option.move': (project, edit) => dropDeadReferences(moveOption(project, edit)),
  'option.duplicate': duplicateOption,
  'option.detach': detachOption,
  'option.setContent': (project, edit) =>
    updateTimedOption(project, edit.optionId, (option) => ({ ...option, content: edit.content })),
  'option.setValue': setValue,
};
