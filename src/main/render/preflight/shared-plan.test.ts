import { expect, test } from 'vitest';
import type { ExportRequest } from '#shared/contract/render.ts';
import type { Project } from '#shared/model/index.ts';
import type { NamedEstimate } from '../exports/estimate.ts';
import { createSharedPlan } from './shared-plan.ts';

const never = new AbortController().signal;
const project = { id: 'p' } as Project;
const request = () => ({ projectId: 'p', ratios: ['1:1'] }) as unknown as ExportRequest;

/** Plans that end when told, counted. */
function setUp() {
  const plans: { resolve: () => void; signal: AbortSignal }[] = [];
  const later: (() => void)[] = [];
  const shared = createSharedPlan(
    (_, signal) => {
      const { promise, resolve } = Promise.withResolvers<NamedEstimate>();
      plans.push({ resolve: () => resolve({ outDir: `${plans.length}` } as NamedEstimate), signal });
      return promise;
    },
    {
      after(_, callback) {
        later.push(callback);
        return () => {};
      },
    },
  );
  return { shared, plans, later };
}

test('asked together, in either order, estimate and preflight share one planning', async () => {
  for (const order of [
    ['forEstimate', 'forPreflight'],
    ['forPreflight', 'forEstimate'],
  ] as const) {
    const { shared, plans } = setUp();
    const answers = order.map((ask) => shared[ask](request(), project, never));
    plans[0]?.resolve();
    const [one, other] = await Promise.all(answers);
    expect(one).toBe(other);
    expect(plans).toHaveLength(1);
  }
});

test('a preflight takes an estimate of some seconds ago, an estimate is always of now', async () => {
  const { shared, plans, later } = setUp();
  const first = shared.forEstimate(request(), project, never);
  plans[0]?.resolve();
  expect(await shared.forPreflight(request(), project, never)).toBe(await first);
  void shared.forEstimate(request(), project, never);
  expect(plans).toHaveLength(2);
  plans[1]?.resolve();
  // Another revision, another request, and too late: planned anew.
  await shared.forPreflight(request(), project, never);
  void shared.forPreflight(request(), { ...project }, never);
  expect(plans).toHaveLength(3);
  const another = shared.forPreflight({ ...request(), presetId: 'other' }, project, never);
  expect(plans).toHaveLength(4);
  plans[3]?.resolve();
  await another;
  for (const callback of later) callback();
  void shared.forPreflight({ ...request(), presetId: 'other' }, project, never);
  expect(plans).toHaveLength(5);
});

test('who goes away stops it only when nobody else waits', async () => {
  const { shared, plans } = setUp();
  const [one, other] = [new AbortController(), new AbortController()];
  const estimate = shared.forEstimate(request(), project, one.signal);
  const preflight = shared.forPreflight(request(), project, other.signal);
  one.abort();
  await expect(estimate).rejects.toMatchObject({ code: 'cancelled' });
  expect(plans[0]?.signal.aborted).toBe(false);
  other.abort();
  await expect(preflight).rejects.toMatchObject({ code: 'cancelled' });
  expect(plans[0]?.signal.aborted).toBe(true);
  void shared.forPreflight(request(), project, never);
  expect(plans).toHaveLength(2);
});
