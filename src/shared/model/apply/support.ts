import { AppError } from '../../errors/index.ts';
import type { SimpleEdit } from '../edit.ts';
import type { OptionId, SequenceId, SlotId, TrackId } from '../ids.ts';
import type { GlobalOption, GlobalSlot, Option, Project, Sequence, TimedSlot, Track } from '../project.ts';

/** The edit with this type. */
export type EditOf<Type extends SimpleEdit['type']> = Extract<SimpleEdit, { type: Type }>;

/** Functions that apply the edits of some types; a missing one fails the type check of the whole table. */
export type Appliers<Type extends SimpleEdit['type']> = {
  [Each in Type]: (project: Project, edit: EditOf<Each>) => Project;
};

/** Latest frame anything may reach: a day at 120 frames per second. */
export const maxFrame = 24 * 60 * 60 * 120;

/** Stops an edit with a sentence for people. */
export function refuse(sentence: string, details?: Record<string, unknown>): never {
  throw new AppError('edit-refused', sentence, details === undefined ? {} : { details });
}

/** What is really given of a patch. */
export function given<Patch extends object>(patch: Patch | undefined): Given<Patch> {
  return Object.fromEntries(Object.entries(patch ?? {}).filter(([, value]) => value !== undefined)) as Given<Patch>;
}
type Given<Patch> = { [Key in keyof Patch]?: Exclude<Patch[Key], undefined> };

/** The list with the item at `index` replaced. */
export function replaceAt<Item>(list: readonly Item[], index: number, item: Item): Item[] {
  return list.map((old, at) => (at === index ? item : old));
}

/** The list with an item put in at `index`; at the end when the index is absent or beyond it. */
export function insertAt<Item>(list: readonly Item[], item: Item, index: number = list.length): Item[] {
  const at = Math.min(index, list.length);
  return [...list.slice(0, at), item, ...list.slice(at)];
}

/** The list without the item at `index`. */
export function removeAt<Item>(list: readonly Item[], index: number): Item[] {
  return list.filter((_, at) => at !== index);
}

/** The list with one item moved to another place. */
export function moveItem<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const item = list[from];
  return item === undefined ? [...list] : insertAt(removeAt(list, from), item, to);
}

function indexOrRefuse<Item extends { id: string }>(list: readonly Item[], id: string, what: string): number {
  const index = list.findIndex((item) => item.id === id);
  if (index < 0) refuse(`${what} is no longer in the project. Look at the project anew and try again.`, { id });
  return index;
}

/** Place of a timed slot. */
export function slotIndex(project: Project, id: SlotId): number {
  return indexOrRefuse(project.slots, id, 'That part of the ad');
}

/** Place of a global slot. */
export function globalIndex(project: Project, id: SlotId): number {
  return indexOrRefuse(project.globals, id, 'That slot');
}

/** The project with one timed slot changed. */
export function updateSlot(project: Project, id: SlotId, change: (slot: TimedSlot) => TimedSlot): Project {
  const index = slotIndex(project, id);
  return { ...project, slots: project.slots.map((slot, at) => (at === index ? change(slot) : slot)) };
}

/** The project with one global slot changed. */
export function updateGlobal(project: Project, id: SlotId, change: (slot: GlobalSlot) => GlobalSlot): Project {
  const index = globalIndex(project, id);
  return { ...project, globals: project.globals.map((slot, at) => (at === index ? change(slot) : slot)) };
}

/** The sequence of this id. */
export function requireSequence(project: Project, id: SequenceId): Sequence {
  const sequence = project.sequences.find((candidate) => candidate.id === id);
  return (
    sequence ?? refuse('That sequence is no longer in the project. Look at the project anew and try again.', { id })
  );
}

/** The project with one sequence changed. */
export function updateSequence(project: Project, id: SequenceId, change: (sequence: Sequence) => Sequence): Project {
  requireSequence(project, id);
  return {
    ...project,
    sequences: project.sequences.map((sequence) => (sequence.id === id ? change(sequence) : sequence)),
  };
}

/** Place of a track in its sequence. */
export function trackIndex(sequence: Sequence, id: TrackId): number {
  return indexOrRefuse(sequence.tracks, id, 'That track');
}

/** The sequence with one track changed. */
export function updateTrack(sequence: Sequence, id: TrackId, change: (track: Track) => Track): Sequence {
  const index = trackIndex(sequence, id);
  return { ...sequence, tracks: sequence.tracks.map((track, at) => (at === index ? change(track) : track)) };
}

/** Where an option is: in a timed or a global slot. */
export type FoundOption =
  | { family: 'timed'; slot: TimedSlot; index: number; option: Option }
  | { family: 'global'; slot: GlobalSlot; index: number; option: GlobalOption };

/** Finds an option in any slot. */
export function requireOption(project: Project, id: OptionId): FoundOption {
  for (const slot of project.slots) {
    const index = slot.options.findIndex((option) => option.id === id);
    const option = slot.options[index];
    if (option) return { family: 'timed', slot, index, option };
  }
  for (const slot of project.globals) {
    const index = slot.options.findIndex((option) => option.id === id);
    const option = slot.options[index];
    if (option) return { family: 'global', slot, index, option };
  }
  return refuse('That alternative is no longer in the project. Look at the project anew and try again.', { id });
}

/** Finds an option of a timed slot. */
export function requireTimedOption(project: Project, id: OptionId): Extract<FoundOption, { family: 'timed' }> {
  const found = requireOption(project, id);
  return found.family === 'timed' ? found : refuse(`“${found.option.name}” belongs to a slot that has no sequences.`);
}

/** The project with one timed option changed. */
export function updateTimedOption(project: Project, id: OptionId, change: (option: Option) => Option): Project {
  const { slot } = requireTimedOption(project, id);
  return updateSlot(project, slot.id, (old) => ({
    ...old,
    options: old.options.map((option) => (option.id === id ? change(option) : option)),
  }));
}

/** A new id after a given one, not among those taken: the same every time the edit is applied. */
export function deriveId<Id extends string>(seed: string, taken: Set<string>): Id {
  for (let number = 1; ; number += 1) {
    const id = `${seed.slice(0, 56)}-${number}`;
    if (taken.has(id)) continue;
    taken.add(id);
    return id as Id;
  }
}

/** Ids of all clips of the project, those of pinned compositions apart. */
export function clipIds(project: Project): Set<string> {
  const ids = new Set<string>();
  for (const sequence of project.sequences)
    for (const track of sequence.tracks) for (const clip of track.clips) ids.add(clip.id);
  for (const slot of project.globals)
    for (const { content } of slot.options)
      if (content.kind === 'clips') for (const clip of content.clips) ids.add(clip.id);
  return ids;
}
