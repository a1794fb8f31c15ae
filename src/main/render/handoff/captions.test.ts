import { expect, test } from 'vitest';
import { flattenVariant, projectSchema } from '#shared/model/index.ts';
import { captionCues, srtOf } from './captions.ts';

const text = (id: string, startFrame: number, words: string, role = 'title') => ({
  ...{ id, startFrame, lengthFrames: 30 },
  content: { kind: 'text', text: words, role },
});
const projectWith = (clips: unknown[]) =>
  projectSchema.parse({
    id: 'p',
    name: 'Ad',
    slots: [{ id: 's', name: 'S', options: [{ id: 'o', name: 'O', content: { kind: 'sequence', sequenceId: 'q' } }] }],
    sequences: [
      { id: 'q', lengthFrames: 120, tracks: clips.map((clip, n) => ({ id: `t${n}`, kind: 'visual', clips: [clip] })) },
    ],
  });
const cuesOf = (clips: unknown[]) => {
  const project = projectWith(clips);
  return captionCues(
    project,
    flattenVariant(project, { s: 'o' } as never, () => null),
  );
};

test('captions win over titles, in the order they are seen; titles stand in where there are none', () => {
  const said = [text('b', 60, 'later', 'caption'), text('t', 0, 'TITLE'), text('a', 0, 'first', 'caption')];
  expect(cuesOf(said).map((cue) => [cue.startFrame, cue.endFrame, cue.text])).toEqual([
    [0, 30, 'first'],
    [60, 90, 'later'],
  ]);
  expect(cuesOf([text('t', 0, 'TITLE')]).map((cue) => cue.text)).toEqual(['TITLE']);
});

test('a SubRip file counts from one, in milliseconds, and keeps to its own marks', () => {
  const rate = { num: 30_000, den: 1001 };
  const cues = [
    { startFrame: 0, endFrame: 30, text: 'One\n\nTwo --> three' },
    { startFrame: 108_000, endFrame: 108_030, text: 'Ünïcode 🎬' },
  ];
  expect(srtOf(cues, rate)).toBe(
    [
      ...['1', '00:00:00,000 --> 00:00:01,001', 'One', 'Two → three', ''],
      ...['2', '01:00:03,600 --> 01:00:04,601', 'Ünïcode 🎬', '', ''],
    ].join('\r\n'),
  );
  expect(srtOf([], rate)).toBeNull();
});
