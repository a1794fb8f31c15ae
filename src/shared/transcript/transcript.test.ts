import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import {
  correctWords,
  groupTranscript,
  groupWordsOf,
  joinWords,
  readTranscript,
  splitWords,
  spreadWords,
  type TranscriptWord,
  transcriptWordsSchema,
  usualGrouping,
  withoutNoises,
  writeTranscript,
} from './index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (value: unknown) => readTranscript(bytes(typeof value === 'string' ? value : JSON.stringify(value)));
const word = (text: string, startMs: number, endMs: number) => ({ text, startMs, endMs });
const said = (words: readonly TranscriptWord[]) => words.map(({ text, startMs, endMs }) => [text, startMs, endMs]);
const failure = (text: unknown): string => {
  try {
    read(text);
    return 'nothing was wrong';
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.userMessage}` : String(error);
  }
};

/** Words in order, one after the other, with all that a word may carry. */
const wordsArbitrary = fc
  .array(
    fc.record({
      text: fc.stringMatching(/^[a-zäöüß'.,!?-]{1,12}$/u),
      gapMs: fc.nat(900),
      lengthMs: fc.nat(600),
      confidence: fc.option(
        fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
        { nil: undefined },
      ),
      speaker: fc.constantFrom(undefined, undefined, 'Ann', 'SPEAKER_01'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) => {
    let at = 0;
    return list.map(({ text, gapMs, lengthMs, confidence, speaker }): TranscriptWord => {
      const startMs = at + gapMs;
      at = startMs + lengthMs;
      return {
        ...{ text, startMs, endMs: at },
        ...(confidence === undefined ? {} : { confidence }),
        ...(speaker === undefined ? {} : { speaker }),
      };
    });
  });

describe('reading word-timed JSON', () => {
  test('of whisper.cpp: pieces become words, as sure as their least sure piece', () => {
    const { words, language } = read({
      result: { language: 'en' },
      transcription: [
        {
          offsets: { from: 0, to: 900 },
          text: ' Spotloom, hi',
          tokens: [
            { text: '[_BEG_]', offsets: { from: 0, to: 0 }, p: 1 },
            { text: ' Spot', offsets: { from: 0, to: 300 }, p: 0.9 },
            { text: 'loom', offsets: { from: 300, to: 500 }, p: 0.4 },
            { text: ',', offsets: { from: 500, to: 500 }, p: 0.8 },
            { text: ' hi', offsets: { from: 600, to: 900 }, p: 0.7 },
          ],
        },
        { offsets: { from: 1000, to: 1400 }, text: ' so it', tokens: null },
      ],
    });
    expect(language).toBe('en');
    expect(words).toEqual([
      { ...word('Spotloom,', 0, 500), confidence: 0.4 },
      { ...word('hi', 600, 900), confidence: 0.7 },
      word('so', 1000, 1200),
      word('it', 1200, 1400),
    ]);
  });

  test('of whisper.cpp: a letter torn between two pieces is taken from the sentence', () => {
    const json = JSON.stringify({
      transcription: [
        {
          offsets: { from: 0, to: 900 },
          text: ' Ich höre',
          tokens: [
            { text: ' Ich', offsets: { from: 0, to: 300 } },
            { text: ' h?', offsets: { from: 300, to: 600 } },
            { text: 're', offsets: { from: 600, to: 900 } },
          ],
        },
      ],
    });
    const torn = bytes(json);
    torn[torn.lastIndexOf('?'.charCodeAt(0))] = 0xc3;
    expect(said(readTranscript(torn).words)).toEqual([
      ['Ich', 0, 300],
      ['höre', 300, 900],
    ]);
  });

  test('of OpenAI: words beside the sentences, the language by its name', () => {
    const { words, language } = read({
      language: 'english',
      segments: [{ start: 0, end: 2, text: 'Hi there' }],
      words: [
        { word: 'Hi', start: 0.1, end: 0.4 },
        { word: 'there', start: 0.5, end: 0.9 },
      ],
    });
    expect([language, ...said(words)]).toEqual(['en', ['Hi', 100, 400], ['there', 500, 900]]);
  });

  test('of WhisperX: who speaks, how sure, and words that have no time', () => {
    const { words, notes } = read({
      segments: [
        {
          ...{ start: 1, end: 3, text: 'Only 5 left', speaker: 'SPEAKER_00' },
          words: [
            { word: 'Only', start: 1, end: 1.4, score: 0.9 },
            { word: '5' },
            { word: 'left', start: 2, end: 2.5 },
          ],
        },
      ],
    });
    expect(said(words)).toEqual([
      ['Only', 1000, 1400],
      ['5', 1400, 2000],
      ['left', 2000, 2500],
    ]);
    expect(words[0]).toMatchObject({ confidence: 0.9, speaker: 'SPEAKER_00' });
    expect(notes).toEqual(['1 word has no time in the file and got the room there is.']);
  });

  test.each([
    ['{ "words": [ { "word": "a", "start": 1, ', /captions-invalid .*line 1.*JSON/],
    [{ words: [{ word: 'a', start: 'x', end: 2 }] }, /words\[0\]\.start/],
    [{ words: [{ word: 'a', start: 2, end: 1 }] }, /words\[0\].*before it begins/],
    [{ segments: [{ start: 0, end: 1, words: [{ word: 'a', start: 3, end: 2 }] }] }, /segments\[0\]\.words\[0\]/],
    [{ transcription: [{ offsets: { from: -1, to: 2 }, text: 'a' }] }, /transcription\[0\]\.offsets\.from/],
    [{ transcription: [] }, /no word in it/],
    [{ chapters: [] }, /Is this the right file/],
    ['', /empty/],
    ['Just a letter to a friend.', /no SRT/],
    ['1\n00:00:01,000 --> soon\nHi', /line 2/],
  ])('says where %j is wrong', (text, expected) => {
    expect(failure(text)).toMatch(expected);
  });
});

describe('captions as transcripts', () => {
  it('shares their time out by letters', () => {
    const { words, notes } = read('1\n00:00:01,000 --> 00:00:02,000\nSo <i>this</i> one\n');
    expect(said(words)).toEqual([
      ['So', 1000, 1250],
      ['this', 1250, 1667],
      ['one', 1667, 2000],
    ]);
    expect(notes.join()).toMatch(/no times of words/);
  });

  it('keeps who speaks in WebVTT', () => {
    const { words } = read('WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi\n');
    expect(words).toEqual([{ ...word('Hi', 1000, 2000), speaker: 'Ann' }]);
  });
});

describe('writing', () => {
  test('our JSON loses nothing', () => {
    fc.assert(
      fc.property(wordsArbitrary, (words) => {
        const written = read(writeTranscript({ words, language: 'de' }, 'json'));
        expect(written).toEqual({ words, language: 'de', notes: [] });
      }),
    );
  });

  test('captions have every word once, in order, and never overlap', () => {
    fc.assert(
      fc.property(wordsArbitrary, fc.integer({ min: 1, max: 9 }), (words, maxWords) => {
        const cues = groupTranscript(words, { ...usualGrouping, maxWords });
        expect(cues.flatMap((cue) => cue.words?.map(({ text }) => text) ?? [])).toEqual(words.map(({ text }) => text));
        for (const [at, cue] of cues.entries()) {
          expect(cue.words?.length).toBeLessThanOrEqual(maxWords);
          expect(cue.endMs).toBeGreaterThanOrEqual(cue.startMs);
          const next = cues[at + 1];
          if (next) expect(cue.endMs).toBeLessThanOrEqual(next.startMs);
        }
      }),
    );
  });

  it('divides at pauses, ends of sentences and changes of speaker', () => {
    const words = [word('One.', 0, 300), word('two', 300, 600), word('three', 1400, 1500)];
    expect(groupTranscript(words).map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['One.', 0, 300],
      ['two', 300, 850],
      ['three', 1400, 1750],
    ]);
    const speakers = [
      { ...word('Hi', 0, 100), speaker: 'A' },
      { ...word('you', 100, 200), speaker: 'B' },
    ];
    expect(groupWordsOf(speakers, usualGrouping)).toHaveLength(2);
    expect(writeTranscript({ words, language: null }, 'srt')).toContain('00:00:00,300 --> 00:00:00,850\r\ntwo\r\n');
  });
});

describe('words', () => {
  it('of scripts without spaces stand alone and are put together without them', () => {
    expect(splitWords('你好，world 123')).toEqual(['你', '好', '，', 'world', '123']);
    expect(joinWords(splitWords('你好，世界'))).toBe('你好，世界');
    expect(joinWords(['Hello', 'you'])).toBe('Hello you');
  });

  it('that are no speech are left out', () => {
    const words = ['[BLANK_AUDIO]', 'So', '(upbeat', 'music)', 'here', '♪', '(we', 'go'].map((text) => ({ text }));
    expect(withoutNoises(words).map(({ text }) => text)).toEqual(['So', 'here', '(we', 'go']);
  });

  it('spread over a time fill it whole', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,60}$/), fc.nat(10_000), fc.nat(10_000), (text, startMs, lengthMs) => {
        const words = spreadWords(text, startMs, startMs + lengthMs);
        expect(words.map((one) => one.text)).toEqual(splitWords(text));
        expect(transcriptWordsSchema.safeParse(words).success).toBe(true);
        if (words.length > 0) expect([words[0]?.startMs, words.at(-1)?.endMs]).toEqual([startMs, startMs + lengthMs]);
      }),
    );
  });
});

describe('corrections', () => {
  const words = [word('gonna', 0, 400), { ...word('sel', 500, 700), confidence: 0.3 }, word('out', 800, 1000)];

  it('keep the time of each word while there are as many', () => {
    expect(correctWords(words, { index: 1, count: 1, text: ' sell ' })).toEqual([
      words[0],
      word('sell', 500, 700),
      words[2],
    ]);
  });

  it('share the time when there are more or fewer, and take words out', () => {
    expect(said(correctWords(words, { index: 0, count: 1, text: 'going to' }))).toEqual([
      ['going', 0, 267],
      ['to', 267, 400],
      ['sel', 500, 700],
      ['out', 800, 1000],
    ]);
    expect(said(correctWords(words, { index: 1, count: 2, text: 'sellout' }))).toEqual([
      ['gonna', 0, 400],
      ['sellout', 500, 1000],
    ]);
    expect(correctWords(words, { index: 0, count: 3, text: ' ' })).toEqual([]);
  });

  it('are refused for words that are not there', () => {
    expect(() => correctWords(words, { index: 2, count: 2, text: 'x' })).toThrow(/not in the transcript/);
  });

  test('whatever is corrected, the transcript stays one', () => {
    fc.assert(
      fc.property(wordsArbitrary, fc.nat(), fc.nat(), fc.stringMatching(/^[a-z ]{0,30}$/), (all, from, many, text) => {
        const index = from % all.length;
        const count = 1 + (many % (all.length - index));
        expect(transcriptWordsSchema.safeParse(correctWords(all, { index, count, text })).success).toBe(true);
      }),
    );
  });
});
