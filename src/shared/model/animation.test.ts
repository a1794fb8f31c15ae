import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Curve, convertKeys, curveAt, isMoving, type Keyframe, shiftKeys, valueAt } from './animation.ts';
import { animatedLimits, animatedProperties, animationPatchSchema, animationSchema, layoutSchema } from './clip.ts';
import { isFreelyPlaced, layoutAt } from './layout-at.ts';

const key = (frame: number, value: number, curve: Curve = 'linear'): Keyframe => ({ frame, value, curve });

const curves = fc.oneof(
  fc.constantFrom<Curve>('linear', 'hold', 'ease-in', 'ease-out', 'ease-in-out'),
  fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constant(0.3),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constant(1.2),
  ),
);
const someKeys = fc
  .uniqueArray(
    fc.record({ frame: fc.integer({ min: -40, max: 80 }), value: fc.integer({ min: 0, max: 3 }), curve: curves }),
    {
      selector: ({ frame }) => frame,
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((keys) => keys.toSorted((a, b) => a.frame - b.frame));

describe('curves', () => {
  test('begin at nothing and end at all, and are what they are called', () => {
    for (const curve of ['linear', 'ease-in', 'ease-out', 'ease-in-out', [0.3, 2, 0.1, -1]] as Curve[]) {
      expect(curveAt(curve, 0)).toBe(0);
      expect(curveAt(curve, 1)).toBe(1);
    }
    expect(curveAt('ease-in', 0.25)).toBeLessThan(0.15);
    expect(curveAt('ease-out', 0.25)).toBeGreaterThan(0.35);
    expect(curveAt('ease-in-out', 0.5)).toBeCloseTo(0.5, 6);
    expect(curveAt('hold', 0.99)).toBe(0);
    // cubic-bezier(.25, .1, .25, 1), the CSS "ease", half way.
    expect(curveAt([0.25, 0.1, 0.25, 1], 0.5)).toBeCloseTo(0.8024, 3);
  });
});

describe('keyframes', () => {
  test('hold their first and last value outside, and go along the curve between', () => {
    const keys = [key(10, 0), key(20, 1, 'hold'), key(30, 5)];
    expect([0, 10, 15, 20, 29, 30, 99].map((frame) => valueAt(keys, frame))).toEqual([0, 0, 0.5, 1, 1, 5, 5]);
  });

  test('say whether a stretch moves: never no when two of its frames differ', () => {
    fc.assert(
      fc.property(
        someKeys,
        fc.integer({ min: -50, max: 90 }),
        fc.integer({ min: 1, max: 60 }),
        (keys, from, length) => {
          const values = Array.from({ length }, (_, n) => valueAt(keys, from + n));
          const differs = values.some((value) => value !== values[0]);
          if (differs) expect(isMoving(keys, from, from + length)).toBe(true);
        },
      ),
    );
    expect(isMoving([key(0, 1), key(9, 1)], 0, 10)).toBe(false);
    expect(isMoving([key(0, 1), key(9, 2)], 20, 40)).toBe(false);
  });

  test('shifted, they show the same values so much later', () => {
    fc.assert(
      fc.property(someKeys, fc.integer({ min: -30, max: 30 }), fc.integer({ min: -60, max: 90 }), (keys, by, frame) => {
        expect(valueAt(shiftKeys(keys, by), frame + by)).toBe(valueAt(keys, frame));
      }),
    );
  });

  test('stay in order, one per frame, when frames fall together', () => {
    const converted = convertKeys([key(0, 1), key(1, 2), key(4, 3)], (frame) => Math.round(frame / 3));
    expect(converted).toEqual([key(0, 2), key(1, 3)]);
  });

  test('are refused out of order, twice at a frame, or beyond what the value can be', () => {
    const parse = (keys: object[]) => animationSchema.safeParse({ opacity: keys }).success;
    expect(
      parse([
        { frame: 0, value: 0 },
        { frame: 5, value: 1 },
      ]),
    ).toBe(true);
    expect(
      parse([
        { frame: 5, value: 0 },
        { frame: 0, value: 1 },
      ]),
    ).toBe(false);
    expect(
      parse([
        { frame: 5, value: 0 },
        { frame: 5, value: 1 },
      ]),
    ).toBe(false);
    expect(parse([{ frame: 5, value: 1.5 }])).toBe(false);
    expect(parse([])).toBe(false);
  });
});

describe('every number of a layout', () => {
  const keysAt = (value: number, curve: Curve = 'linear') => [key(0, value, curve)];

  test('may have keyframes within its limits, in clips and in edits', () => {
    expect(animatedProperties.toSorted()).toEqual(
      Object.entries(layoutSchema.parse({}))
        .flatMap(([part, value]) => (typeof value === 'number' ? [part] : []))
        .toSorted(),
    );
    for (const property of animatedProperties) {
      const [min, max] = animatedLimits[property];
      for (const schema of [animationSchema, animationPatchSchema]) {
        const isGood = (value: number) => schema.safeParse({ [property]: keysAt(value) }).success;
        expect([isGood(min), isGood(max), isGood(min - 0.01), isGood(max + 0.01)], property).toEqual([
          ...[true, true],
          ...[false, false],
        ]);
      }
      expect(
        layoutSchema.safeParse({ [property]: max }).success && layoutSchema.safeParse({ [property]: min }).success,
      );
    }
  });

  test('stops at its limit where a curve shoots beyond; places, and turns, go on', () => {
    const overshoot: Curve = [0.3, 3, 0.6, 3];
    for (const property of animatedProperties) {
      const [min, max] = animatedLimits[property];
      const mover = {
        layout: layoutSchema.parse({}),
        ...{ overrides: {}, originFrame: 0, movers: [] },
        animation: { [property]: [key(0, min, overshoot), key(20, max)] },
      };
      const most = Math.max(...Array.from({ length: 20 }, (_, frame) => layoutAt(mover, frame, '9:16')[property]));
      expect(most > max, property).toBe(['x', 'y', 'rotationDeg'].includes(property));
    }
  });

  test('places a picture freely where its crop or blur changes, not where only its colours do', () => {
    const free = (property: string) =>
      isFreelyPlaced(
        {
          layout: layoutSchema.parse({}),
          ...{ overrides: {}, originFrame: 0, movers: [], animation: { [property]: keysAt(0) } },
        },
        '9:16',
      );
    expect(animatedProperties.filter((property) => !free(property))).toEqual([
      ...['opacity', 'exposure', 'contrast', 'saturation', 'temperature'],
    ]);
  });
});
