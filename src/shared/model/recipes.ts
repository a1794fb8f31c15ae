import { AppError } from '../errors/index.ts';
import { type Frames, type Rate, rational } from '../units/index.ts';
import { labelForKey } from './apply/index.ts';
import type { LayoutPatch, TextStyle } from './clip.ts';
import { type Edit, editSchema, type SimpleEditInput } from './edit.ts';
import {
  type ClipId,
  newId,
  type OptionId,
  type ProjectId,
  type SequenceId,
  type SlotId,
  type TrackId,
} from './ids.ts';
import { clipsInARow, type MakeId, type MediaItem, type RecipeAsset } from './media-clip.ts';
import { type Project, projectSchema, type Sequence, type TimedSlot, type Track } from './project.ts';

export {
  clipsInARow,
  itemFrames,
  type MakeId,
  type MediaItem,
  mediaClip,
  type RecipeAsset,
  stillFramesAt,
} from './media-clip.ts';
export { type SortedRole, sortIntoSlots } from './sort-into-slots.ts';
export { trimEdit } from './trim-edit.ts';

/** What a project can start as. */
export type ProjectTemplate = 'hook-body-cta' | 'single';

function batch(label: string, edits: SimpleEditInput[]): Edit {
  return editSchema.parse({ type: 'batch', label: label.slice(0, 100), edits });
}

/** "Video" with the media one after another, an empty "Text" above it, and "Sound" for what is only heard. */
function newSequence(items: readonly MediaItem[], rate: Rate, stillFrames: Frames, ids: MakeId, name: string) {
  const row = (list: readonly MediaItem[]) => clipsInARow(list, 0, rate, stillFrames, ids);
  const heard = items.filter(({ asset }) => asset.kind === 'audio');
  const video = { id: ids<TrackId>('track'), kind: 'visual' as const, name: 'Video' };
  const text = { id: ids<TrackId>('track'), kind: 'visual' as const, name: 'Text', clips: [] };
  const sound = { id: ids<TrackId>('track'), kind: 'audio' as const, name: 'Sound' };
  return {
    id: ids<SequenceId>('sequence'),
    name,
    tracks: [
      { ...video, clips: row(items.filter(({ asset }) => asset.kind !== 'audio')) },
      text,
      ...(heard.length === 0 ? [] : [{ ...sound, clips: row(heard) }]),
    ],
  };
}

/**
 * A new project. `hook-body-cta`: three empty timed slots with the ids `hook`, `body`, `cta`, and music, voice-over and
 * logo slots; `single`: one timed slot `ad` with one option that has empty tracks.
 */
export function newProject(options: {
  name: string;
  template?: ProjectTemplate;
  id?: ProjectId;
  rate?: Rate;
  ids?: MakeId;
}): Project {
  const { name, template = 'hook-body-cta', ids = newId, rate = rational(30) } = options;
  const globals = [
    { id: 'music', name: 'Music', kind: 'music' as const },
    { id: 'voice-over', name: 'Voice-over', kind: 'voice-over' as const },
    { id: 'logo', name: 'Logo', kind: 'logo' as const },
  ];
  const head = { id: options.id ?? ids<ProjectId>('project'), name, rate, globals };
  if (template === 'hook-body-cta') {
    const slots = [
      { id: 'hook', name: 'Hook', role: 'hook' as const },
      { id: 'body', name: 'Body', role: 'body' as const },
      { id: 'cta', name: 'CTA', role: 'cta' as const },
    ];
    return projectSchema.parse({ ...head, slots });
  }
  const sequence = newSequence([], rate, 1, ids, name);
  const content = { kind: 'sequence' as const, sequenceId: sequence.id };
  const slot = { id: 'ad', name: 'Ad', options: [{ id: ids<OptionId>('option'), name: 'Ad', content }] };
  return projectSchema.parse({ ...head, slots: [slot], sequences: [sequence] });
}

/** "Hook 3": the name the next option of a slot gets. */
export function nextOptionName(slot: { name: string; options: readonly { name: string }[] }): string {
  const taken = new Set(slot.options.map((option) => option.name));
  for (let number = 1; ; number += 1) {
    const name = `${slot.name.slice(0, 190)} ${number}`;
    if (!taken.has(name)) return name;
  }
}

function requireTimedSlot(project: Project, slotId: SlotId): TimedSlot {
  const slot = project.slots.find((candidate) => candidate.id === slotId);
  if (slot) return slot;
  throw new AppError('edit-refused', 'That part of the ad is no longer there. Look at the project anew and try again.');
}

/**
 * One new option of a timed slot: its sequence has a "Video" track with the media one after another, an empty "Text"
 * track above, and a "Sound" track when an item is only heard. Without items it is an empty timeline to fill.
 */
export function editsForNewOption(options: {
  project: Project;
  slotId: SlotId;
  items: readonly MediaItem[];
  /** Length of stills. */
  stillFrames: Frames;
  name?: string;
  /** Id of the new option, when the caller wants to know it. */
  optionId?: OptionId;
  ids?: MakeId;
}): Edit {
  const { project, slotId, items, stillFrames, ids = newId } = options;
  const slot = requireTimedSlot(project, slotId);
  const name = options.name ?? nextOptionName(slot);
  const sequence = newSequence(items, project.rate, stillFrames, ids, name);
  const content = { kind: 'sequence' as const, sequenceId: sequence.id };
  const option = { id: options.optionId ?? ids<OptionId>('option'), name, content };
  return batch(`Add ${name}`, [
    { type: 'sequence.add', sequence },
    { type: 'option.add', slotId, option },
  ]);
}

function requireSequence(project: Project, sequenceId: SequenceId): Sequence {
  const sequence = project.sequences.find((candidate) => candidate.id === sequenceId);
  if (sequence) return sequence;
  throw new AppError('edit-refused', 'That timeline is no longer there. Look at the project anew and try again.');
}

function hasRoom(track: Track, startFrame: Frames, lengthFrames: Frames): boolean {
  return track.clips.every(
    (clip) => clip.startFrame >= startFrame + lengthFrames || clip.startFrame + clip.lengthFrames <= startFrame,
  );
}

/** Bottom centre, clear of the captions and buttons that the platforms draw over the last quarter of a 9:16 picture. */
export const usualTextLayout = { x: 0, y: 0.16 } as const satisfies LayoutPatch;

/**
 * Puts text over a timeline: on its topmost unlocked text track that has room (one named "Text", or holding nothing but
 * text), else on a new track on top. With `fieldKey` the words become a field of that name whose default is `text`, so
 * that each option can say its own.
 */
export function addTextEdit(options: {
  project: Project;
  sequenceId: SequenceId;
  text: string;
  startFrame: Frames;
  lengthFrames: Frames;
  style?: Partial<TextStyle>;
  layout?: LayoutPatch;
  fieldKey?: string;
  clipId?: ClipId;
  ids?: MakeId;
}): Edit {
  const { project, sequenceId, text, startFrame, lengthFrames, fieldKey, ids = newId } = options;
  const { tracks } = requireSequence(project, sequenceId);
  const isForText = (track: Track) =>
    track.name === 'Text' ||
    (track.clips.length > 0 && track.clips.every(({ content }) => content.kind === 'text' && content.role === 'title'));
  const free = tracks.findLast(
    (track) =>
      track.kind === 'visual' && !track.isLocked && isForText(track) && hasRoom(track, startFrame, lengthFrames),
  );
  const trackId = free?.id ?? ids<TrackId>('track');
  const edits: SimpleEditInput[] = [];
  if (!free) edits.push({ type: 'track.add', sequenceId, track: { id: trackId, kind: 'visual', name: 'Text' } });
  if (fieldKey !== undefined) {
    const field = { key: fieldKey, kind: 'text' as const, label: labelForKey(fieldKey), default: { text } };
    edits.push({ type: 'field.set', sequenceId, field });
  }
  const words = fieldKey === undefined ? text : `{{${fieldKey}}}`;
  const clip = {
    id: options.clipId ?? ids<ClipId>('clip'),
    startFrame,
    lengthFrames,
    content: { kind: 'text' as const, text: words, style: options.style ?? {} },
    layout: { ...usualTextLayout, ...options.layout },
  };
  return batch('Add text', [...edits, { type: 'clip.add', sequenceId, trackId, clip }]);
}

/**
 * Lays music under the whole ad, whatever its length: looped, from its start to its end, faded. Replaces what the option
 * held (the first one of the music slot unless `optionId` says which); makes the slot and the option where they are missing.
 */
export function setMusicEdit(options: {
  project: Project;
  asset: RecipeAsset;
  optionId?: OptionId;
  /** Adds an alternative instead of replacing one. */
  isNewOption?: boolean;
  /** Default −14 dB: under a voice. */
  gainDb?: number;
  fadeInFrames?: Frames;
  fadeOutFrames?: Frames;
  ids?: MakeId;
}): Edit {
  const { project, asset, gainDb = -14, ids = newId } = options;
  const halfSecond = Math.round(project.rate.num / project.rate.den / 2);
  const clip = {
    id: ids<ClipId>('clip'),
    name: asset.name.slice(0, 200),
    start: { to: 'ad' as const, edge: 'start' as const },
    end: { to: 'ad' as const, edge: 'end' as const },
    isLooping: true,
    content: { kind: 'media' as const, media: { assetId: asset.id } },
    audio: {
      gainDb,
      fadeInFrames: options.fadeInFrames ?? halfSecond,
      fadeOutFrames: options.fadeOutFrames ?? halfSecond * 2,
    },
  };
  const content = { kind: 'clips' as const, clips: [clip] };
  const name = (asset.name.replace(/\.[^.]+$/, '') || asset.name).slice(0, 200);
  const slots = project.globals.filter((candidate) => candidate.kind === 'music');
  const slot = slots.find(({ options: all }) => all.some(({ id }) => id === options.optionId)) ?? slots[0];
  const old = slot?.options.find(({ id }) => id === options.optionId) ?? slot?.options[0];
  if (old && !options.isNewOption) {
    return batch('Change music', [
      { type: 'global.setContent', optionId: old.id, content },
      { type: 'option.rename', optionId: old.id, name },
    ]);
  }
  const option = { id: ids<OptionId>('option'), name, content };
  if (slot) return batch('Add music', [{ type: 'global.addOption', slotId: slot.id, option }]);
  const newSlot = { id: ids<SlotId>('slot'), name: 'Music', kind: 'music' as const, options: [option] };
  return batch('Add music', [{ type: 'global.add', slot: newSlot }]);
}
