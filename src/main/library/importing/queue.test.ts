import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';

test('takers get every item once, in order, whether they come before or after it', async () => {
  const queue = createQueue<number>();
  const early = [queue.take(), queue.take()];
  for (let item = 0; item < 5000; item += 1) queue.add(item);
  const taken = await Promise.all(early);
  for (let count = 2; count < 5000; count += 1) taken.push(await queue.take());
  expect(taken).toEqual(Array.from({ length: 5000 }, (_, index) => index));
  const late = queue.take();
  queue.end();
  expect(await late).toBeNull();
  expect(await queue.take()).toBeNull();
});
