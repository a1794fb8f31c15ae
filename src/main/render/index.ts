export { renderHandlers } from './handlers.ts';
export { createRender } from './service.ts';
export type { RenderSource, RenderSources } from './sources.ts';
export type { NamedEstimate, Render, RenderDeps, RenderEventMap, RenderProjects } from './types.ts';
export type { VariantState } from './variant-states.ts';
