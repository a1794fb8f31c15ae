import { expect, it } from 'vitest';
import { lostAfterMs, sortLost } from './use-keep-lost.ts';

const open = (recordingId: string, seconds: number, idleMs: number) => ({
  ...{ recordingId, seconds, idleMs },
  ...{ beganAtMs: 0, samples: seconds * 48_000 },
});

it('tells what is lost from what still goes on, and from what is nothing', () => {
  const found = sortLost([open('old', 5, 60_000), open('nothing', 0.1, 60_000), open('going on', 5, 400)]);
  expect(found.lost.map(({ recordingId }) => recordingId)).toEqual(['old']);
  expect(found.empty.map(({ recordingId }) => recordingId)).toEqual(['nothing']);
  expect(found.lookAgainMs).toBe(lostAfterMs + 600);
  expect(sortLost([]).lookAgainMs).toBeNull();
});
