import { expect, test } from 'vitest';
import { guideLines, snapWay } from './canvas-snap.ts';

const box = { x: 0.1, y: 0.1, width: 0.2, height: 0.1 };
const reach = { x: 0.02, y: 0.02 };

test('a box is drawn to the middle, the thirds and the edges of the safe box, whichever is nearest', () => {
  const lines = guideLines({ x: 0.06, y: 0.14, width: 0.88, height: 0.51 });
  // Its middle comes near to the frame's: 0.2 + 0.29.
  expect(snapWay(box, { x: 0.29, y: 0.27 }, lines, reach)).toEqual({
    way: { x: expect.closeTo(0.3, 9), y: 0.27 },
    guides: [{ axis: 'x', at: 0.5 }],
  });
  // Its lower edge comes near to that of the safe box: 0.2 + 0.44.
  const low = snapWay(box, { x: 0.09, y: 0.44 }, lines, reach);
  expect(low.way.y).toBeCloseTo(0.45, 9);
  expect(low.guides).toEqual([{ axis: 'y', at: expect.closeTo(0.65, 9) }]);
});

test('out of reach it goes as it is moved', () => {
  expect(snapWay(box, { x: 0.07, y: 0.06 }, guideLines(null), { x: 0.001, y: 0.001 })).toEqual({
    ...{ way: { x: 0.07, y: 0.06 }, guides: [] },
  });
});
