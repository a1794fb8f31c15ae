export type { VariantState } from './exports/variant-states.ts';
export { renderHandlers } from './handlers.ts';
export { createRender } from './service.ts';
export type { RenderSource, RenderSources } from './sources/sources.ts';
export type { NamedEstimate, Render, RenderDeps, RenderEventMap, RenderProjects } from './types.ts';
