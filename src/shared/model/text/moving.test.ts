import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shippedFaces, shippedMetrics } from '../../../../test/fixtures/font-metrics.ts';
import { rational } from '../../units/index.ts';
import { textStyleSchema } from '../clip.ts';
import { projectSchema } from '../project.ts';
import { textEvents } from '../text-events.ts';
import { flattenSequence, type Timeline } from '../timeline.ts';
import {
  assDocument,
  type FontFace,
  motionCurves,
  retimeWords,
  shiftWords,
  type TextEvent,
  textExits,
  textMotions,
  wordHighlights,
  wordSpans,
  wordsOf,
} from './index.ts';

const faces = shippedFaces.map((face): FontFace => {
  const { typographicFamily: fontFamily, weight: fontWeight, isItalic } = face;
  const metrics = shippedMetrics({ fontFamily, fontWeight, isItalic });
  return metrics ? { ...face, metrics } : face;
});
const output = { width: 270, height: 480 };
const rate = rational(30);

const word = fc.constantFrom('Hi', 'sale', 'today,', '🔥', '{{x}}', 'a\\N', 'C:\\', 'really', '{b}');
const textArbitrary = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '  ', '\n')), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.map(([text, gap]) => text + gap).join(''));
const styleArbitrary = fc.record({
  entrance: fc.constantFrom(...textMotions),
  exit: fc.constantFrom(...textExits),
  entranceMs: fc.integer({ min: 20, max: 900 }),
  exitMs: fc.integer({ min: 20, max: 900 }),
  motionCurve: fc.constantFrom(...motionCurves),
  highlight: fc.constantFrom(...wordHighlights),
  boxColour: fc.constantFrom(null, '#112233', '#11223380'),
  lineSpacing: fc.constantFrom(1, 1.4),
  wordsPerLine: fc.integer({ min: 0, max: 3 }),
  maxLines: fc.integer({ min: 0, max: 2 }),
  isFitted: fc.boolean(),
});

function timelineOf(text: string, style: object, lengthFrames: number, words: unknown[] = []): Timeline {
  const clip = { id: 'c', startFrame: 7, lengthFrames, content: { kind: 'text', text, style, words } };
  const project = projectSchema.parse({
    ...{ id: 'p', name: 'P', rate, slots: [], globals: [], seams: [], pairingRules: [], compositions: [] },
    sequences: [{ id: 's', tracks: [{ id: 't', kind: 'visual', clips: [clip] }] }],
  });
  const [sequence] = project.sequences;
  if (!sequence) throw new Error('no sequence');
  return flattenSequence(project, sequence, {});
}

/** What a script shows at its frame `frame`, without the names of its styles. */
function shownAt(events: readonly TextEvent[], frame: number): string {
  const seen = events.filter(({ startFrame, endFrame }) => startFrame <= frame && frame < endFrame);
  const still = seen.map((event) => ({ ...event, startFrame: 0, endFrame: 1 }));
  return assDocument({ events: still, output, rate, faces });
}

test('a text cut anywhere looks in each frame as it does whole', () => {
  fc.assert(
    fc.property(textArbitrary, styleArbitrary, fc.integer({ min: 1, max: 70 }), fc.nat(), (text, style, length, at) => {
      const timeline = timelineOf(text, style, length);
      const [clip] = timeline.clips;
      if (!clip) return;
      const whole = textEvents(clip, timeline, { ratio: '9:16', output }, clip.startFrame, timeline.lengthFrames);
      const from = 7 + (at % length);
      const part = textEvents(clip, timeline, { ratio: '9:16', output }, from, timeline.lengthFrames);
      for (let frame = 7; frame < timeline.lengthFrames; frame += 1) {
        const alone = textEvents(clip, timeline, { ratio: '9:16', output }, frame, frame + 1);
        expect(shownAt(whole, frame)).toBe(shownAt(alone, frame));
        if (frame >= from) expect(shownAt(part, frame)).toBe(shownAt(alone, frame));
      }
    }),
    { numRuns: 60 },
  );
});

test('no event moves by itself, and every one of them lies on the frame grid', () => {
  fc.assert(
    fc.property(textArbitrary, styleArbitrary, (text, style) => {
      const timeline = timelineOf(text, style, 40);
      const events = timeline.clips.flatMap((clip) =>
        textEvents(clip, timeline, { ratio: '9:16', output }, 7, timeline.lengthFrames),
      );
      const script = assDocument({ events, output, rate, faces });
      expect(script).not.toMatch(/\{[^}]*\\(t\(|move|fad|[kK])/);
      for (const { startFrame, endFrame } of events) {
        expect(Number.isInteger(startFrame) && Number.isInteger(endFrame) && startFrame < endFrame).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

const timed = (text: string) =>
  wordsOf(text).map((one, at) => ({ text: one, startFrame: at * 10, endFrame: at * 10 + 8 }));
const starts = (text: string, next: string) =>
  retimeWords(timed(text), next)
    .map((one) => `${one.text}@${one.startFrame}`)
    .join(' ');

test('words that stay keep their times when others change', () => {
  expect(starts('one two three', 'one 2 three')).toBe('one@0 2@10 three@20');
  expect(starts('one two three', 'one three')).toBe('one@0 three@20');
  expect(starts('one two three', 'One, two three!')).toBe('One,@0 two@10 three!@20');
  expect(starts('one two three', 'two three')).toBe('two@10 three@20');
  expect(starts('one two', 'one and two')).toBe('one@0 and@8 two@10');
  expect(starts('one two three', 'one twenty two three')).toBe('one@0 twenty@8 two@10 three@20');
  expect(starts('one two', 'completely different words')).toBe('completely@0 different@8 words@14');
});

test('words are as many as the text has, in order, whatever was changed', () => {
  fc.assert(
    fc.property(textArbitrary, textArbitrary, (before, after) => {
      const words = retimeWords(timed(before), after);
      expect(words.map((one) => one.text)).toEqual(wordsOf(after));
      for (const one of words) expect(one.endFrame).toBeGreaterThanOrEqual(one.startFrame);
    }),
  );
});

test('without times, words are spread over the clip by their letters', () => {
  expect(wordSpans('aa bbbb\ncc', [], 80)).toEqual([
    { startFrame: 0, endFrame: 20 },
    { startFrame: 20, endFrame: 60 },
    { startFrame: 60, endFrame: 80 },
  ]);
  expect(shiftWords(timed('a b'), 10).map(({ startFrame }) => startFrame)).toEqual([-10, 0]);
});

test('a caption shows its lines in groups, and the word that is said in the colour chosen', () => {
  const style = { highlight: 'fill', highlightColour: '#00FF00', wordsPerLine: 2, maxLines: 1, fontFamily: 'Inter' };
  const timeline = timelineOf('one two three four', style, 40, timed('one two three four'));
  const [clip] = timeline.clips;
  if (!clip) throw new Error('no clip');
  const events = textEvents(clip, timeline, { ratio: '9:16', output }, 7, timeline.lengthFrames);
  const words = (frame: number) =>
    shownAt(events, frame)
      .split('\n')
      .find((line) => line.startsWith('Dialogue'));
  expect(words(7)).toContain('\\1c&H00FF00&\\1a&H00&}one{');
  expect(words(7)).not.toContain('three');
  expect(words(7 + 25)).toContain('\\1c&H00FF00&\\1a&H00&}three{');
  expect(words(7 + 25)).not.toContain('one');
  expect(textStyleSchema.parse({}).highlight).toBe('none');
});
