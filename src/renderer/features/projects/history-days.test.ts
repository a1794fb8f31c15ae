import { describe, expect, it } from 'vitest';
import { dayName, stepsByDay, timeOfDay } from './history-days.ts';

const at = (day: number, hour: number) => new Date(2026, 2, day, hour, 5).getTime();

describe('days of a history', () => {
  it('have names that people use', () => {
    const now = at(30, 9);
    expect([at(30, 1), at(29, 23), at(28, 12)].map((ms) => dayName(ms, now))).toEqual([
      'Today',
      'Yesterday',
      'Sat, 28 Mar 2026',
    ]);
    expect(timeOfDay(at(28, 14))).toBe('14:05');
  });

  it('hold their steps in order', () => {
    const steps = [at(30, 9), at(30, 8), at(28, 12)].map((atMs) => ({ atMs }));
    expect(stepsByDay(steps).map((day) => day.steps.length)).toEqual([2, 1]);
  });
});
