export type { RenderDeps, RenderEventMap, RenderProjects } from './context.ts';
export { exportJobType } from './context.ts';
export type { NamedEstimate } from './exports/estimate.ts';
export type { VariantState } from './exports/variant-states.ts';
export { renderHandlers } from './handlers.ts';
export { createRender } from './service.ts';
export { type OwnFace, shippedFaces } from './sources/fonts.ts';
export type { RenderSource, RenderSources } from './sources/sources.ts';
export type { Render } from './types.ts';
