import { describe, expect, it } from 'vitest';
import { placementIdSchema, placements, placementsForRatio } from './placement.ts';
import { copyProblem, judgePlacement, type PlacementFacts, placementFindings } from './placement-rules.ts';

const facts: PlacementFacts = {
  size: { width: 1080, height: 1920 },
  seconds: 30,
  bytes: 20_000_000,
  framesPerSecond: 30,
  bitrate: 5_000_000,
  container: 'mp4',
  codec: 'h264',
  loudnessLufs: null,
};
const broken = (id: keyof typeof placements, more: Partial<PlacementFacts>) =>
  judgePlacement(placements[id], { ...facts, ...more })
    .filter((verdict) => verdict.state === 'broken')
    .map((verdict) => `${verdict.rule}${verdict.isConfirmed ? '' : '?'}`);

describe('the table of placements', () => {
  it('has a row for every id, each with its source and date', () => {
    for (const id of placementIdSchema.options) {
      expect(placements[id]).toMatchObject({ id, date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) });
      expect(placements[id].source).not.toBe('');
      expect(placements[id].ratios.length).toBeGreaterThan(0);
    }
  });

  it('takes a full-size upright ad of half a minute wherever upright is taken', () => {
    for (const id of placementsForRatio(placementIdSchema.options, '9:16'))
      expect([id, broken(id, {})]).toEqual([id, []]);
  });
});

describe('judging', () => {
  it.each([
    ['tiktok-in-feed', { size: { width: 1080, height: 1350 } }, ['ratio']],
    ['tiktok-in-feed', { size: { width: 270, height: 480 } }, ['pixels']],
    ['tiktok-in-feed', { seconds: 4 }, ['length']],
    ['tiktok-in-feed', { seconds: 61, bytes: 600_000_000 }, ['length', 'size']],
    ['tiktok-in-feed', { bitrate: 400_000 }, ['bitrate']],
    ['tiktok-in-feed', { container: 'webm' }, ['container']],
    ['tiktok-post', { framesPerSecond: 15 }, ['frame-rate']],
    ['tiktok-post', { size: { width: 202, height: 360 } }, ['pixels']],
    ['instagram-reels', { size: { width: 1080, height: 1080 }, bytes: 400_000_000 }, ['ratio?', 'size?']],
    ['instagram-stories', { bytes: 100_000_001, bitrate: 26_000_000 }, ['size', 'bitrate']],
    ['facebook-reels', { seconds: 91, codec: 'vp8' }, ['length', 'codec']],
    ['meta-feed-square', { size: { width: 540, height: 540 } }, ['pixels']],
    ['youtube-shorts', { seconds: 181 }, ['length?']],
  ] as const)('%s, %j breaks %j', (id, more, rules) => {
    expect(broken(id, more)).toEqual(rules);
  });

  it('forgives what rounding alone makes, and judges nothing it does not know', () => {
    expect(broken('tiktok-in-feed', { seconds: 60.033 })).toEqual([]);
    expect(broken('facebook-reels', { framesPerSecond: 24000 / 1001 })).toEqual([]);
    const unknown = Object.fromEntries(Object.keys(facts).map((key) => [key, null])) as unknown as PlacementFacts;
    for (const id of placementIdSchema.options) expect(broken(id, unknown)).toEqual([]);
  });

  it('fails a file only by confirmed rules', () => {
    const square = { ...facts, size: { width: 1080, height: 1080 } };
    const state = (id: keyof typeof placements) =>
      placementFindings(placements[id], square).find((finding) => finding.id.endsWith('-ratio'));
    expect(state('instagram-reels')).toMatchObject({
      state: 'note',
      found: expect.stringContaining('not confirmed'),
    });
    expect(state('facebook-reels')).toMatchObject({ state: 'failed', expected: '9:16', found: '1080×1080' });
  });
});

describe('words beside the ad', () => {
  const tiktok = placements['tiktok-in-feed'].primaryText!;
  it.each([
    ['Sale! 50 % off © 2026', null],
    ['x'.repeat(100), null],
    ['x'.repeat(101), /101 characters.*at most 100/],
    ['Sale 🔥', /emoji/],
    ['Sale #now {x}', /braces and “#”/],
    ['  ', /needs it/],
  ])('%j in a TikTok ad', (text, problem) => {
    const found = copyProblem(tiktok, text);
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });

  it('are counted as the platform does', () => {
    const faces = '😀'.repeat(1101);
    expect(copyProblem(placements['tiktok-post'].primaryText!, faces)).toMatch(/2202/);
    expect(copyProblem(placements['instagram-reels'].primaryText!, faces)).toBeNull();
  });
});
