import { expect, test } from 'vitest';
import type { CaptionFile } from './cue.ts';
import type { CaptionsPut } from './put-captions.ts';
import { putWords } from './put-words.ts';

const file: CaptionFile = { format: 'srt', cues: [], style: null, notes: ['One caption had no words.'] };
const put = (over: Partial<CaptionsPut>): CaptionsPut => ({
  ...{ edit: { type: 'project.rename', name: 'x' }, placed: 2, shortened: 0, outside: 0, crowded: 0, replaced: 0 },
  ...over,
});

test('what became of the captions is said, and nothing else', () => {
  const place = { name: 'Hook 3', sharers: 1 };
  expect(putWords(put({}), { ...file, notes: [] }, place)).toBe(
    '2 captions put on Hook 3, counted from its first frame.',
  );
  expect(
    putWords(put({ placed: 1, replaced: 4, outside: 1, shortened: 1, crowded: 2 }), file, { ...place, sharers: 2 }),
  ).toBe(
    '1 caption put on Hook 3, counted from its first frame. 4 that were there were replaced. ' +
      '1 begins after its end and was left out. 1 is cut off at its end. ' +
      '2 were left out, because three others are seen at the same time. ' +
      'All 2 options that share this timeline show them. One caption had no words.',
  );
  expect(putWords(put({ edit: null, placed: 0, outside: 5 }), file, place)).toBe(
    'All 5 captions begin after the end of Hook 3: nothing was put there.',
  );
});
