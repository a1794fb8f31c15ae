import { expect, it } from 'vitest';
import { placesText } from './check-places.ts';

const rate = { num: 30, den: 1 };

it('tells single frames with their times, and frames in a row by the first', () => {
  expect(placesText([12], rate)).toBe('Frame 12 (00:00:00:12)');
  expect(placesText([12, 40, 41, 42], rate)).toBe('Frame 12 (00:00:00:12); from frame 40 (00:00:01:10) on');
  expect(placesText([7, 8], undefined)).toBe('From frame 7 on');
});

it('tells six places and says when there are more', () => {
  const many = [1, 3, 5, 7, 9, 11, 13];
  expect(placesText(many, undefined)).toBe('Frame 1; frame 3; frame 5; frame 7; frame 9; frame 11 …');
});
