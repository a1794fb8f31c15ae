import { expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { manualClock } from './manual-clock.ts';

it('fires timers in order, each at its time', () => {
  const clock = manualClock(1000);
  const seen: string[] = [];
  clock.after(50, () => seen.push(`late ${clock.nowMs()}`));
  const stop = clock.every(20, () => seen.push(`tick ${clock.nowMs()}`));
  clock.advance(45);
  stop();
  clock.jumpWall(-500);
  clock.advance(45);
  expect(seen).toEqual(['tick 1020', 'tick 1040', 'late 550']);
  expect(clock.monotonicMs()).toBe(90);
});

it.each([
  ['manual', manualClock()],
  ['system', systemClock()],
] as const)('the %s clock rejects a cancelled sleep', async (_name, clock) => {
  const abort = new AbortController();
  const sleeping = clock.sleep(60_000, abort.signal);
  abort.abort();
  await expect(sleeping).rejects.toMatchObject({ code: 'cancelled' });
  await expect(clock.sleep(60_000, abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
});
