export { createEvents } from './events.ts';
export type { Events, StreamOptions } from './types.ts';
