import { describe, expect, it } from 'vitest';
import { type Clip, type Keyframe, type OptionId, type Project, trackTransitionSchema } from '#shared/model/index.ts';
import { copyItems } from './clip-edits.ts';
import { applied, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import { pasteLinkedEdit } from './paste.ts';
import { type Attributes, attributeKeys, offeredAttributes, pasteAttributesEdit } from './paste-attributes.ts';
import { copiedTransition, placesForTransition, transitionsEdit } from './transition-edits.ts';
import { seamItems, transitionItems } from './transition-items.ts';

const target = { kind: 'option', optionId: 'hook1' as OptionId } as const;
const item = (project: Project, id: string) => {
  const found = timelineView(project, target).items.find((candidate) => candidate.clip.id === id);
  if (!found) throw new Error(`no clip ${id}`);
  return found;
};
const plain = sampleProject();
const s1 = { sequenceId: 's1' as never };
const only = (...keys: (keyof Attributes)[]) =>
  Object.fromEntries(attributeKeys.map((key) => [key, keys.includes(key)])) as Attributes;
const keys = (...values: number[]): Keyframe[] => values.map((value, n) => ({ frame: n * 10, value, curve: 'linear' }));

const dip = trackTransitionSchema.parse({ fromClipId: 'a', toClipId: 'b', kind: 'dip', lengthFrames: 8 });
const withDip = applied(plain, { type: 'transition.set', ...s1, transition: dip });
const transitionsOf = (project: Project) =>
  project.sequences[0]?.tracks[0]?.transitions.map(
    ({ fromClipId, toClipId, kind, lengthFrames }) => `${fromClipId}>${toClipId} ${kind} ${lengthFrames}`,
  );

describe('pasting attributes', () => {
  const clip: Clip = {
    ...item(plain, 'a').clip,
    layout: { ...item(plain, 'a').clip.layout, fit: 'fit', x: 0.2, scale: 2, opacity: 0.5, exposure: 1, blurPx: 4 },
    overrides: { '1:1': { scale: 3, cropLeft: 0.2 } },
    animation: { scale: keys(2, 4), opacity: keys(0.25, 1) },
    audio: { ...item(plain, 'a').clip.audio, gainDb: -6, fadeInFrames: 5 },
  };
  const from = { clip, into: null, out: dip, kind: 'visual' as const };
  const other = applied(plain, {
    type: 'clip.setOverride',
    ...s1,
    clipId: 'b' as never,
    ratio: '4:5',
    patch: { x: 0.1, exposure: 2 },
  });
  const taken = (project: Project, chosen: Attributes, id = 'b') =>
    item(applied(project, pasteAttributesEdit(from, [item(project, id)], chosen)), id).clip;

  it('gives what is chosen with its keyframes and what single formats have, and nothing else', () => {
    const placed = taken(other, only('place', 'keyframes'));
    expect(placed).toMatchObject({ layout: { fit: 'fit', x: 0.2, scale: 2, opacity: 1, exposure: 0, blurPx: 0 } });
    expect(placed.overrides).toEqual({ '1:1': { scale: 3 }, '4:5': { exposure: 2 } });
    expect(placed.animation).toEqual({ scale: keys(2, 4) });
    expect(placed.audio.gainDb).toBe(0);
    const coloured = taken(other, only('colours', 'crop', 'blur', 'keyframes'));
    expect(coloured).toMatchObject({ layout: { exposure: 1, blurPx: 4, scale: 1 }, animation: {} });
    expect(coloured.overrides).toEqual({ '1:1': { cropLeft: 0.2 }, '4:5': { x: 0.1 } });
    expect(taken(plain, only('audio'))).toMatchObject({ layout: { scale: 1 }, audio: { gainDb: -6, fadeInFrames: 5 } });
  });

  it('without keyframes gives the look of the first frame, and takes away keyframes that were there', () => {
    const moving = applied(plain, {
      type: 'clip.animate',
      ...s1,
      clipId: 'b' as never,
      changes: { opacity: keys(0, 1) },
    });
    const still = taken(moving, only('opacity'));
    expect([still.layout.opacity, still.animation]).toEqual([0.25, {}]);
  });

  it('puts its transitions where the others have cuts', () => {
    const edit = pasteAttributesEdit(from, [item(plain, 'b')], only('transitions'));
    expect(transitionsOf(applied(plain, edit))).toEqual(['b>c dip 8']);
    // The last clip has no cut behind it.
    expect(pasteAttributesEdit(from, [item(plain, 'c')], only('transitions'))).toBeNull();
  });

  it('offers only what both have', () => {
    const offered = (source: typeof from, id: string) => {
      const all = offeredAttributes(source, [item(plain, id)]);
      return attributeKeys.filter((key) => all[key]).join(' ');
    };
    expect(offered(from, 'b')).toBe('place opacity crop colours blur keyframes transitions audio');
    expect(offered(from, 't')).toBe('place opacity keyframes');
    expect(offered({ ...from, clip: item(plain, 't').clip }, 't')).toBe('place opacity style');
    expect(offered({ ...from, kind: 'visual', out: null as never }, 'c')).not.toContain('transitions');
  });
});

describe('transitions on the clipboard', () => {
  const modelOf = (project: Project, selected: string[] = [], marks = false) => {
    const view = timelineView(project, target);
    const transitions = transitionItems(view.lanes);
    return {
      view,
      seams: seamItems(project, view.sections),
      selectedItems: view.items.filter((one) => selected.includes(one.clip.id)),
      selectedTransitions: marks ? transitions : [],
      selectedSeam: null,
    };
  };

  it('a transition is copied from its mark and put at the cut that is meant, in place of what is there', () => {
    const copied = copiedTransition(modelOf(withDip, [], true));
    expect(copied).toMatchObject({ kind: 'dip', lengthFrames: 8 });
    if (!copied) throw new Error('nothing copied');
    expect(copied).not.toHaveProperty('fromClipId');
    const onto = placesForTransition(modelOf(withDip, ['b', 'c']), 0);
    const both = applied(withDip, transitionsEdit(onto, copied));
    expect(transitionsOf(both)).toEqual(['a>b dip 8', 'b>c dip 8']);
    const other = { ...copied, kind: 'push' as const };
    const replaced = applied(both, transitionsEdit(placesForTransition(modelOf(both, [], true), 0), other));
    expect(transitionsOf(replaced)).toEqual(['a>b push 8', 'b>c push 8']);
    expect(copiedTransition(modelOf(plain))).toBeNull();
  });

  it('clips that were copied together bring the transition between them', () => {
    const copied = copyItems([item(withDip, 'a'), item(withDip, 'b')]);
    const pasted = pasteLinkedEdit(withDip, target, copied, 180);
    const [first, second] = pasted.clipIds;
    expect(transitionsOf(applied(withDip, pasted.edit))).toEqual(['a>b dip 8', `${first}>${second} dip 8`]);
    const alone = pasteLinkedEdit(withDip, target, copyItems([item(withDip, 'b')]), 180);
    expect(transitionsOf(applied(withDip, alone.edit))).toEqual(['a>b dip 8']);
  });
});
