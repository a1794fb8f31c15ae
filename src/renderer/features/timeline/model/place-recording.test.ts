import { describe, expect, it } from 'vitest';
import { type AssetId, flattenVariant, type OptionId, type Project, projectSchema } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { applied, places, sampleProject } from './fixture.ts';
import { globalLanes } from './globals.ts';
import { timelineView } from './lanes.ts';
import {
  type PlacedRecording,
  type RecordingScene,
  recordingEdit,
  recordingLimit,
  voiceOverLane,
} from './place-recording.ts';

const option = (id: string) => ({ kind: 'option' as const, optionId: id as OptionId });
const takes = new Set(['take-1', 'take-2', 'take-3']);

function sceneOf(project: Project, target: RecordingScene['target'] = option('hook1')): RecordingScene {
  const globals =
    target.kind === 'variant'
      ? globalLanes(
          project,
          target.variant,
          flattenVariant(project, target.variant, () => rational(60)),
        )
      : [];
  return { project, target, view: timelineView(project, target), globals, isTake: (id) => takes.has(id) };
}

const take = (n: number, startFrame: number, lengthFrames: number): PlacedRecording => ({
  ...{ assetId: `take-${n}` as AssetId, name: `Voice-over ${n}`, startFrame, lengthFrames },
  sourceInSeconds: rational(0),
});
const record = (project: Project, recording: PlacedRecording, target?: RecordingScene['target']) =>
  applied(project, recordingEdit(sceneOf(project, target), recording, 'part'));
const tracksOf = (project: Project, sequence = 0) =>
  (project.sequences[sequence]?.tracks ?? []).flatMap((track) =>
    track.kind === 'audio'
      ? [
          `${track.name}: ${track.clips.map((c) => `${c.name.at(-1)}@${c.startFrame}-${c.startFrame + c.lengthFrames}`).join(' ')}`,
        ]
      : [],
  );

describe('a recording of one option', () => {
  const plain = sampleProject();

  it('lies on a track of its own for voices, where it was recorded', () => {
    const project = record(plain, take(1, 40, 50));
    expect(tracksOf(project)).toEqual(['Voice-over: 1@40-90']);
    expect(project.sequences[0]?.tracks.at(-1)).toMatchObject({ role: 'voice', kind: 'audio' });
    expect(places(project, 'v1')).toBe(places(plain, 'v1'));
    expect(tracksOf(record(project, take(2, 90, 200)))).toEqual(['Voice-over: 1@40-90 2@90-290']);
  });

  it('goes over earlier takes, and beside anything else', () => {
    const first = record(plain, take(1, 40, 100));
    expect(tracksOf(record(first, take(2, 60, 20)))).toEqual(['Voice-over: 1@40-60 2@60-80 1@80-140']);
    const music = { ...take(1, 40, 100), assetId: 'song' as AssetId, name: 'Song 9' };
    const second = record(record(plain, music), take(2, 60, 20));
    expect(tracksOf(second)).toEqual(['Voice-over: 9@40-140', 'Voice-over 2: 2@60-80']);
    expect(tracksOf(record(second, take(3, 70, 20)))).toEqual([
      'Voice-over: 9@40-140',
      'Voice-over 2: 2@60-70 3@70-90',
    ]);
  });

  it('leaves locked and muted tracks alone', () => {
    const first = record(plain, take(1, 0, 10));
    const trackId = first.sequences[0]?.tracks.at(-1)?.id ?? ('' as never);
    for (const patch of [{ isLocked: true }, { isMuted: true }]) {
      const shut = applied(first, { type: 'track.set', sequenceId: 's1' as never, trackId, patch });
      expect(tracksOf(record(shut, take(2, 20, 10)))).toEqual(['Voice-over: 1@0-10', 'Voice-over 2: 2@20-30']);
    }
  });

  it('begins the timeline of an option that played nothing', () => {
    const project = record(plain, take(1, 0, 70), option('hook2'));
    expect(tracksOf(project, 2)).toEqual(['Voice-over: 1@0-70']);
    expect(project.slots[0]?.options[1]?.content.kind).toBe('sequence');
  });

  it('may be longer than what there is', () => {
    expect(recordingLimit(sceneOf(plain), 100, 'part')).toBeNull();
  });
});

describe('a recording of a variant', () => {
  const plain = projectSchema.parse({
    ...sampleProject(),
    globals: [{ id: 'vo', name: 'Voice-over', kind: 'voice-over' }],
  });
  const variantOf = (project: Project) => ({
    kind: 'variant' as const,
    variant: { hook: 'hook1', body: 'body1', vo: project.globals[0]?.options[0]?.id ?? null } as never,
  });
  const recordAll = (project: Project, recording: PlacedRecording) =>
    applied(project, recordingEdit(sceneOf(project, variantOf(project)), recording, 'ad'));
  const heardIn = (project: Project) => {
    const [lane] = sceneOf(project, variantOf(project)).globals;
    return (lane?.items ?? [])
      .toSorted((a, b) => a.startFrame - b.startFrame)
      .map((item) => {
        const { content } = item.clip;
        const from =
          content.kind === 'media' ? Math.round((content.sourceInSeconds.num / content.sourceInSeconds.den) * 30) : 0;
        return `${item.clip.name.at(-1)}@${item.startFrame}-${item.endFrame}+${from}`;
      });
  };

  it('is a voice-over of the whole ad, tied to the part it begins in', () => {
    const project = recordAll(plain, take(1, 190, 50));
    expect(project.globals[0]?.options).toMatchObject([
      { name: 'Voice-over 1', content: { clips: [{ start: { to: 'body', edge: 'start', offsetFrames: 10 } }] } },
    ]);
    expect(heardIn(project)).toEqual(['1@190-240+0']);
  });

  it('takes the place of what earlier takes said there', () => {
    const long = recordAll(plain, take(1, 20, 200));
    const middle = recordAll(long, take(2, 60, 40));
    expect(heardIn(middle)).toEqual(['1@20-60+0', '2@60-100+0', '1@100-220+80']);
    expect(heardIn(recordAll(middle, take(3, 10, 150)))).toEqual(['3@10-160+0', '1@160-220+140']);
    expect(heardIn(recordAll(middle, take(3, 0, 300)))).toEqual(['3@0-300+0']);
  });

  it('keeps the length of the ad, or of the part it is for', () => {
    const scene = sceneOf(plain, variantOf(plain));
    expect(recordingLimit(scene, 100, 'ad')).toBe(300);
    expect(recordingLimit(scene, 100, 'part')).toBe(180);
    expect(recordingLimit(scene, 200, 'part')).toBe(300);
    const project = applied(plain, recordingEdit(scene, take(1, 190, 50), 'part'));
    expect(tracksOf(project, 1)).toEqual(['Voice-over: 1@10-60']);
  });

  it('has no place in the whole ad where there is none for voice-overs', () => {
    expect(voiceOverLane(sceneOf(plain, variantOf(plain)))?.slot.id).toBe('vo');
    expect(voiceOverLane(sceneOf(plain))).toBeNull();
    const without = projectSchema.parse({ ...plain, globals: [] });
    expect(voiceOverLane(sceneOf(without, variantOf(without)))).toBeNull();
  });
});
