import { describe, expect, it } from 'vitest';
import { applyEdit } from '#shared/model/apply/index.ts';
import {
  type Asset,
  editSchema,
  flattenSequence,
  type Option,
  type OptionId,
  type Project,
} from '#shared/model/index.ts';
import { addTextEdit, newProject } from '#shared/model/recipes.ts';
import { addOptionsEdit } from '../import/sort-media.ts';
import { setGainEdit, setGlobalMedia } from './global-media.ts';
import { addHeadlineEdit, changeTextEdit, sequenceOf, textPlaces } from './text-places.ts';
import { landingIndex } from './use-option-actions.tsx';

const media = {
  id: 'asset-1',
  kind: 'video',
  name: 'a.mp4',
  probe: { durationSeconds: { num: 4, den: 1 }, audio: [] },
} as unknown as Asset;
const apply = (project: Project, edit: unknown) => applyEdit(project, editSchema.parse(edit));

function twoHooksOfOneSequence(): Project {
  const empty = newProject({ name: 'Ad' });
  const project = apply(empty, addOptionsEdit(empty, [{ slotId: empty.slots[0]!.id, item: { asset: media } }], 90));
  return apply(project, { type: 'option.duplicate', optionId: hooks(project)[0]!.id, newOptionId: 'copy' as OptionId });
}
const hooks = (project: Project): Option[] => project.slots[0]!.options;
/** What an option shows in words. */
function words(project: Project, option: Option): string[] {
  const sequence = sequenceOf(project, option)!;
  const values = option.content.kind === 'sequence' ? option.content.values : {};
  return flattenSequence(project, sequence, values).clips.flatMap((clip) =>
    clip.content.kind === 'text' ? [clip.content.text] : [],
  );
}

describe('changing the text of one option', () => {
  it('gives a field its own value and leaves the copy as it was', () => {
    let project = twoHooksOfOneSequence();
    const sequenceId = sequenceOf(project, hooks(project)[0]!)!.id;
    project = apply(
      project,
      addTextEdit({ project, sequenceId, text: 'Old', startFrame: 0, lengthFrames: 60, fieldKey: 'headline' }),
    );
    const [place] = textPlaces(project, hooks(project)[1]!);
    expect(place).toMatchObject({ label: 'Headline', value: 'Old', isOwn: false });
    project = apply(project, changeTextEdit(project, hooks(project)[1]!, place!, 'New'));
    expect(words(project, hooks(project)[0]!)).toEqual(['Old']);
    expect(words(project, hooks(project)[1]!)).toEqual(['New']);
    expect(textPlaces(project, hooks(project)[1]!)[0]?.isOwn).toBe(true);
  });
  it('turns plain words into a field first, so that shared timelines can differ', () => {
    let project = twoHooksOfOneSequence();
    const sequenceId = sequenceOf(project, hooks(project)[0]!)!.id;
    project = apply(project, addTextEdit({ project, sequenceId, text: 'Same', startFrame: 0, lengthFrames: 60 }));
    const [place] = textPlaces(project, hooks(project)[0]!);
    expect(place?.key).toBeNull();
    project = apply(project, changeTextEdit(project, hooks(project)[0]!, place!, 'Other'));
    expect(words(project, hooks(project)[0]!)).toEqual(['Other']);
    expect(words(project, hooks(project)[1]!)).toEqual(['Same']);
  });
  it('adds a headline to one option without showing it on its copy', () => {
    let project = twoHooksOfOneSequence();
    expect(textPlaces(project, hooks(project)[0]!)).toEqual([]);
    project = apply(project, addHeadlineEdit(project, hooks(project)[0]!, 'Hello'));
    expect(words(project, hooks(project)[0]!)).toEqual(['Hello']);
    expect(words(project, hooks(project)[1]!)).toEqual([]);
  });
});

describe('landingIndex', () => {
  it('counts the option out of its old place', () => {
    expect(landingIndex(0, 2)).toBe(1);
    expect(landingIndex(3, 1)).toBe(1);
    expect(landingIndex(null, 2)).toBe(2);
  });
});

describe('global slots', () => {
  const sound = { ...media, id: 'asset-2', kind: 'audio', name: 'beat.mp3' } as unknown as Asset;
  it('adds music first, then as an alternative, then swaps one', () => {
    let project = newProject({ name: 'Ad' });
    const music = () => project.globals.find((slot) => slot.kind === 'music')!;
    project = apply(project, setGlobalMedia(project, music(), sound, null));
    project = apply(project, setGlobalMedia(project, music(), { ...sound, name: 'other.mp3' }, null));
    expect(music().options.map((option) => option.name)).toEqual(['beat', 'other']);
    project = apply(project, setGlobalMedia(project, music(), { ...sound, name: 'third.mp3' }, music().options[1]!.id));
    expect(music().options.map((option) => option.name)).toEqual(['beat', 'third']);
  });
  it('sets the level of everything an option sounds', () => {
    let project = newProject({ name: 'Ad' });
    const voice = () => project.globals.find((slot) => slot.kind === 'voice-over')!;
    project = apply(project, setGlobalMedia(project, voice(), sound, null));
    project = apply(project, setGainEdit(voice().options[0]!, -6));
    const { content } = voice().options[0]!;
    expect(content.kind === 'clips' && content.clips[0]?.audio.gainDb).toBe(-6);
  });
});
