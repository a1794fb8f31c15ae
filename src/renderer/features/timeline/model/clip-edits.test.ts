import { describe, expect, it } from 'vitest';
import type { ClipId, OptionId } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import {
  colourEdit,
  copyItems,
  itemsAtPlayhead,
  nextFieldKey,
  nudgeEdit,
  pasteEdit,
  removeEdit,
  splitEdit,
  textEdit,
  trimToPlayheadEdit,
} from './clip-edits.ts';
import { applied, places, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import { newSequenceEdit } from './new-sequence.ts';
import { frameBesideEdge, trimItem, trimLimits } from './trim.ts';

const project = sampleProject();
const rate = project.rate;
const view = timelineView(project, { kind: 'option', optionId: 'hook1' as OptionId });
const item = (id: string) => {
  const found = view.items.find((candidate) => candidate.clip.id === id);
  if (!found) throw new Error(`no clip ${id}`);
  return found;
};
const nothing = new Set<string>();
/** Every source lasts 5 seconds; clips begin at its first second. */
const media = { lengths: () => rational(5), isStill: () => false, rate };

describe('splitting', () => {
  it('means the selected clip under the playhead, else the main one', () => {
    expect(itemsAtPlayhead(view, nothing, 40).map((one) => one.clip.id)).toEqual(['a']);
    expect(itemsAtPlayhead(view, new Set([item('t').key]), 40).map((one) => one.clip.id)).toEqual(['t']);
  });

  it('cuts in two, and not at a cut', () => {
    expect(places(applied(project, splitEdit([item('a')], 20)), 'v1')).toMatch(/^a0-20 \S+20-60 b60-90 c90-180$/);
    expect(splitEdit([item('b')], 60)).toBeNull();
  });
});

describe('removing', () => {
  it('closes the gap on the main lane and leaves the text that lay over it', () => {
    const after = applied(project, removeEdit([item('a')], true));
    expect(places(after, 'v1')).toBe('b0-30 c30-120');
    expect(places(after, 't1')).toBe('t30-70');
  });

  it('leaves a gap when lifting', () => {
    expect(places(applied(project, removeEdit([item('a')], false)), 'v1')).toBe('b60-90 c90-180');
  });
});

describe('trimming', () => {
  it('stops at the ends of the source', () => {
    // One second (30 frames) lies before; of 5 s, 1 s + 60 frames are used, so 60 frames are left.
    expect(trimLimits(item('a'), 'start', true, media.lengths, rate)).toEqual({ min: -30, max: 59 });
    expect(trimLimits(item('a'), 'end', true, media.lengths, rate)).toEqual({ min: -59, max: 60 });
  });

  it('stops at the neighbours without ripple', () => {
    expect(trimLimits(item('b'), 'start', false, media.lengths, rate)).toMatchObject({ min: 0 });
    expect(trimLimits(item('a'), 'end', false, media.lengths, rate)).toMatchObject({ max: 0 });
  });

  it('moves what follows on the main lane', () => {
    const { edit, delta } = trimItem(item('a'), 'end', 500, { ...media, isRipple: true });
    expect(delta).toBe(60);
    expect(places(applied(project, edit), 'v1')).toBe('a0-120 b120-150 c150-240');
  });

  it('lets a still grow at both ends', () => {
    const still = { ...media, lengths: () => null, isStill: () => true };
    const { edit } = trimItem(item('a'), 'start', -45, { ...still, isRipple: true });
    expect(places(applied(project, edit), 'v1')).toBe('a0-105 b105-135 c135-225');
  });

  it('looks at the frame beside the edge', () => {
    expect(frameBesideEdge(item('b'), 'end', -5, true)).toBe(84);
    expect(frameBesideEdge(item('b'), 'start', 5, true)).toBe(60);
    expect(frameBesideEdge(item('t'), 'start', 5, false)).toBe(35);
  });

  it('brings edges to the playhead', () => {
    expect(places(applied(project, trimToPlayheadEdit([item('a')], 'start', 20, media)), 'v1')).toBe(
      'a0-40 b40-70 c70-160',
    );
    expect(places(applied(project, trimToPlayheadEdit([item('t')], 'end', 50, media)), 't1')).toBe('t30-50');
  });
});

describe('what lies over the footage', () => {
  const withText = (startFrame: number, lengthFrames = 40) => {
    const sequences = project.sequences.map((sequence) => ({
      ...sequence,
      tracks: sequence.tracks.map((track) =>
        track.id === 't1'
          ? { ...track, clips: track.clips.map((clip) => ({ ...clip, startFrame, lengthFrames })) }
          : track,
      ),
    }));
    const changed = { ...project, sequences };
    const shown = timelineView(changed, { kind: 'option', optionId: 'hook1' as OptionId });
    return { changed, find: (id: string) => shown.items.filter((one) => one.clip.id === id) };
  };

  it('moves along when footage before it goes, as one step', () => {
    const { changed, find } = withText(70);
    const edit = removeEdit(find('a'), true);
    expect(edit?.type).toBe('batch');
    expect(places(applied(changed, edit), 't1')).toBe('t10-50');
    expect(places(applied(changed, removeEdit([...find('a'), ...find('b')], true)), 't1')).toBe('t10-50');
    expect(places(applied(changed, removeEdit(find('a'), false)), 't1')).toBe('t70-110');
  });

  it('moves along when footage before it is trimmed or pulled out', () => {
    const { changed, find } = withText(70);
    const trimmed = (edge: 'start' | 'end', delta: number, isRipple = true) => {
      const [first] = find('a');
      if (!first) throw new Error('no clip');
      return places(applied(changed, trimItem(first, edge, delta, { ...media, isRipple }).edit), 't1');
    };
    expect(trimmed('end', -20)).toBe('t50-90');
    expect(trimmed('end', 30)).toBe('t100-140');
    expect(trimmed('start', 20)).toBe('t50-90');
    expect(trimmed('start', -20)).toBe('t90-130');
    expect(trimmed('end', -20, false)).toBe('t70-110');
  });

  it('keeps beginning with its clip, and never runs into what stays', () => {
    const atStart = withText(0);
    const [first] = atStart.find('a');
    if (!first) throw new Error('no clip');
    const longer = trimItem(first, 'start', -20, { ...media, isRipple: true }).edit;
    expect(places(applied(atStart.changed, longer), 't1')).toBe('t0-40');
    const { changed } = withText(20, 60);
    const two = applied(changed, {
      type: 'clip.add',
      sequenceId: 's1' as never,
      trackId: 't1' as never,
      clip: { id: 'u' as ClipId, startFrame: 100, lengthFrames: 30, content: { kind: 'text', text: 'Late' } },
    });
    const shown = timelineView(two, { kind: 'option', optionId: 'hook1' as OptionId });
    const b = shown.items.filter((one) => one.clip.id === 'b');
    expect(places(applied(two, removeEdit(b, true)), 't1')).toBe('t20-80 u80-110');
  });
});

describe('copying and pasting', () => {
  it('inserts main clips at the playhead and lays the others over', () => {
    const copied = copyItems([item('b'), item('t')]);
    const { edit, clipIds } = pasteEdit(view, copied, 90);
    const after = applied(project, edit);
    expect(clipIds).toHaveLength(2);
    expect(places(after, 'v1')).toMatch(/^a0-60 b60-90 \S+120-150 c150-240$|^a0-60 b60-90 \S+90-120 c120-210$/);
    expect(places(after, 't1').startsWith('t30-70 ')).toBe(true);
  });
});

describe('nudging', () => {
  it('moves by frames, but not before the beginning', () => {
    expect(places(applied(project, nudgeEdit([item('t')], -3)), 't1')).toBe('t27-67');
    expect(nudgeEdit([item('a')], -1)).toBeNull();
  });
});

describe('adding', () => {
  it('adds words with a field, no longer than what is left', () => {
    const section = view.sections[0];
    if (!section) throw new Error('no section');
    expect(nextFieldKey(section)).toBe('headline_2');
    const after = applied(project, textEdit(project, section, 150, 'headline_2', 'new' as ClipId));
    expect(places(after, 't1')).toBe('t30-70 new150-180');
    expect(after.sequences[0]?.fields.map((field) => field.key)).toContain('headline_2');
  });

  it('adds a colour at the nearest cut', () => {
    const after = applied(project, colourEdit(view, 70, 'grey' as ClipId));
    expect(places(after, 'v1')).toBe('a0-60 grey60-120 b120-150 c150-240');
  });
});

describe('starting', () => {
  it('gives an option that plays nothing a timeline of its own', () => {
    const empty = timelineView(project, { kind: 'option', optionId: 'hook2' as OptionId });
    const edit = newSequenceEdit(empty, [{ ...item('a').clip, id: 'first' as ClipId }]);
    const after = timelineView(applied(project, edit), { kind: 'option', optionId: 'hook2' as OptionId });
    expect(after.items.map((one) => one.clip.id)).toEqual(['first']);
    expect(after.lanes.map((lane) => lane.name)).toEqual(['Text', 'Video']);
    expect(newSequenceEdit(view)).toBeNull();
  });
});
