export type { Clock, Dispose } from './clock.ts';
export { systemClock } from './clock.ts';
export type { ManualClock } from './manual-clock.ts';
export { manualClock } from './manual-clock.ts';
