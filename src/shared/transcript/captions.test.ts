import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type AssetId,
  applyEdit,
  type ClipId,
  checkProject,
  editSchema,
  type Project,
  projectSchema,
  type Sequence,
} from '#shared/model/index.ts';
import {
  allLinkedCaptions,
  correctWords,
  followTranscript,
  isEditedByHand,
  makeCaptions,
  spokenWords,
  type TranscriptWord,
} from './index.ts';

const talk = 'talk' as AssetId;
/** Ten words of 400 ms, half a second apart, from 0.5 s on. */
const words: TranscriptWord[] = 'We made a serum that really works for your skin.'.split(' ').map((text, at) => ({
  ...{ text, startMs: 500 + at * 500, endMs: 900 + at * 500 },
}));

const media = (id: string, startFrame: number, lengthFrames: number, inMs: number, more: object = {}) => ({
  ...{ id, startFrame, lengthFrames },
  content: { kind: 'media', media: { assetId: talk }, sourceInSeconds: { num: inMs, den: 1000 }, ...more },
});

/** Two options of the same footage, cut differently. */
function sample(first: object[] = [media('c1', 0, 150, 500)], second: object[] = [media('c2', 0, 90, 1500)]): Project {
  return projectSchema.parse({
    ...{ id: 'p', name: 'Ad', rate: { num: 30, den: 1 } },
    slots: [
      {
        ...{ id: 'hook', name: 'Hook' },
        options: ['a', 'b'].map((id) => ({ id, name: id, content: { kind: 'sequence', sequenceId: `s-${id}` } })),
      },
    ],
    sequences: [
      { id: 's-a', tracks: [{ id: 't-a', kind: 'visual', clips: first }] },
      { id: 's-b', tracks: [{ id: 't-b', kind: 'visual', clips: second }] },
    ],
  });
}

function sequenceOf(project: Project, at: number): Sequence {
  const sequence = project.sequences[at];
  if (!sequence) throw new Error('no sequence');
  return sequence;
}

function captioned(project: Project, at: number, of: readonly TranscriptWord[] = words, clipIds?: string[]): Project {
  const { edit } = makeCaptions({
    ...{ project, sequence: sequenceOf(project, at), words: new Map([[talk, of]]), fontFamilies: [] },
    ...(clipIds ? { clipIds: new Set(clipIds as ClipId[]) } : {}),
  });
  return edit ? applyEdit(project, edit) : project;
}

const shown = (project: Project) =>
  allLinkedCaptions(project).map(({ sequence, clip, content }) => [
    ...[sequence.id, clip.startFrame, clip.lengthFrames, content.text],
  ]);

describe('words of a sequence', () => {
  it('lie where they are heard, through the in-point and the speed', () => {
    const at = (project: Project) =>
      spokenWords(sequenceOf(project, 0), { rate: project.rate, words: new Map([[talk, words]]) }).map(
        ({ text, startFrame, endFrame }) => [text, startFrame, endFrame],
      );
    expect(at(sample([media('c', 10, 40, 1500)]))).toEqual([
      ['a', 10, 22],
      ['serum', 25, 37],
      ['that', 40, 50],
    ]);
    expect(at(sample([media('c', 0, 30, 500, { speed: { num: 2, den: 1 } })]))).toEqual([
      ['We', 0, 6],
      ['made', 8, 14],
      ['a', 15, 21],
      ['serum', 23, 29],
    ]);
  });

  it('are those of what is heard: muted clips and tracks say nothing', () => {
    const project = sample();
    const muted = applyEdit(
      project,
      editSchema.parse({ type: 'clip.set', sequenceId: 's-a', clipId: 'c1', patch: { audio: { isMuted: true } } }),
    );
    expect(spokenWords(sequenceOf(muted, 0), { rate: project.rate, words: new Map([[talk, words]]) })).toEqual([]);
  });
});

describe('captions of a transcript', () => {
  const both = captioned(captioned(sample(), 0), 1);

  it('are made for each sequence and know where they come from', () => {
    expect(shown(both)).toEqual([
      ['s-a', 0, 90, 'We made a serum that really'],
      ['s-a', 90, 60, 'works for your skin.'],
      ['s-b', 0, 90, 'a serum that really works for'],
    ]);
    expect(allLinkedCaptions(both)[2]?.link).toEqual({
      ...{ assetId: talk, startMs: 1500, endMs: 4400, text: 'a serum that really works for' },
    });
    expect(checkProject(both)).toEqual([]);
  });

  it('follow a correction in every option', () => {
    const fixed = correctWords(words, { index: 3, count: 1, text: 'face serum' });
    const edits = followTranscript(both, { assetId: talk, words: fixed });
    expect(edits).toMatchObject([{ type: 'batch', label: 'Correct words in captions' }]);
    const next = edits.reduce(applyEdit, both);
    expect(shown(next).map((row) => row[3])).toEqual([
      'We made a face serum that really',
      'works for your skin.',
      'a face serum that really works for',
    ]);
    expect(allLinkedCaptions(next).some(isEditedByHand)).toBe(false);
    expect(followTranscript(next, { assetId: talk, words: fixed })).toEqual([]);
    // Their words are timed anew: two where one was.
    const [first] = allLinkedCaptions(next);
    expect(first?.content.words.map(({ text, startFrame }) => [text, startFrame])).toEqual([
      ...[
        ['We', 0],
        ['made', 15],
        ['a', 30],
        ['face', 45],
        ['serum', 50],
        ['that', 60],
        ['really', 75],
      ],
    ]);
  });

  it('keep what was written by hand', () => {
    const first = allLinkedCaptions(both)[0];
    if (!first) throw new Error('no caption');
    const edited = applyEdit(
      both,
      editSchema.parse({ type: 'clip.set', sequenceId: 's-a', clipId: first.clip.id, patch: { text: 'My own words' } }),
    );
    const edits = followTranscript(edited, {
      assetId: talk,
      words: correctWords(words, { index: 3, count: 1, text: 'balm' }),
    });
    const next = edits.reduce(applyEdit, edited);
    expect(shown(next).map((row) => row[3])).toEqual([
      'My own words',
      'works for your skin.',
      'a balm that really works for',
    ]);
    expect(allLinkedCaptions(next).map(isEditedByHand)).toEqual([true, false, false]);
  });

  it('go when all their words are taken out, and say only what is still heard', () => {
    const gone = words.slice(0, 6);
    const edits = followTranscript(both, { assetId: talk, words: gone });
    expect(shown(edits.reduce(applyEdit, both)).map((row) => row[3])).toEqual([
      'We made a serum that really',
      'a serum that really',
    ]);
    const cut = sample([media('c1', 0, 45, 500), media('c3', 45, 90, 2500)]);
    expect(shown(captioned(cut, 0)).map((row) => row[3])).toEqual(['We made a that really works for', 'your skin.']);
  });

  it('of one clip leave those of others alone', () => {
    const two = sample([media('c1', 0, 45, 500), media('c3', 45, 60, 3500)]);
    const all = captioned(two, 0);
    const again = captioned(all, 0, correctWords(words, { index: 7, count: 1, text: '4' }), ['c3']);
    expect(shown(again).map((row) => [row[1], row[3]])).toEqual([
      [0, 'We made a'],
      [45, 'works 4 your skin.'],
    ]);
  });

  test('whatever is made and corrected, the project keeps its rules and every caption says its words', () => {
    const clips = fc
      .array(
        fc.record({
          length: fc.integer({ min: 5, max: 80 }),
          inMs: fc.nat(4000),
          speed: fc.integer({ min: 1, max: 3 }),
        }),
        {
          minLength: 1,
          maxLength: 5,
        },
      )
      .map((list) => {
        let at = 0;
        return list.map(({ length, inMs, speed }, index) => {
          const clip = media(`x${index}`, at, length, inMs, { speed: { num: speed, den: 2 } });
          at += length;
          return clip;
        });
      });
    fc.assert(
      fc.property(clips, fc.nat(9), fc.constantFrom('', 'one', 'two words'), (list, index, text) => {
        const project = captioned(sample(list), 0);
        expect(checkProject(project)).toEqual([]);
        const fixed = correctWords(words, { index, count: 1, text });
        const next = followTranscript(project, { assetId: talk, words: fixed }).reduce(applyEdit, project);
        expect(checkProject(next)).toEqual([]);
        expect(followTranscript(next, { assetId: talk, words: fixed })).toEqual([]);
      }),
    );
  });
});
