import { describe, expect, it } from 'vitest';
import { type OptionId, type Project, projectSchema } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { findText, replaceIn, replaceTextEdit } from './find-text.ts';
import { applied, places, sampleProject } from './fixture.ts';
import { closeGapsEdit, gapAt, mainGaps } from './gaps.ts';
import { snapPoints, timelineView } from './lanes.ts';
import { markerAt, markerBeside, markerEdit, newMarkerEdit, removeMarkerEdit } from './markers.ts';
import { replaceMediaEdit } from './replace-media.ts';
import { rangeScale } from './zoom.ts';

const target = { kind: 'option', optionId: 'hook1' as OptionId } as const;
const viewOf = (project: Project) => timelineView(project, target);
const item = (project: Project, id: string) => {
  const found = viewOf(project).items.find((candidate) => candidate.clip.id === id);
  if (!found) throw new Error(`no clip ${id}`);
  return found;
};
const plain = sampleProject();
const s1 = { sequenceId: 's1' as never };

describe('gaps', () => {
  const lifted = applied(plain, { type: 'clip.remove', ...s1, clipIds: ['a' as never] });
  const late = applied(lifted, {
    type: 'clip.move',
    ...s1,
    clipId: 't' as never,
    trackId: 't1' as never,
    startFrame: 100,
  });

  it('are found under the pointer and closed, with what lies over later footage', () => {
    const gap = gapAt(viewOf(late), 'visual-0', 30);
    expect(gap).toMatchObject({ startFrame: 0, endFrame: 60, isMain: true });
    expect(gapAt(viewOf(late), 'visual-0', 60)).toBeNull();
    const closed = applied(late, gap && closeGapsEdit(late, [gap]));
    expect([places(closed, 'v1'), places(closed, 't1')]).toEqual(['b0-30 c30-120', 't40-80']);
  });

  it('are closed all at once', () => {
    const two = applied(late, { type: 'clip.remove', ...s1, clipIds: ['b' as never] });
    const wide = applied(two, {
      type: 'clip.add',
      ...s1,
      trackId: 'v1' as never,
      clip: { ...item(plain, 'b').clip, startFrame: 20 },
    });
    expect(mainGaps(viewOf(wide))).toHaveLength(2);
    expect(places(applied(wide, closeGapsEdit(wide, mainGaps(viewOf(wide)))), 'v1')).toBe('b0-30 c30-120');
    expect(closeGapsEdit(plain, mainGaps(viewOf(plain)))).toBeNull();
  });
});

describe('markers', () => {
  it('are set at the playhead, found, gone to, snapped to, changed and removed', () => {
    const marked = applied(plain, newMarkerEdit(viewOf(plain), 45));
    const view = viewOf(marked);
    const marker = markerAt(view, 45);
    if (!marker) throw new Error('no marker');
    expect(markerBeside(view, 45, 1)).toBeNull();
    expect(markerBeside(view, 50, -1)?.key).toBe(marker.key);
    expect(snapPoints(view, null, new Set())).toContain(45);
    expect(snapPoints(view, null, new Set([marker.key]))).not.toContain(45);
    const changed = applied(marked, markerEdit(marker, { colour: 'red', note: 'Hit' }));
    expect(viewOf(changed).markers[0]?.marker).toMatchObject({ frame: 45, colour: 'red', note: 'Hit' });
    expect(markerEdit(marker, { frame: 45 })).toBeNull();
    expect(viewOf(applied(marked, removeMarkerEdit(marker))).markers).toEqual([]);
  });
});

describe('replacing media', () => {
  const asset = { id: 'new' as never, kind: 'video' as const };
  const replaced = (seconds: number) =>
    item(applied(plain, replaceMediaEdit([item(plain, 'c')], asset, rational(seconds), plain.rate)), 'c').clip;

  it('keeps trims where the new source is long enough, else begins earlier, else is shorter', () => {
    expect(replaced(5)).toMatchObject({
      startFrame: 90,
      lengthFrames: 90,
      content: { media: { assetId: 'new' }, sourceInSeconds: rational(1) },
    });
    expect(replaced(3)).toMatchObject({ lengthFrames: 90, content: { sourceInSeconds: rational(0) } });
    expect(replaced(1)).toMatchObject({ lengthFrames: 30, content: { sourceInSeconds: rational(0) } });
  });

  it('leaves alone what the media cannot stand for', () => {
    const sound = { id: 'new' as never, kind: 'audio' as const };
    expect(replaceMediaEdit([item(plain, 'c'), item(plain, 't')], sound, rational(5), plain.rate)).toBeNull();
  });
});

describe('finding text', () => {
  const search = { find: 'hello', replaceWith: 'Good day', isCaseSensitive: false };
  const project = applied(plain, {
    type: 'option.setValue',
    optionId: 'hook1' as never,
    key: 'headline',
    value: { text: 'Hello, hello (50 % off)' },
  });

  it('goes over options, usual words and texts, and leaves the names of fields', () => {
    const finds = findText(project, search);
    expect(finds.map(({ where, after }) => [where, after])).toEqual([
      ['Hook 1 · headline', 'Good day, Good day (50 % off)'],
      ['Hook 1 · usual headline', 'Good day'],
    ]);
    const after = applied(project, replaceTextEdit(finds));
    expect(after.slots[0]?.options[0]?.content).toMatchObject({
      values: { headline: { text: 'Good day, Good day (50 % off)' } },
    });
    expect(after.sequences[0]?.fields[0]?.default).toEqual({ text: 'Good day' });
    expect(findText(project, { ...search, find: 'headline' })).toEqual([]);
  });

  it('takes what is typed literally', () => {
    expect(replaceIn('a (50 %) b', { find: '(50 %)', replaceWith: '$&', isCaseSensitive: true })).toBe('a $& b');
    expect(replaceIn('Ab ab', { find: 'ab', replaceWith: 'x', isCaseSensitive: true })).toBe('Ab x');
    expect(findText(project, { ...search, isCaseSensitive: true })).toHaveLength(1);
    expect(
      replaceTextEdit(findText(project, { ...search, find: 'Hello', replaceWith: 'Hello', isCaseSensitive: true })),
    ).toBeNull();
  });

  it('keeps both changes of one post', () => {
    const post = { kind: 'post-copy', primaryText: 'Hello you', headline: 'Hello', url: '' };
    const withPost = projectSchema.parse({
      ...project,
      globals: [
        { id: 'post', name: 'Post', kind: 'post-copy', options: [{ id: 'p1', name: 'Post 1', content: post }] },
      ],
    });
    const finds = findText(withPost, search).filter(({ key }) => key.startsWith('p1/'));
    const after = applied(withPost, replaceTextEdit(finds));
    expect(after.globals[0]?.options[0]?.content).toMatchObject({ primaryText: 'Good day you', headline: 'Good day' });
  });
});

describe('zooming to a stretch', () => {
  it('centres it and keeps within the limits', () => {
    const { pixelsPerFrame, scrollLeft } = rangeScale(100, 200, 1048);
    expect(pixelsPerFrame).toBe(10);
    expect(scrollLeft).toBe(976);
    expect(rangeScale(0, 1, 1048).pixelsPerFrame).toBe(48);
  });
});
