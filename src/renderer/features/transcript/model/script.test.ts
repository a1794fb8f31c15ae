import { describe, expect, it } from 'vitest';
import { type AssetId, listVariants, projectSchema } from '#shared/model/index.ts';
import type { TranscriptWord } from '#shared/transcript/index.ts';
import { timelineView } from '../../timeline/model/lanes.ts';
import { correctable, cutLength, cutsOfWords, findWords, heardMedia, scriptOf, wordAt } from './script.ts';
import { moveSelection, rangeOf } from './selection.ts';

const talk = 'talk' as AssetId;
const words: TranscriptWord[] = 'Hi there, you all.'.split(' ').map((text, at) => ({
  ...{ text, startMs: at * 1000, endMs: at * 1000 + 500 },
}));
const clip = (id: string, startFrame: number, lengthFrames: number, seconds: number) => ({
  ...{ id, startFrame, lengthFrames },
  content: { kind: 'media', media: { assetId: talk }, sourceInSeconds: { num: seconds, den: 1 } },
});
/** Two parts of the same footage: the second word is cut out of the first, the other plays all. */
const project = projectSchema.parse({
  ...{ id: 'p', name: 'Ad', rate: { num: 30, den: 1 } },
  slots: ['hook', 'body'].map((id) => ({
    ...{ id, name: id },
    options: [{ id: `${id}1`, name: `${id} 1`, content: { kind: 'sequence', sequenceId: `s-${id}` } }],
  })),
  sequences: [
    { id: 's-hook', tracks: [{ id: 't1', kind: 'visual', clips: [clip('c1', 0, 30, 0), clip('c2', 30, 60, 2)] }] },
    { id: 's-body', tracks: [{ id: 't2', kind: 'visual', clips: [clip('c3', 0, 120, 0)] }] },
  ],
});
const view = timelineView(project, { kind: 'variant', variant: listVariants(project)[0] ?? {} });
const script = scriptOf(view, new Map([[talk, words]]));

describe('the script of a timeline', () => {
  it('has the words of all parts in order, in paragraphs by clip', () => {
    expect(script.words.map(({ text, startFrame }) => [text, startFrame])).toEqual([
      ...[
        ['Hi', 0],
        ['you', 30],
        ['all.', 60],
      ],
      ...[
        ['Hi', 90],
        ['there,', 120],
        ['you', 150],
        ['all.', 180],
      ],
    ]);
    expect(script.paragraphs.map(({ from, section, words: own }) => [section.optionName, from, own.length])).toEqual([
      ['hook 1', 0, 1],
      ['hook 1', 1, 2],
      ['body 1', 3, 4],
    ]);
    expect(heardMedia(view)).toEqual([talk]);
  });

  it('knows the word at a frame', () => {
    expect([0, 14, 15, 29, 30, 89, 121].map((frame) => wordAt(script, frame))).toEqual([0, 0, -1, -1, 1, -1, 4]);
  });

  it('finds words that follow one another, the last one begun', () => {
    expect(findWords(script, 'THERE yo')).toEqual([{ from: 4, to: 5 }]);
    expect(findWords(script, 'hi')).toEqual([
      { from: 0, to: 0 },
      { from: 3, to: 3 },
    ]);
    expect(findWords(script, ' , ')).toEqual([]);
  });

  it('cuts words by the sequence they are in', () => {
    const cuts = cutsOfWords(script, (at) => at >= 2 && at <= 4, view);
    expect(cuts).toEqual([
      { sequenceId: 's-hook', stretches: [{ startFrame: 60, endFrame: 75 }] },
      { sequenceId: 's-body', stretches: [{ startFrame: 0, endFrame: 60 }] },
    ]);
    expect(cutLength(cuts)).toBe(75);
  });

  it('corrects together only what stands together in the transcript', () => {
    expect(correctable(script, 0, 2)).toEqual({ from: 0, to: 0 });
    expect(correctable(script, 1, 6)).toEqual({ from: 1, to: 2 });
    expect(correctable(script, 3, 6)).toEqual({ from: 3, to: 6 });
  });
});

it('keys move through the words and choose them', () => {
  const press = (key: string, shiftKey = false) => ({ key, shiftKey });
  expect(moveSelection(null, press('ArrowRight'), 3)).toEqual({ anchor: 0, focus: 0 });
  expect(moveSelection({ anchor: 2, focus: 2 }, press('ArrowRight'), 3)).toEqual({ anchor: 2, focus: 2 });
  const chosen = moveSelection({ anchor: 2, focus: 2 }, press('ArrowLeft', true), 3);
  expect(chosen && rangeOf(chosen)).toEqual({ from: 1, to: 2 });
  expect(moveSelection({ anchor: 1, focus: 1 }, press('Home', true), 3)).toEqual({ anchor: 1, focus: 0 });
  expect(moveSelection({ anchor: 1, focus: 1 }, press('a'), 3)).toBeNull();
  expect(moveSelection(null, press('End'), 0)).toBeNull();
});
