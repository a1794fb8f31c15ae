import { describe, expect, it } from 'vitest';
import type { OptionId, Project } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { removeEdit, splitEdit, trimToPlayheadEdit } from './clip-edits.ts';
import { detachAudioEdit, linkEdit, unlinkEdit } from './detach-audio.ts';
import { moveEditPoint } from './edit-point.ts';
import { applied, places, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import { keepLinked, withLinked } from './links.ts';
import { moveItems, planDrop } from './placement.ts';
import { speedEdit } from './speed.ts';
import { rollEdit, slideEdit, slipEdit, type ToolEdit, type ToolOptions, trimLinkedEdit } from './tool-edits.ts';

const target = { kind: 'option', optionId: 'hook1' as OptionId } as const;
const viewOf = (project: Project) => timelineView(project, target);
const item = (project: Project, id: string) => {
  const found = viewOf(project).items.find((candidate) => candidate.clip.id === id);
  if (!found) throw new Error(`no clip ${id}`);
  return found;
};
/** Every source lasts 5 seconds (150 frames); clips begin at its first second. */
const options = (project: Project, rest: Partial<ToolOptions> = {}): ToolOptions => ({
  project,
  view: viewOf(project),
  lengths: () => rational(5),
  isStill: () => false,
  isAlone: false,
  ...rest,
});

const plain = sampleProject();
const soundTrack = (project: Project) =>
  project.sequences[0]?.tracks.find((track) => track.kind === 'audio')?.id ?? 'none';
/** a, b and c with their sound detached. */
const detached = applied(plain, detachAudioEdit(['a', 'b', 'c'].map((id) => item(plain, id))));
const soundOf = (project: Project, id: string) => {
  const { linkId } = item(project, id).clip;
  const found = viewOf(project).items.find((one) => one.lane.kind === 'audio' && one.clip.linkId === linkId);
  if (!found) throw new Error(`no sound of ${id}`);
  return found;
};
/** Places of pictures and of their sounds, by start and end alone. */
const both = (project: Project) =>
  ['v1', soundTrack(project)].map((trackId) =>
    viewOf(project)
      .items.filter((one) => one.track.id === trackId)
      .map((one) => `${one.startFrame}-${one.endFrame}`)
      .join(' '),
  );
const inSync = (project: Project) =>
  ['a', 'b', 'c'].map((id) => soundOf(project, id).startFrame - item(project, id).startFrame);
const result = (project: Project, { edit }: ToolEdit) => applied(project, edit);

describe('rolling', () => {
  it('moves a cut as far as both sources go', () => {
    expect(places(result(plain, rollEdit(item(plain, 'a'), 'end', 12, options(plain))), 'v1')).toBe(
      'a0-72 b72-90 c90-180',
    );
    expect(rollEdit(item(plain, 'b'), 'start', -90, options(plain)).delta).toBe(-30);
    expect(rollEdit(item(plain, 'a'), 'end', 90, options(plain)).delta).toBe(29);
    expect(rollEdit(item(plain, 'c'), 'end', 5, options(plain)).edit).toBeNull();
  });

  it('pulls a still out without a limit, and leaves its beginning where it was', () => {
    const isB = (id: string) => id === 'asset-b';
    const still = options(plain, { isStill: isB, lengths: (id) => (isB(id) ? null : rational(5)) });
    const made = rollEdit(item(plain, 'a'), 'end', -50, still);
    expect(made.delta).toBe(-50);
    expect(places(result(plain, made), 'v1')).toBe('a0-10 b10-90 c90-180');
    expect(item(result(plain, made), 'b').clip.content).toMatchObject({ sourceInSeconds: rational(1) });
  });

  it('takes the cut of the sounds along, unless it is meant alone', () => {
    expect(both(result(detached, rollEdit(item(detached, 'a'), 'end', 10, options(detached))))).toEqual([
      '0-70 70-90 90-180',
      '0-70 70-90 90-180',
    ]);
    const alone = options(detached, { isAlone: true });
    expect(both(result(detached, rollEdit(item(detached, 'a'), 'end', 10, alone)))).toEqual([
      '0-70 70-90 90-180',
      '0-60 60-90 90-180',
    ]);
  });
});

describe('slipping', () => {
  it('stays within the source and takes the sound along', () => {
    expect(slipEdit(item(plain, 'a'), -99, options(plain)).delta).toBe(-30);
    expect(slipEdit(item(plain, 'c'), 99, options(plain)).delta).toBe(30);
    const slipped = result(detached, slipEdit(item(detached, 'a'), 15, options(detached)));
    const begin = { sourceInSeconds: rational(3, 2) };
    expect([item(slipped, 'a').clip.content, soundOf(slipped, 'a').clip.content]).toMatchObject([begin, begin]);
    expect(slipEdit(item(plain, 't'), 5, options(plain)).edit).toBeNull();
  });
});

describe('sliding', () => {
  it('lets neighbours give and take within their sources', () => {
    expect(places(result(plain, slideEdit(item(plain, 'b'), 20, options(plain))), 'v1')).toBe('a0-80 b80-110 c110-180');
    expect(slideEdit(item(plain, 'b'), 99, options(plain)).delta).toBe(60);
    expect(slideEdit(item(plain, 'b'), -99, options(plain)).delta).toBe(-30);
    expect(both(result(detached, slideEdit(item(detached, 'b'), 5, options(detached))))).toEqual([
      '0-65 65-95 95-180',
      '0-65 65-95 95-180',
    ]);
  });
});

describe('linked sound', () => {
  it('stays beside its picture whatever ripples', () => {
    const trim = (id: string, edge: 'start' | 'end', delta: number) =>
      result(detached, trimLinkedEdit(item(detached, id), edge, delta, { ...options(detached), isRipple: true }));
    for (const [edge, delta] of [
      ['end', -20],
      ['end', 20],
      ['start', 20],
      ['start', -20],
    ] as const) {
      const next = trim('a', edge, delta);
      const length = 60 + (edge === 'end' ? delta : -delta);
      const expected = `0-${length} ${length}-${length + 30} ${length + 30}-${length + 120}`;
      expect(both(next)).toEqual([expected, expected]);
    }
    const removed = removeEdit(withLinked(viewOf(detached), [item(detached, 'a')]), true);
    expect(both(applied(detached, removed && keepLinked(detached, removed, 'Remove')))).toEqual([
      '0-30 30-120',
      '0-30 30-120',
    ]);
    const slower = applied(detached, speedEdit(detached, viewOf(detached), item(detached, 'a'), rational(1, 2)));
    expect(both(slower)).toEqual(['0-120 120-150 150-240', '0-120 120-150 150-240']);
  });

  it('follows when pictures change places', () => {
    const moving = withLinked(viewOf(detached), [item(detached, 'c')]);
    const plan = planDrop(viewOf(detached), {
      over: 'visual-0',
      pointerFrame: 5,
      startFrame: 5,
      kind: 'visual',
      isOverwriting: false,
      moved: new Set(moving.map((one) => one.key)),
    });
    const edit = plan && moveItems(moving, plan);
    const next = applied(detached, edit && keepLinked(detached, edit, 'Move'));
    expect(places(next, 'v1')).toBe('c0-90 a90-150 b150-180');
    expect(inSync(next)).toEqual([0, 0, 0]);
  });

  it('is cut and trimmed to the playhead with its picture; halves are linked by halves', () => {
    const items = withLinked(viewOf(detached), [item(detached, 'a')]);
    const halves = applied(detached, splitEdit(items, 20));
    const links = viewOf(halves).items.map(({ clip, startFrame }) => [startFrame, clip.linkId] as const);
    const at = (frame: number) => new Set(links.filter(([start]) => start === frame).map(([, linkId]) => linkId));
    expect([at(0).size, at(20).size]).toEqual([1, 1]);
    expect([...at(0)][0]).not.toBe([...at(20)][0]);
    const shorter = trimToPlayheadEdit(items, 'start', 20, { ...options(detached), rate: detached.rate });
    expect(both(applied(detached, shorter && keepLinked(detached, shorter, 'Trim')))).toEqual([
      '0-40 40-70 70-160',
      '0-40 40-70 70-160',
    ]);
  });

  it('makes a J or L cut when one edge is moved alone', () => {
    const alone = { ...options(detached, { isAlone: true }), isRipple: false };
    const last = soundOf(detached, 'c');
    expect(both(result(detached, trimLinkedEdit(last, 'end', -10, alone)))).toEqual([
      '0-60 60-90 90-180',
      '0-60 60-90 90-170',
    ]);
  });

  it('mutes the picture it came from, and can be linked and unlinked', () => {
    expect(item(detached, 'a').clip.audio.isMuted).toBe(true);
    expect(soundOf(detached, 'a').clip.audio.isMuted).toBe(false);
    const apart = applied(detached, unlinkEdit([item(detached, 'a')]));
    expect(withLinked(viewOf(apart), [item(apart, 'a')])).toHaveLength(1);
    const pair = [item(apart, 'a'), item(apart, 'b')];
    expect(withLinked(viewOf(apart), [pair[0]!])).toHaveLength(1);
    const joined = applied(apart, linkEdit(pair));
    expect(withLinked(viewOf(joined), [item(joined, 'a')]).map((one) => one.clip.id)).toEqual(['a', 'b']);
  });

  it('of two clips at one time goes on two tracks', () => {
    const above = applied(plain, {
      type: 'clip.add',
      sequenceId: 's1' as never,
      trackId: 't1' as never,
      clip: { ...item(plain, 'b').clip, id: 'over' as never, startFrame: 80 },
    });
    const made = applied(above, detachAudioEdit([item(above, 'b'), item(above, 'over')]));
    const tracks = made.sequences[0]?.tracks.filter((track) => track.kind === 'audio');
    expect(tracks?.map((track) => [track.name, track.clips.length])).toEqual([
      ['Sound 1', 1],
      ['Sound 2', 1],
    ]);
  });
});

describe('the edit at the playhead', () => {
  const move = (tool: 'select' | 'roll', frame: number, delta: number) =>
    moveEditPoint(tool, new Set(), frame, delta, options(plain));

  it('is the nearest end of the main lane, which ripples, and the playhead stays with it', () => {
    expect(places(result(plain, move('select', 62, 5)), 'v1')).toBe('a0-65 b65-95 c95-185');
    expect(move('select', 62, 5).frame).toBe(65);
    expect(places(result(plain, move('select', 85, -1)), 'v1')).toBe('a0-60 b60-89 c89-179');
  });

  it('is rolled with the roll tool, and then has a clip on both sides', () => {
    expect(places(result(plain, move('roll', 178, -5)), 'v1')).toBe('a0-60 b60-85 c85-180');
  });
});
