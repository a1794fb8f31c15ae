import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type AssetId,
  applyEdit,
  checkProject,
  editLabel,
  editSchema,
  type Project,
  projectSchema,
  type Sequence,
  sequenceLength,
} from '#shared/model/index.ts';
import {
  allLinkedCaptions,
  cutEdit,
  fillerFinder,
  findSilences,
  followTranscript,
  makeCaptions,
  readWordList,
  spokenWords,
  stretchesOfWords,
  type TranscriptWord,
  usualSilence,
} from './index.ts';

const talk = 'talk' as AssetId;
/** Words of 10 frames, 15 frames apart, at 30 fps: the k-th lasts from 15k to 15k + 10. */
const words: TranscriptWord[] = 'So um like we made a serum that works.'.split(' ').map((text, at) => ({
  ...{ text, startMs: at * 500, endMs: at * 500 + 333 },
}));
const byAsset = new Map([[talk, words]]);
const length = words.length * 15;

/** A picture with its sound on a track of its own, and what else stands over it. */
function sample(more: object[] = []): Project {
  const content = { kind: 'media', media: { assetId: talk } };
  const clip = { startFrame: 0, lengthFrames: length, content, linkId: 'together' };
  return projectSchema.parse({
    ...{ id: 'p', name: 'Ad', rate: { num: 30, den: 1 } },
    slots: [{ id: 'h', name: 'H', options: [{ id: 'o', name: 'O', content: { kind: 'sequence', sequenceId: 's' } }] }],
    sequences: [
      {
        id: 's',
        tracks: [
          { id: 'v', kind: 'visual', clips: [{ ...clip, id: 'picture', audio: { isMuted: true } }] },
          ...more,
          { id: 'a', kind: 'audio', clips: [{ ...clip, id: 'sound' }] },
        ],
      },
    ],
  });
}

function sequenceOf(project: Project): Sequence {
  const [sequence] = project.sequences;
  if (!sequence) throw new Error('no sequence');
  return sequence;
}

function captioned(project = sample()): Project {
  const { edit } = makeCaptions({ project, sequence: sequenceOf(project), words: byAsset, fontFamilies: [] });
  return edit ? applyEdit(project, edit) : project;
}

function cut(project: Project, isMeant: (text: string) => boolean): Project {
  const sequence = sequenceOf(project);
  const all = spokenWords(sequence, { rate: project.rate, words: byAsset });
  const stretches = stretchesOfWords(all, ({ text }) => isMeant(text), project.rate);
  const edit = cutEdit(project, [{ sequenceId: sequence.id, stretches }], byAsset, 'Cut words');
  return edit ? applyEdit(project, edit) : project;
}

const said = (project: Project) =>
  spokenWords(sequenceOf(project), { rate: project.rate, words: byAsset }).map(({ text }) => text);
const shown = (project: Project) =>
  allLinkedCaptions(project).map(({ clip, content }) => [clip.startFrame, clip.lengthFrames, content.text]);

describe('cutting words', () => {
  it('closes up picture and linked sound alike, pauses behind the words included', () => {
    const project = cut(sample(), (text) => ['um', 'like'].includes(text));
    expect(said(project)).toEqual(['So', 'we', 'made', 'a', 'serum', 'that', 'works.']);
    expect(sequenceLength(sequenceOf(project))).toBe(length - 30);
    const [picture, sound] = [sequenceOf(project).tracks[0]?.clips, sequenceOf(project).tracks[1]?.clips];
    expect(sound?.map((clip) => [clip.startFrame, clip.lengthFrames])).toEqual([
      [0, 15],
      [15, length - 45],
    ]);
    expect(picture?.map(({ startFrame, linkId }) => [startFrame, linkId])).toEqual(
      sound?.map(({ startFrame, linkId }) => [startFrame, linkId]),
    );
    expect(checkProject(project)).toEqual([]);
  });

  it('leaves captions that say what is still heard, each in one piece', () => {
    const before = captioned();
    expect(shown(before).map((row) => row[2])).toEqual(['So um like we made a serum', 'that works.']);
    const project = cut(before, (text) => ['um', 'like', 'that'].includes(text));
    expect(shown(project).map((row) => row[2])).toEqual(['So we made a serum', 'works.']);
    expect(shown(project)[0]?.slice(0, 2)).toEqual([0, 75]);
    // What was cut does not come back with the next correction.
    expect(followTranscript(project, { assetId: talk, words })).toEqual([]);
  });

  it('keeps the words of captions in time with what is heard', () => {
    const project = cut(captioned(), (text) => ['um', 'like'].includes(text));
    const heard = spokenWords(sequenceOf(project), { rate: project.rate, words: byAsset });
    const timed = allLinkedCaptions(project).flatMap(({ clip, content }) =>
      content.words.map(({ text, startFrame }) => [text, clip.startFrame + startFrame]),
    );
    expect(timed).toEqual(heard.map(({ text, startFrame }) => [text, startFrame]));
  });

  it('leaves captions split that were split by hand, with their words', () => {
    const before = captioned();
    const [first] = allLinkedCaptions(before);
    if (!first) throw new Error('no caption');
    const { clip, sequence } = first;
    const set = (clipId: string, text: string) => ({
      type: 'clip.set',
      sequenceId: sequence.id,
      clipId,
      patch: { text },
    });
    const split = { type: 'clip.split', sequenceId: sequence.id, clipId: clip.id, atFrame: 45, newClipId: 'half' };
    const edits = [split, set(clip.id, 'So um like'), set('half', 'We made it!')];
    const halves = applyEdit(before, editSchema.parse({ type: 'batch', label: 'Split', edits }));
    expect(shown(cut(halves, (text) => text === 'a')).map((row) => row[2])).toEqual([
      ...['So um like', 'We made it!'],
      'that works.',
    ]);
  });

  it('takes captions away with all of their words, and is one step of undo', () => {
    const before = captioned();
    const sequence = sequenceOf(before);
    const edit = cutEdit(
      before,
      [{ sequenceId: sequence.id, stretches: [{ startFrame: 105, endFrame: length }] }],
      byAsset,
      'Cut words',
    );
    expect(edit && editLabel(edit)).toBe('Cut words');
    expect(shown(edit ? applyEdit(before, edit) : before).map((row) => row[2])).toEqual(['So um like we made a serum']);
    expect(cutEdit(before, [{ sequenceId: sequence.id, stretches: [] }], byAsset, 'Cut words')).toBeNull();
  });

  test('whatever is cut, the rest is said in its order, and the rules of the model hold', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(words.length - 1), { maxLength: 8 }), (gone) => {
        const texts = new Set(gone.map((at) => words[at]?.text));
        const project = cut(captioned(), (text) => texts.has(text));
        const left = words.filter(({ text }) => !texts.has(text)).map(({ text }) => text);
        expect(said(project)).toEqual(left);
        expect(checkProject(project)).toEqual([]);
        expect(
          shown(project)
            .map((row) => row[2])
            .join(' ')
            .split(' ')
            .filter((text) => text !== ''),
        ).toEqual(left);
      }),
    );
  });
});

describe('silences', () => {
  /** A tenth of a second per letter: "." silent, "x" loud. */
  const loudness = (letters: string) => ({
    peaks: Int8Array.from([...letters].flatMap((letter) => (letter === 'x' ? [-60, 60] : [-1, 1]))),
    bucketsPerSecond: 10,
  });
  const find = (letters: string, options = {}, project = sample()) =>
    findSilences(sequenceOf(project), {
      ...{ ...usualSilence, minMs: 500, paddingMs: 100, rate: project.rate, ...options },
      loudness: new Map([[talk, loudness(letters)]]),
      speaks: () => true,
    }).map(({ startFrame, endFrame }) => [startFrame, endFrame]);

  it('are found between what is loud, with some room left beside it', () => {
    expect(find('xx.......xx..xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')).toEqual([[9, 24]]);
    expect(find('xx.......xx..xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', { minMs: 800 })).toEqual([]);
    expect(find('xx.......xx..xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', { minMs: 200, paddingMs: 0 })).toEqual([
      [6, 27],
      [33, 39],
    ]);
  });

  it('at the ends keep no room where nobody speaks', () => {
    expect(find(`......${'x'.repeat(33)}......`)).toEqual([
      [0, 15],
      [120, 135],
    ]);
  });

  it('depend on the level, and are none where the sound is not known', () => {
    expect(find('x'.repeat(45), { thresholdDb: -15 })).toEqual([]);
    expect(find('.'.repeat(45), { thresholdDb: -45 })).toEqual([[0, 135]]);
    const unknown = findSilences(sequenceOf(sample()), {
      ...{ ...usualSilence, rate: { num: 30, den: 1 }, loudness: new Map(), speaks: () => false },
    });
    expect(unknown).toEqual([]);
  });
});

test('filler words are found whatever their case and punctuation', () => {
  const isFiller = fillerFinder(readWordList('um, UH;\nähm'));
  expect(['Um,', 'uh', 'ÄHM.', 'umbrella', 'drum'].filter(isFiller)).toEqual(['Um,', 'uh', 'ÄHM.']);
});
