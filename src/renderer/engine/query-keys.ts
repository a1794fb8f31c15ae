import type { AssetId, ProjectId } from '#shared/model/index.ts';

/** Names of everything cached, so that events can say what to read anew. */
export const keys = {
  system: ['system'] as const,
  doctor: ['doctor'] as const,
  settings: ['settings'] as const,
  fonts: ['fonts'] as const,
  /** Lists, counts and facets of media. */
  assetLists: ['asset-lists'] as const,
  assets: ['asset'] as const,
  asset: (id: AssetId) => ['asset', id] as const,
  subclips: ['subclips'] as const,
  collections: ['collections'] as const,
  imports: ['imports'] as const,
  jobs: ['jobs'] as const,
  jobCounts: ['job-counts'] as const,
  projects: ['projects'] as const,
  project: (id: ProjectId) => ['project', id] as const,
  allProjectStates: ['project'] as const,
  history: (id: ProjectId) => ['history', id] as const,
  exports: ['exports'] as const,
  /** All of a project; see `useProjectExports`. */
  projectExports: (id: ProjectId) => ['project-exports', id] as const,
  variantStates: ['variant-states'] as const,
  presets: ['presets'] as const,
  estimate: ['estimate'] as const,
};
