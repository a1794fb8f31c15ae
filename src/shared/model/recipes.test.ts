import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/index.ts';
import { rational } from '../units/index.ts';
import { applyEdit, checkProject } from './apply/index.ts';
import { editSchema } from './edit.ts';
import type { AssetId, ClipId, OptionId, SequenceId, SlotId, TrackId } from './ids.ts';
import {
  addTextEdit,
  editsForNewOption,
  type MediaItem,
  newProject,
  nextOptionName,
  setMusicEdit,
  sortIntoSlots,
  trimEdit,
} from './recipes.ts';
import { flattenVariant, sequenceLength } from './timeline.ts';

const video = (id: string, seconds: number): MediaItem['asset'] => ({
  id: id as AssetId,
  kind: 'video',
  name: `${id}.mp4`,
  probe: { durationSeconds: rational(seconds) },
});
const photo: MediaItem['asset'] = {
  id: 'photo' as AssetId,
  kind: 'image',
  name: 'photo.jpg',
  probe: { durationSeconds: null },
};
const song: MediaItem['asset'] = { ...video('song', 60), kind: 'audio', name: 'Sunny Day.m4a' };

function projectWithHook(items: MediaItem[] = [{ asset: video('a', 4) }]) {
  const project = newProject({ name: 'Ad' });
  const optionId = 'hook-a' as OptionId;
  const edit = editsForNewOption({ project, slotId: 'hook' as SlotId, items, stillFrames: 90, optionId });
  return applyEdit(project, edit);
}

describe('newProject', () => {
  it('starts with hook, body and CTA, and slots for music, voice-over and logo', () => {
    const project = newProject({ name: 'Ad' });
    expect(project.slots.map((slot) => [slot.id, slot.role])).toEqual([
      ['hook', 'hook'],
      ['body', 'body'],
      ['cta', 'cta'],
    ]);
    expect(project.globals.map((slot) => slot.kind)).toEqual(['music', 'voice-over', 'logo']);
    expect(checkProject(project)).toEqual([]);
  });

  it('starts a plain video as one slot with one empty option', () => {
    const project = newProject({ name: 'Ad', template: 'single', rate: rational(25) });
    expect(project.slots[0]?.options).toHaveLength(1);
    expect(project.sequences[0]?.tracks.map((track) => track.name)).toEqual(['Video', 'Text']);
    expect(checkProject(project)).toEqual([]);
  });
});

describe('editsForNewOption', () => {
  it('lays media one after another, trimmed, stills with their length', () => {
    const project = projectWithHook([
      { asset: video('a', 4), inSeconds: rational(1), outSeconds: rational(5, 2) },
      { asset: photo },
      { asset: video('b', 2) },
    ]);
    const clips = project.sequences[0]?.tracks[0]?.clips ?? [];
    expect(clips.map((clip) => [clip.startFrame, clip.lengthFrames])).toEqual([
      [0, 45],
      [45, 90],
      [135, 60],
    ]);
    expect(clips[0]?.content).toMatchObject({ sourceInSeconds: { num: 1, den: 1 } });
    expect(project.slots[0]?.options[0]).toMatchObject({ id: 'hook-a', name: 'Hook 1' });
  });

  it('puts what is only heard on a track for sound', () => {
    const project = projectWithHook([{ asset: song }]);
    expect(project.sequences[0]?.tracks.map((track) => [track.kind, track.clips.length])).toEqual([
      ['visual', 0],
      ['visual', 0],
      ['audio', 1],
    ]);
  });

  it('refuses a document', () => {
    expect(() => projectWithHook([{ asset: { ...photo, kind: 'document', name: 'brief.pdf' } }])).toThrow(AppError);
  });

  it('takes the first free number for the name', () => {
    expect(nextOptionName({ name: 'Hook', options: [{ name: 'Hook 1' }, { name: 'Hook 3' }] })).toBe('Hook 2');
  });
});

describe('sortIntoSlots', () => {
  it('reads the part of the ad from the file name', () => {
    const names = ['Hook_02.mp4', 'spring-body.mov', 'CTA 1.mp4', 'C:\\x\\hook1.mp4', 'bodybuilder.mp4', 'octave.mp4'];
    expect(sortIntoSlots(names)).toEqual(['hook', 'body', 'cta', 'hook', null, null]);
    expect(sortIntoSlots(['hooks/body-3.mp4', 'body after hook.mp4', 'call-to-action.mp4'])).toEqual([
      'body',
      'body',
      'cta',
    ]);
  });
});

describe('addTextEdit', () => {
  const sequenceOf = (project: ReturnType<typeof projectWithHook>) => project.sequences[0]?.id as SequenceId;

  it('uses the text track while it has room, and makes another when it has none', () => {
    let project = projectWithHook();
    for (const text of ['one', 'two']) {
      const sequenceId = sequenceOf(project);
      project = applyEdit(project, addTextEdit({ project, sequenceId, text, startFrame: 0, lengthFrames: 30 }));
    }
    expect(project.sequences[0]?.tracks.map((track) => [track.name, track.clips.length])).toEqual([
      ['Video', 1],
      ['Text', 1],
      ['Text', 1],
    ]);
  });

  it('leaves captions their own track', () => {
    const captioned = projectWithHook();
    const sequenceId = sequenceOf(captioned);
    const content = { kind: 'text' as const, role: 'caption' as const, text: 'said' };
    const clips = [{ id: 'said' as ClipId, startFrame: 0, lengthFrames: 5, content }];
    const track = { id: 'captions' as TrackId, kind: 'visual' as const, name: 'Captions', clips };
    const project = applyEdit(captioned, editSchema.parse({ type: 'track.add', sequenceId, track }));
    const edit = addTextEdit({ project, sequenceId, text: 'title', startFrame: 10, lengthFrames: 30 });
    const tracks = applyEdit(project, edit).sequences[0]?.tracks ?? [];
    expect(tracks.find(({ id }) => id === track.id)?.clips).toHaveLength(1);
  });

  it('makes a field that each option can fill', () => {
    let project = projectWithHook();
    const sequenceId = sequenceOf(project);
    const options = { text: 'Hello', fieldKey: 'headline', startFrame: 0, lengthFrames: 30 };
    project = applyEdit(project, addTextEdit({ project, sequenceId, ...options }));
    expect(project.sequences[0]?.fields).toEqual([
      { key: 'headline', kind: 'text', label: 'Headline', default: { text: 'Hello' } },
    ]);
    const value = { text: 'Other' };
    project = applyEdit(project, {
      type: 'option.setValue',
      optionId: 'hook-a' as OptionId,
      key: 'headline',
      value,
    });
    const timeline = flattenVariant(project, { hook: 'hook-a' } as never, () => null);
    expect(timeline.clips.map((clip) => clip.content)).toContainEqual(expect.objectContaining({ text: 'Other' }));
  });
});

describe('setMusicEdit', () => {
  it('loops under the whole ad, and is swapped in place', () => {
    let project = projectWithHook();
    project = applyEdit(project, setMusicEdit({ project, asset: song }));
    const other = { ...song, id: 'other' as AssetId, name: 'Rain.m4a' };
    project = applyEdit(project, setMusicEdit({ project, asset: other }));
    const [slot] = project.globals;
    expect(slot?.options.map((option) => option.name)).toEqual(['Rain']);
    project = applyEdit(project, setMusicEdit({ project, asset: song, isNewOption: true }));
    expect(project.globals[0]?.options.map((option) => option.name)).toEqual(['Rain', 'Sunny Day']);
    expect(checkProject(project)).toEqual([]);
  });

  it('makes the music slot where there is none', () => {
    const project = { ...projectWithHook(), globals: [] };
    const next = applyEdit(project, setMusicEdit({ project, asset: song }));
    expect(next.globals[0]?.kind).toBe('music');
  });
});

describe('trimEdit', () => {
  it('pulls the start of a still out beyond its beginning', () => {
    const project = projectWithHook([{ asset: video('a', 2) }, { asset: photo }]);
    const sequence = project.sequences[0];
    const track = sequence?.tracks[0];
    const [first, still] = track?.clips ?? [];
    if (!sequence || !track || !first || !still) throw new Error('no clips');
    const place = { sequenceId: sequence.id, trackId: track.id as TrackId };
    const roomy = applyEdit(project, trimEdit({ ...place, clip: first, edge: 'end', deltaFrames: -30 }));
    const edit = { ...place, clip: still, edge: 'start', deltaFrames: -30 } as const;
    expect(() => applyEdit(roomy, trimEdit(edit))).toThrow('no more footage');
    const pulled = applyEdit(roomy, trimEdit({ ...edit, isStill: true }));
    expect(pulled.sequences[0]?.tracks[0]?.clips[1]).toMatchObject({ startFrame: 30, lengthFrames: 120 });
    expect(sequenceLength(pulled.sequences[0] as never)).toBe(150);
    expect(still.id satisfies ClipId).toBe(pulled.sequences[0]?.tracks[0]?.clips[1]?.id);
  });
});
