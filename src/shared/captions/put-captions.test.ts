import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  applyEdit,
  checkProject,
  flattenSequence,
  listVariants,
  type Project,
  projectSchema,
  sequenceLength,
  type TextStyle,
} from '../model/index.ts';
import type { CaptionFile, Cue } from './cue.ts';
import { placeCues } from './place-cues.ts';
import { captionPresets, captionStyleEdit, chosenCaptionStyle } from './presets.ts';
import { putCaptions } from './put-captions.ts';

const rate = { num: 30, den: 1 };
const cue = (startMs: number, endMs: number, text = 'words'): Cue => ({ startMs, endMs, text });
const fileOf = (cues: Cue[], style: Partial<TextStyle> | null = null): CaptionFile => ({
  ...{ format: 'srt', cues, style, notes: [] },
});
const project = projectSchema.parse({
  ...{ id: 'p', name: 'Ad', rate },
  slots: [
    { id: 's', name: 'Hook', options: [{ id: 'o', name: 'Hook 1', content: { kind: 'sequence', sequenceId: 'q' } }] },
  ],
  sequences: [
    {
      id: 'q',
      tracks: [
        { id: 'v', kind: 'visual', clips: [{ id: 'c', startFrame: 0, lengthFrames: 90, content: colour() }] },
        { id: 'a', kind: 'audio' },
      ],
    },
  ],
});
function colour() {
  return { kind: 'colour', colour: '#203040' };
}
const sequenceOf = (of: Project) => {
  const [sequence] = of.sequences;
  if (!sequence) throw new Error('no sequence');
  return sequence;
};
const put = (of: Project, cues: Cue[], style: Partial<TextStyle> | null = null) => {
  const result = putCaptions({
    project: of,
    sequence: sequenceOf(of),
    file: fileOf(cues, style),
    fontFamilies: ['Inter', 'Anton'],
  });
  return { ...result, after: result.edit ? applyEdit(of, result.edit) : of };
};
const captionsOf = (of: Project) =>
  sequenceOf(of)
    .tracks.filter(({ name }) => name.startsWith('Captions'))
    .map(({ clips }) =>
      clips.map(({ startFrame, lengthFrames, content }) => [
        startFrame,
        lengthFrames,
        content.kind === 'text' ? content.text : '',
      ]),
    );

describe('captions on the frame grid', () => {
  it('go to the nearest frames and stay at least one frame', () => {
    expect(placeCues([cue(16, 17), cue(1001, 1500)], rate, null).lanes).toEqual([
      [
        { startFrame: 0, lengthFrames: 1, text: 'words' },
        { startFrame: 30, lengthFrames: 15, text: 'words' },
      ],
    ]);
  });

  it('tidies loose timing, and shows captions that are meant together on tracks of their own', () => {
    const { lanes } = placeCues([cue(0, 1080), cue(1000, 3000), cue(2000, 2500), cue(3000, 4000)], rate, null);
    expect(lanes.map((lane) => lane.map(({ startFrame, lengthFrames }) => [startFrame, lengthFrames]))).toEqual([
      [
        [0, 30],
        [30, 60],
        [90, 30],
      ],
      [[60, 15]],
    ]);
  });

  it('counts what does not fit', () => {
    const cues = [cue(0, 5000), cue(0, 5000), cue(0, 5000), cue(0, 5000), cue(1000, 3100), cue(3000, 4000)];
    expect(placeCues(cues, rate, 90)).toMatchObject({ placed: 3, shortened: 3, crowded: 2, outside: 1 });
  });

  test('tracks never overlap, whatever the cues and the rate', () => {
    const rates = fc.constantFrom(rate, { num: 30_000, den: 1001 }, { num: 24, den: 1 }, { num: 1, den: 1 });
    const some = fc.array(fc.tuple(fc.nat(9000), fc.nat(2500)), { maxLength: 40 });
    fc.assert(
      fc.property(some, rates, fc.option(fc.integer({ min: 1, max: 300 })), (spans, at, limit) => {
        const cues = spans
          .map(([start, length]) => cue(start, start + length))
          .toSorted((a, b) => a.startMs - b.startMs);
        const { lanes, placed, outside, crowded } = placeCues(cues, at, limit);
        expect(placed + outside + crowded).toBe(cues.length);
        expect(lanes.flat()).toHaveLength(placed);
        for (const lane of lanes)
          for (const [n, one] of lane.entries()) {
            expect(one.lengthFrames).toBeGreaterThan(0);
            expect(one.startFrame + one.lengthFrames).toBeLessThanOrEqual(lane[n + 1]?.startFrame ?? limit ?? Infinity);
          }
      }),
    );
  });
});

describe('words with times', () => {
  const words = [
    { startMs: 1000, endMs: 1200, text: 'One' },
    { startMs: 1500, endMs: 1900, text: 'two.' },
  ];

  it('are counted from the first frame of their caption; files without them bring none', () => {
    const wordsIn = (cues: Cue[]) => {
      const { content } = sequenceOf(put(project, cues).after).tracks[1]?.clips.at(-1) ?? {};
      return content?.kind === 'text' ? content.words : [];
    };
    const said = { ...cue(1000, 2000, 'One two.'), words };
    expect(wordsIn([said])).toEqual([
      { text: 'One', startFrame: 0, endFrame: 6 },
      { text: 'two.', startFrame: 15, endFrame: 27 },
    ]);
    expect(wordsIn([cue(900, 1050), said]).map(({ startFrame }) => startFrame)).toEqual([0, 15]);
    expect(wordsIn([cue(1000, 2000, 'One two.')])).toEqual([]);
  });
});

describe('putting captions on a section', () => {
  it('adds one track above the pictures and leaves the length as it was', () => {
    const { after, outside, shortened } = put(project, [cue(0, 1000, 'One {{two}}'), cue(2000, 9000), cue(4000, 5000)]);
    expect({ outside, shortened }).toEqual({ outside: 1, shortened: 1 });
    expect(captionsOf(after)).toEqual([
      [
        [0, 30, 'One {\u2060{two}}'],
        [60, 30, 'words'],
      ],
    ]);
    expect(sequenceOf(after).tracks.map(({ name, kind }) => name || kind)).toEqual(['visual', 'Captions', 'audio']);
    expect(sequenceOf(after).fields).toEqual([]);
    expect(sequenceLength(sequenceOf(after))).toBe(90);
    expect(checkProject(after)).toEqual([]);
  });

  it('takes the place of captions that are there, as one edit', () => {
    const first = put(project, [cue(0, 1000), cue(500, 1500), cue(1500, 1600)]).after;
    expect(captionsOf(first).map((lane) => lane.length)).toEqual([2, 1]);
    const second = put(first, [cue(0, 500, 'new')]);
    expect(second.replaced).toBe(3);
    expect(captionsOf(second.after)).toEqual([[[0, 15, 'new']]]);
  });

  it('changes nothing when every caption lies after the end', () => {
    expect(put(project, [cue(3000, 4000), cue(5000, 6000)])).toMatchObject({ edit: null, placed: 0, outside: 2 });
  });

  it("takes the file's look as far as its font can be drawn", () => {
    const styleIn = (style: Partial<TextStyle>) => {
      const content = sequenceOf(put(project, [cue(0, 500)], style).after).tracks[1]?.clips[0]?.content;
      return content?.kind === 'text' ? content.style : null;
    };
    expect(styleIn({ fontFamily: 'Anton', fill: '#FF0000' })).toMatchObject({ fontFamily: 'Anton', fill: '#FF0000' });
    expect(styleIn({ fontFamily: 'Wingdings', sizePx: 50 })).toMatchObject({ fontFamily: 'Inter', sizePx: 50 });
  });
});

test('a preset goes through the caption-style slot: made once, then changed, without more variants', () => {
  const [, box, , yellow] = captionPresets;
  const captioned = put(project, [cue(0, 500)]).after;
  const once = applyEdit(captioned, captionStyleEdit(captioned, box.style, box.name));
  const twice = applyEdit(once, captionStyleEdit(once, yellow.style, yellow.name));
  expect(chosenCaptionStyle(captioned)).toBeNull();
  expect(chosenCaptionStyle(once)).toEqual(box.style);
  expect(chosenCaptionStyle(twice)).toEqual(yellow.style);
  expect(listVariants(twice)).toHaveLength(1);
  const shown = flattenSequence(twice, sequenceOf(twice), {}).clips.find(({ content }) => content.kind === 'text');
  expect(shown?.content).toMatchObject({ style: yellow.style });
});
