import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { AppError } from '../errors/index.ts';
import { type CaptionFormat, type Cue, captionFormats, readCaptions, writeCaptions } from './index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCaptions(bytes(text));
const times = (cues: readonly Cue[]) => cues.map(({ startMs, endMs, text }) => [startMs, endMs, text]);

function refusal(text: string | Uint8Array): string {
  try {
    readCaptions(typeof text === 'string' ? bytes(text) : text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'captions-invalid') return error.userMessage;
    throw error;
  }
  return 'was read';
}

describe('SubRip', () => {
  it('reads what players read: BOM, CRLF, no numbers, dots, no hours, tags, empty lines inside, overlaps', () => {
    const text = [
      '\uFEFF1',
      '00:00:01,000 --> 00:00:02,500 X1:40',
      '<i>Hello</i> <font color="#fff">there</font>',
      '{\\an8}a < b <3',
      '',
      '00:02.4 --> 00:00:03.100',
      'no number',
      '',
      'second paragraph',
      '3',
      '0:00:03,000 --> 0:00:05,000',
      'In the year',
      '2024',
      '',
      '4',
      '00:00:06,000 --> 00:00:07,000',
      '   ',
    ].join('\r\n');
    const { format, cues, notes } = read(text);
    expect(format).toBe('srt');
    expect(times(cues)).toEqual([
      [1000, 2500, 'Hello there\na < b <3'],
      [2400, 3100, 'no number\nsecond paragraph'],
      [3000, 5000, 'In the year\n2024'],
    ]);
    expect(notes).toEqual(['One caption had no words.']);
  });

  it.each([
    ['1\n00:00:01,000 --> 00:00:61,000\nHi', 'At line 2: “00:00:01,000 --> 00:00:61,000” is no time'],
    ['1\n00:00:05,000 --> 00:00:01,000\nHi', 'At line 2: the caption ends before it begins'],
    ['Once upon\n\n00:00:05,000 --> 00:00:06,000\nHi', 'At line 1: “Once upon” stands before the first time'],
    ['1\n00:00:01,000 -> 00:00:02,000\nHi\n\nA --> B', 'At line 2: “00:00:01,000 -> 00:00:02,000” stands before'],
    ['1\n00:00:01,000 --> 00:00:02,000\nHi\n\nA --> B', 'At line 5: “A --> B” is no time like'],
    ['1\n00:00:01,000 --> 00:00:02,000\n\n', 'there was no caption with words'],
    ['99:00:00,000 --> 99:00:01,000\nHi', 'beyond 24 hours'],
    ['1\n00:00:01,000 --> 00:00:02,000\n'.concat('x'.repeat(5001)), 'At line 2: the caption has more than 5000'],
    ['just words', 'this is no SRT'],
    ['', 'the file is empty'],
  ])('refuses case %#, naming line or path', (text, said) => {
    expect(refusal(text)).toContain(said);
  });

  it('keeps to its own marks when written', () => {
    const cues = [{ startMs: 0, endMs: 3_723_004, text: 'One\n\nTwo --> <b>three</b> {\\an8}' }];
    const text = writeCaptions(cues, 'srt');
    expect(text).toBe(
      ['1', '00:00:00,000 --> 01:02:03,004', 'One', 'Two → <\u2060b>three<\u2060/b> {\u2060\\an8}', '', ''].join(
        '\r\n',
      ),
    );
    expect(read(text).cues[0]?.text.replaceAll('\u2060', '')).toBe('One\nTwo → <b>three</b> {\\an8}');
  });
});

describe('WebVTT', () => {
  it('reads cues with names, settings, notes, styles, voices and references', () => {
    const text = [
      'WEBVTT - a title',
      'Kind: captions',
      '',
      'STYLE',
      '::cue { color: red }',
      '',
      'NOTE 00:09.000 is mentioned here',
      '',
      'intro',
      '00:01.000 --> 00:02.000 align:start position:10%',
      '<v.loud Ann B.>Tom &amp; <c.yellow>Jerry</c> <00:01.500>&lt;3 &#33;&unknown;',
      '',
      '100:00.000 --> 100:01.000',
    ];
    const file = read(text.slice(0, -2).join('\n'));
    expect(file).toMatchObject({
      format: 'vtt',
      cues: [{ startMs: 1000, endMs: 2000, speaker: 'Ann B.', text: 'Tom & Jerry <3 !&unknown;' }],
    });
    expect(refusal(text.join('\n'))).toContain('At line 13: “100:00.000 --> 100:01.000” is no time');
    expect(refusal('WEBVTT\n\nlost\nwords\n')).toContain('At line 3: “lost” has no time');
  });
});

describe('ASS and SSA', () => {
  const script = (events: string[], style = 'Anton,144,&H0000FFFF,&H0,&H00000000,&H80000000,-1,0,1,6,2,2') =>
    [
      '[Script Info]',
      '; a comment',
      'PlayResX: 1080',
      'PlayResY: 1920',
      '[V4+ Styles]',
      'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment',
      `Style: Main,${style}`,
      '[Events]',
      'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
      ...events,
    ].join('\n');

  it('reads events with plain words, and the look most of them have in our terms', () => {
    const file = read(
      script([
        'Comment: 0,0:00:00.00,0:00:09.00,Main,,0,0,0,,not shown',
        'Dialogue: 0,0:00:02.00,0:00:03.05,Main,,0,0,0,,Second, with commas\\Nand \\{braces\\}',
        'Dialogue: 0,0:00:01.00,0:00:01.50,Main,Ann,0,0,0,,{\\i1}First{\\i0}\\hline',
        'Dialogue: 0,0:00:04.00,0:00:05.00,Main,,0,0,0,,{\\p1}m 0 0 l 100 0 100 100{\\p0}',
      ]),
    );
    expect(file.cues).toEqual([
      { startMs: 1000, endMs: 1500, text: 'First line', speaker: 'Ann' },
      { startMs: 2000, endMs: 3050, text: 'Second, with commas\nand {braces}' },
    ]);
    expect(file.notes).toEqual(['One caption had no words.']);
    expect(file.style).toEqual({
      ...{ fontFamily: 'Anton', fontWeight: 700, isItalic: false, sizePx: 144, fill: '#FFFF00', align: 'centre' },
      ...{ outlineColour: '#000000', outlinePx: 6, shadowColour: '#0000007F', shadowPx: 2 },
    });
  });

  it.each([
    [['Dialogue: 0,0:00:02.00,0:00:03,Main'], 'At line 10: the event has fewer than the 10 parts'],
    [['Dialogue: 0,soon,0:00:03.00,Main,,0,0,0,,Hi'], 'At line 10: “soon” is no time'],
    [['Format: Start, Text'], 'At line 10: the columns of the events lack “end”'],
    [[], 'there was no caption with words'],
  ])('refuses case %#, naming the line', (events, said) => {
    expect(refusal(script(events))).toContain(said);
  });
});

describe('word-timed JSON', () => {
  it('reads whisper.cpp, its pieces put together to words', () => {
    const piece = (text: string, from: number, to: number) => ({ text, offsets: { from, to } });
    const tokens = [piece('[_BEG_]', 0, 0), piece(' Hel', 100, 300), piece('lo', 300, 500), piece(',', 500, 500)];
    const transcription = [
      { offsets: { from: 0, to: 1500 }, text: ' Hello, you', tokens: [...tokens, piece(' you', 700, 900)] },
    ];
    expect(read(JSON.stringify({ systeminfo: '', transcription })).cues).toEqual([
      {
        ...{ startMs: 0, endMs: 1500, text: 'Hello, you' },
        words: [
          { startMs: 100, endMs: 500, text: 'Hello,' },
          { startMs: 700, endMs: 900, text: 'you' },
        ],
      },
    ]);
  });

  it('reads sentences with the words beside them, and groups words that come alone', () => {
    const words = [
      { word: 'Stop', start: 0, end: 0.3 },
      { word: 'scrolling.', start: 0.3, end: 0.9 },
      { word: 'Look', start: 1, end: 1.2 },
      { word: 'here', start: 2.5, end: 2.8 },
    ];
    const segments = [{ start: 0, end: 0.95, text: ' Stop scrolling.' }];
    expect(read(JSON.stringify({ segments, words })).cues[0]).toMatchObject({
      words: [{ text: 'Stop' }, { startMs: 300, endMs: 900, text: 'scrolling.' }],
    });
    expect(times(read(JSON.stringify({ words })).cues)).toEqual([
      [0, 900, 'Stop scrolling.'],
      [1000, 1200, 'Look'],
      [2500, 2800, 'here'],
    ]);
  });

  it.each([
    ['{\n"segments": [\n{"start": 1,, }]}', 'At line 3: this is not valid JSON'],
    ['{"segments":[{"start":1,"end":"2","text":"x"}]}', 'At segments[0].end: '],
    ['{"segments":[{"start":-1,"end":2,"text":"x"}]}', 'At segments[0].start: a time is 0 seconds or later'],
    ['{"segments":[{"start":3,"end":2,"text":"x"}]}', 'At segments[0]: the caption ends before it begins'],
    ['{"transcription":[{"text":"x"}]}', 'At transcription[0].offsets: '],
    ['{"words":[{"word":"a","start":2,"end":1}]}', 'At words[0]: the word ends before it begins'],
    ['{"cues":[]}', 'there is no “transcription”'],
  ])('refuses case %#, naming the path', (text, said) => {
    expect(refusal(text)).toContain(said);
  });
});

describe('encodings', () => {
  const srt = '1\n00:00:01,000 --> 00:00:02,000\nCafé “Zoë” 🎬\n';
  const utf16 = (isLittle: boolean) => {
    const view = new DataView(new ArrayBuffer(2 + srt.length * 2));
    view.setUint16(0, 0xfeff, isLittle);
    for (let n = 0; n < srt.length; n += 1) view.setUint16(2 + n * 2, srt.charCodeAt(n), isLittle);
    return new Uint8Array(view.buffer);
  };

  test('UTF-8 with and without mark and UTF-16 both ways give the same words', () => {
    for (const data of [bytes(srt), bytes(`\uFEFF${srt}`), utf16(true), utf16(false)])
      expect(readCaptions(data)).toMatchObject({ cues: [{ text: 'Café “Zoë” 🎬' }], notes: [] });
  });

  test('Windows-1252 is read and said; binary files are refused', () => {
    const old = Uint8Array.from(
      srt.replace(' 🎬', ''),
      (letter) => ({ '“': 0x93, '”': 0x94 })[letter] ?? letter.charCodeAt(0),
    );
    const file = readCaptions(old);
    expect(file.cues[0]?.text).toBe('Café “Zoë”');
    expect(file.notes[0]).toContain('Windows-1252');
    expect(refusal(Uint8Array.from([0x89, 0x50, 0, 1]))).toContain('At byte 3: this is not text');
  });
});

describe('properties', () => {
  const line = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .map((text) => text.replaceAll(/[\p{Cc}\uFEFF\u2028\u2029]/gu, '').trim())
    .filter((text) => text !== '');
  const span = fc.tuple(fc.nat(86_000_000), fc.nat(60_000));
  const cue = fc.record({ span, lines: fc.array(line, { minLength: 1, maxLength: 3 }) });
  const inOrder = (cues: Cue[]) => cues.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  const cuesOf = (step: number) =>
    fc.array(cue, { minLength: 1, maxLength: 6 }).map((all) =>
      inOrder(
        all.map(({ span: [start, length], lines }) => ({
          startMs: start - (start % step),
          endMs: start - (start % step) + (length - (length % step)),
          text: lines.join('\n'),
        })),
      ),
    );
  /** What a format has no way to say. */
  const sayable: Record<CaptionFormat, (text: string) => boolean> = {
    srt: (text) => !text.includes('-->') && !/[<{]/.test(text),
    vtt: () => true,
    ass: (text) => !text.includes('\u2060'),
    json: () => true,
  };

  test.each(captionFormats)('what is written as %s reads as it was', (format) => {
    fc.assert(
      fc.property(cuesOf(format === 'ass' ? 10 : 1), (cues) => {
        fc.pre(cues.every(({ text }) => sayable[format](text)));
        expect(readCaptions(bytes(writeCaptions(cues, format))).cues).toEqual(cues);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever the bytes, a file is read or refused in words', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'WEBVTT\n\n',
        '[Script Info]\n',
        '[Events]\n',
        'Dialogue: 0,',
        '00:00:01,000',
        ' --> ',
        '\n',
        '\n\n',
      ),
      fc.constantFrom(
        '{"segments":[',
        '{"words":[{"word":"a","start":1,"end":2}]}',
        '}',
        '<v ',
        '{\\p1}',
        '1\n',
        'Format: ',
      ),
      fc.string({ maxLength: 8 }),
    );
    const text = fc.array(piece, { maxLength: 14 }).map((parts) => bytes(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), text), (data) => {
        const said = refusal(data);
        expect(said === 'was read' || /^This caption file cannot be read\. At .+: .+[.?]$/s.test(said)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
