import { expect, it } from 'vitest';
import { leftFacts, toRenderText } from './left-to-make.ts';

it('says what is made already, and nothing of it while nothing is', () => {
  expect(toRenderText({ distinctSeconds: 12, missingSeconds: 12 })).toBe('12.0 s');
  expect(toRenderText({ distinctSeconds: 12, missingSeconds: 11.97 })).toBe('12.0 s');
  expect(toRenderText({ distinctSeconds: 12, missingSeconds: 2 })).toBe('2.0 s, 10.0 s are made already');
  expect(toRenderText({ distinctSeconds: 12, missingSeconds: 0.01 })).toBe('Nothing: all pieces are made already');
  expect(toRenderText({ distinctSeconds: 0, missingSeconds: 0 })).toBe('0.0 s');
});

it('is silent among other facts while nothing is made', () => {
  expect(leftFacts({ distinctSeconds: 12, missingSeconds: 12 })).toEqual([]);
  expect(leftFacts({ distinctSeconds: 0, missingSeconds: 0 })).toEqual([]);
  expect(leftFacts({ distinctSeconds: 12, missingSeconds: 2 })).toEqual(['2.0 s of it still to make']);
  expect(leftFacts({ distinctSeconds: 12, missingSeconds: 0 })).toEqual(['all made already']);
});
