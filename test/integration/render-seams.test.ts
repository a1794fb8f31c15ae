import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSeamMemory } from '#main/render/check/seam-memory.ts';
import {
  openRenderEngine,
  openRenderKit,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

let kit: RenderKit;
let engine: RenderEngine;

beforeAll(async () => {
  kit = await openRenderKit();
  engine = openRenderEngine(kit, sourcesOf([]), []);
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

const seam = (name: string) => ({ before: `${name} before`, after: `${name} after` });

it('lets one file look at a join, and the others wait until it has', async () => {
  const memory = createSeamMemory(engine.db);
  const [one, two, three] = [seam('one'), seam('two'), seam('three')];
  const first = memory.claim([one, two]);
  expect(first.mine).toEqual([one, two]);
  const second = memory.claim([two, three]);
  expect(second.mine).toEqual([three]);

  let hasWaited = false;
  const waiting = second.others.then(() => {
    hasWaited = true;
  });
  memory.add([one]);
  second.release();
  await Promise.resolve();
  expect(hasWaited).toBe(false);
  first.release();
  await waiting;
  // The second join was not found right: whoever waited looks at it for itself.
  expect(memory.has(one)).toBe(true);
  expect(memory.has(two)).toBe(false);
  expect(memory.claim([two]).mine).toEqual([two]);
});
