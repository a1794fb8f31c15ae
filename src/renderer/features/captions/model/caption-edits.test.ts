import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { putCaptions, writeCaptions } from '#shared/captions/index.ts';
import { type ClipId, checkProject, type OptionId, type Project, sequenceLength } from '#shared/model/index.ts';
import { applied, sampleProject } from '../../timeline/model/fixture.ts';
import { timelineView } from '../../timeline/model/lanes.ts';
import {
  captionTextEdit,
  cuesOfItems,
  mergeCaptionsEdit,
  moveWordEdit,
  type Shift,
  shiftCaptionsEdit,
  splitCaptionEdit,
} from './caption-edits.ts';
import { captionAfter, captionAt, captionBefore, captionItems, findCaptions } from './caption-list.ts';

const target = { kind: 'option', optionId: 'hook1' as OptionId } as const;
const itemsOf = (project: Project) => captionItems(timelineView(project, target));
const shown = (project: Project) =>
  itemsOf(project).map(({ startFrame, endFrame, text }) => `${startFrame}-${endFrame} ${text}`);

/** Hook 1 (180 frames) with captions over these frames. */
function captioned(spans: readonly (readonly [number, number, string])[]): Project {
  const project = sampleProject();
  const [sequence] = project.sequences;
  if (!sequence) throw new Error('no sequence');
  const cues = spans.map(([start, end, text]) => ({
    ...{ startMs: Math.round((start * 1000) / 30), endMs: Math.round((end * 1000) / 30), text },
  }));
  const file = { format: 'srt' as const, cues, style: null, notes: [] };
  return applied(project, putCaptions({ project, sequence, file, fontFamilies: [] }).edit);
}
const project = captioned([
  [0, 30, 'One two'],
  [30, 60, 'three'],
  [150, 180, 'end'],
]);
const item = (of: Project, at: number) => {
  const found = itemsOf(of)[at];
  if (!found) throw new Error(`no caption ${at}`);
  return found;
};
const editOf = (shift: Shift) => ('edit' in shift ? shift.edit : null);

describe('the list of captions', () => {
  it('has captions only, finds words, and knows what is on screen', () => {
    const items = itemsOf(project);
    expect(shown(project)).toEqual(['0-30 One two', '30-60 three', '150-180 end']);
    expect(findCaptions(items, ' TWO ').map(({ text }) => text)).toEqual(['One two']);
    expect(captionAt(items, 30)?.text).toBe('three');
    expect(captionAt(items, 60)).toBeNull();
    expect(captionAfter(items, item(project, 0))?.text).toBe('three');
    expect(captionBefore(items, item(project, 0))).toBeNull();
  });
});

describe('edits of captions', () => {
  it('changes words; a caption without words goes', () => {
    expect(captionTextEdit(item(project, 1), 'three')).toBeNull();
    expect(shown(applied(project, captionTextEdit(item(project, 1), 'four')))).toContain('30-60 four');
    expect(shown(applied(project, captionTextEdit(item(project, 1), ' ')))).toHaveLength(2);
  });

  it('divides at the caret by the letters on each side, and puts together again', () => {
    const parts = applied(project, splitCaptionEdit(item(project, 0), 'One two', 3, 'new' as ClipId));
    expect(shown(parts).slice(0, 2)).toEqual(['0-15 One', '15-30 two']);
    const whole = applied(parts, mergeCaptionsEdit(item(parts, 0), item(parts, 1), 'One'));
    expect(shown(whole)).toEqual(shown(project));
    expect(splitCaptionEdit(item(project, 0), 'One two', 0, 'new' as ClipId)).toBeNull();
    expect(splitCaptionEdit(item(captioned([[0, 1, 'a b']]), 0), 'a b', 1, 'new' as ClipId)).toBeNull();
  });

  it('moves all by frames, shortening at the ends of the section, which keeps its length', () => {
    const later = applied(project, editOf(shiftCaptionsEdit(itemsOf(project), 20)));
    expect(shown(later)).toEqual(['20-50 One two', '50-80 three', '170-180 end']);
    const [sequence] = later.sequences;
    expect(sequence && sequenceLength(sequence)).toBe(180);
    const earlier = applied(project, editOf(shiftCaptionsEdit(itemsOf(project), -10)));
    expect(shown(earlier)).toEqual(['0-20 One two', '20-50 three', '140-170 end']);
    expect(shiftCaptionsEdit(itemsOf(project), 30)).toMatchObject({
      problem: expect.stringMatching(/after the end of Hook 1/),
    });
  });

  test('whatever is done, tracks keep the rules of the model', () => {
    const spans = fc
      .uniqueArray(fc.nat(170), { minLength: 1, maxLength: 8 })
      .map((starts) =>
        starts
          .toSorted((a, b) => a - b)
          .map((start, at, all) => [start, Math.min(all[at + 1] ?? 180, start + 40), 'some words here'] as const),
      );
    fc.assert(
      fc.property(spans, fc.integer({ min: -60, max: 60 }), fc.nat(14), (all, delta, caret) => {
        const start = captioned(all);
        const items = itemsOf(start);
        const [first, second] = items;
        if (!first) throw new Error('no captions');
        const edits = [
          editOf(shiftCaptionsEdit(items, delta)),
          splitCaptionEdit(first, first.text, caret, 'new' as ClipId),
          second ? mergeCaptionsEdit(first, second, first.text) : null,
        ];
        for (const edit of edits) if (edit) expect(checkProject(applied(start, edit))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('words with times', () => {
  const said = (text: string, startFrame: number, endFrame: number) => ({ text, startFrame, endFrame });
  const words = [said('One', 0, 4), said('two', 10, 14), said('three', 20, 28)];
  const untimed = captioned([[30, 60, 'One two three']]);
  const { sequenceId, clip } = item(untimed, 0);
  const timed = applied(untimed, { type: 'clip.set', sequenceId, clipId: clip.id, patch: { words } });
  const timesOf = (of: Project) => itemsOf(of).map((one) => one.words.map((word) => `${word.text}@${word.startFrame}`));

  it('divide a caption where a word is said, and are put together again', () => {
    const parts = applied(timed, splitCaptionEdit(item(timed, 0), 'One two three', 3, 'new' as ClipId));
    expect(shown(parts)).toEqual(['30-40 One', '40-60 two three']);
    expect(timesOf(parts)).toEqual([['One@0'], ['two@0', 'three@10']]);
    const whole = applied(parts, mergeCaptionsEdit(item(parts, 0), item(parts, 1), 'One'));
    expect(timesOf(whole)).toEqual([['One@0', 'two@10', 'three@20']]);
  });

  it('stay with their words when others are written', () => {
    expect(timesOf(applied(timed, captionTextEdit(item(timed, 0), 'One tea three')))).toEqual([
      ['One@0', 'tea@10', 'three@20'],
    ]);
    expect(timesOf(applied(timed, captionTextEdit(item(timed, 0), 'three')))).toEqual([['three@20']]);
  });

  it('begin earlier or later, as far as there is room', () => {
    expect(timesOf(applied(timed, moveWordEdit(item(timed, 0), 1, -3)))).toEqual([['One@0', 'two@7', 'three@20']]);
    expect(moveWordEdit(item(timed, 0), 1, -10)).toBeNull();
    expect(moveWordEdit(item(timed, 0), 1, 4)).toBeNull();
    expect(moveWordEdit(item(timed, 0), 3, 1)).toBeNull();
  });

  it('are written to files that hold them', () => {
    const [cue] = cuesOfItems(itemsOf(timed), timed.rate);
    expect(cue?.words?.map(({ startMs }) => startMs)).toEqual([1000, 1333, 1667]);
    expect(cuesOfItems(itemsOf(project), project.rate)[0]?.words).toBeUndefined();
  });
});

test('captions of the timeline are written on its clock', () => {
  expect(writeCaptions(cuesOfItems(itemsOf(project).slice(0, 2), project.rate), 'vtt')).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nOne two\n\n00:00:01.000 --> 00:00:02.000\nthree\n',
  );
});
