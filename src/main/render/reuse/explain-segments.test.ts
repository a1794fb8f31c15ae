import { describe, expect, it } from 'vitest';
import type { SegmentParts, SegmentRecord } from '../plan/segment-record.ts';
import { explainSegments } from './explain-segments.ts';

const same: SegmentParts = {
  ...{ sources: 's', timing: 't', picture: 'p', text: 'w', settings: 'e', workshop: 'f' },
};
/** Segments of 60 frames, one after another. */
function segments(...all: { id: string; isMade?: boolean; parts?: Partial<SegmentParts> }[]): SegmentRecord[] {
  return all.map(({ id, isMade = false, parts = {} }, index) => ({
    ...{ startFrame: index * 60, frames: 60, fingerprint: id, isMade },
    parts: { ...same, ...parts },
  }));
}
const rate = { num: 30, den: 1 };
const reasons = (
  now: readonly SegmentRecord[],
  previous: readonly SegmentRecord[] | null,
  wasMadeBefore = (_: string) => false,
) => explainSegments({ segments: now, previous, wasMadeBefore, rate }).map((one) => one.reason);

describe('explainSegments', () => {
  it('names the part that changed since the revision before', () => {
    const before = segments({ id: 'a' }, { id: 'b', parts: { text: 'old', timing: 'u' } }, { id: 'c' });
    const changedTo = (parts: Partial<SegmentParts>) =>
      reasons(
        segments({ id: 'a' }, { id: 'x', isMade: true, parts: { timing: 'u', text: 'old', ...parts } }, { id: 'c' }),
        before,
      );
    expect(changedTo({ text: 'new' })).toEqual(['reused', 'text', 'reused']);
    expect(changedTo({ timing: 'v' })).toEqual(['reused', 'timing', 'reused']);
    expect(changedTo({ picture: 'q' })).toEqual(['reused', 'picture', 'reused']);
    expect(changedTo({ sources: 'z' })).toEqual(['reused', 'source', 'reused']);
    expect(changedTo({ settings: 'fast' })).toEqual(['reused', 'settings', 'reused']);
    expect(changedTo({ workshop: 'newer', settings: 'fast', text: 'new' })).toEqual(['reused', 'engine', 'reused']);
    // Nothing that was recorded: what is left is the drawing.
    expect(changedTo({})).toEqual(['reused', 'picture', 'reused']);
  });

  it('compares with the piece that has most in common, not with the one at the same time', () => {
    // A trim at the start moved everything by one piece.
    const before = segments(
      { id: 'a', parts: { sources: 'hook' } },
      { id: 'b', parts: { sources: 'body', text: 'old' } },
    );
    const now = segments({ id: 'x', isMade: true, parts: { sources: 'body', text: 'new' } });
    expect(reasons(now, before)).toEqual(['text']);
  });

  it('tells new pieces from those that fell out of the cache', () => {
    const now = segments({ id: 'a', isMade: true }, { id: 'b', isMade: true, parts: { sources: 'new' } });
    expect(reasons(now, null)).toEqual(['first-time', 'first-time']);
    expect(reasons(now, segments({ id: 'a' }))).toEqual(['evicted', 'first-time']);
    expect(reasons(now, null, (fingerprint) => fingerprint === 'b')).toEqual(['first-time', 'evicted']);
  });

  it('says when, for people', () => {
    const before = segments({ id: 'a' }, { id: 'b' });
    const now = segments({ id: 'a' }, { id: 'x', isMade: true, parts: { text: 'new' } });
    expect(explainSegments({ segments: now, previous: before, wasMadeBefore: () => false, rate })[1]).toEqual({
      ...{ startFrame: 60, frames: 60, reason: 'text', because: 'The text at 0:02 changed.' },
    });
  });
});
