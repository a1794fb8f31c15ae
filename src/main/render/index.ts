export type { RenderSource, RenderSources } from './sources.ts';
