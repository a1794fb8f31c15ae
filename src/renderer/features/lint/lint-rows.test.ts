import { expect, test } from 'vitest';
import type { ClipId, LintFinding } from '#shared/model/index.ts';
import { lintRows, lintSummary } from './lint-rows.ts';

const finding = (clipId: string, more: Partial<LintFinding>): LintFinding => ({
  ...{ kind: 'covered', placement: 'tiktok-in-feed', ratio: '9:16', clipId: clipId as ClipId, instance: clipId },
  ...{ slotId: null, what: 'text', text: 'Buy  now', startFrame: 30, endFrame: 60 },
  ...{ box: { x: 0, y: 0, width: 1, height: 0.1 }, parts: ['caption'], pixels: 50 },
  ...more,
});

test('one row per clip says everything of it, the worst first', () => {
  const rows = lintRows([
    finding('b', { kind: 'near', placement: 'youtube-shorts', parts: [], pixels: 80 }),
    finding('b', {}),
    finding('b', { placement: 'instagram-reels', parts: ['caption', 'buttons'] }),
    finding('b', { instance: 'b again', startFrame: 90 }),
    finding('a', { kind: 'small', placement: null, parts: [], pixels: 31, startFrame: 0, text: '', what: 'logo' }),
  ]);
  expect(
    rows.map(({ title, sentences, isHidden, canMove, startFrame }) => ({
      title,
      sentences,
      isHidden,
      canMove,
      startFrame,
    })),
  ).toEqual([
    {
      ...{ title: 'Buy now', isHidden: true, canMove: true, startFrame: 30 },
      sentences: [
        'Covered by the caption and buttons in TikTok in-feed ad and Instagram Reel',
        'Outside the safe zone of YouTube Short, by 80 px',
      ],
    },
    {
      ...{ title: 'Logo', isHidden: false, canMove: false, startFrame: 0 },
      sentences: ['Small for a phone: 31 px, at least 40 are advised'],
    },
  ]);
});

test('the summary counts what viewers cannot see', () => {
  const small = finding('a', { kind: 'small', placement: null });
  expect(lintSummary(lintRows([]))).toBe('Words and logos are clear');
  expect(lintSummary(lintRows([small]))).toBe('1 note on safe zones');
  expect(lintSummary(lintRows([finding('a', {}), finding('b', { kind: 'cut' }), finding('c', { what: 'logo' })]))).toBe(
    '2 texts and 1 logo are covered or cut off',
  );
});
