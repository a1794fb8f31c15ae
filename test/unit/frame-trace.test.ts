import { describe, expect, it } from 'vitest';
import { costsOf, percentile, type TraceEvent } from '../fixtures/frame-trace.ts';

const on = { pid: 1, tid: 1 };
const thread = (pid: number): TraceEvent => ({
  ...{ name: 'thread_name', ph: 'M', pid, tid: 1, ts: 0 },
  args: { name: 'CrRendererMain' },
});
const task = (name: string, ts: number, dur: number, tdur = dur): TraceEvent => ({
  ...on,
  name,
  ph: 'X',
  ts,
  dur,
  tdur,
});

describe('costsOf', () => {
  it('sums script and layout up to each commit of the page that draws, what is nested once', () => {
    const events = [
      thread(2),
      thread(1),
      task('EventDispatch', 1000, 4000, 3000),
      task('FunctionCall', 1500, 3000),
      task('Layout', 6000, 1000),
      task('Paint', 7500, 9000),
      task('Commit', 8000, 500),
      task('FireAnimationFrame', 20_000, 2000),
      task('Commit', 30_000, 500),
      { ...task('FunctionCall', 21_000, 90_000), pid: 2 },
    ];
    expect(costsOf(events)).toEqual([
      { wallMs: 5, cpuMs: 4 },
      { wallMs: 2, cpuMs: 2 },
    ]);
  });
  it('refuses a trace without a page', () => {
    expect(() => costsOf([thread(1)])).toThrow('no page');
  });
});

it('percentile takes the value below which a part lies', () => {
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(percentile([1, 2], 0.95)).toBe(2);
});
