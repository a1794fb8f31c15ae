import type { Events } from '#main/platform/events/index.ts';
import type {
  CheckReport,
  ExportBatch,
  ExportRequestInput,
  ExportsChoice,
  ExportView,
  HandoffState,
  PreflightFinding,
  Review,
  ReviewInput,
  SoundStretch,
} from '#shared/contract/render.ts';
import type { AssetId, ExportBatchId, JobId, ProjectId, Release, SoundLevels } from '#shared/model/index.ts';
import type { Beats } from '#shared/sound/beats.ts';
import type { Rate } from '#shared/units/index.ts';
import type { FileAims } from './check/check-file.ts';
import type { RenderEventMap } from './context.ts';
import type { NamedEstimate } from './exports/estimate.ts';
import type { VariantState } from './exports/variant-states.ts';
import type { Affected } from './reuse/affected.ts';
import type { Explanation } from './reuse/explain-export.ts';
import type { BatchFilter } from './reuse/export-batches.ts';
import type { ExportFilter, Page } from './store.ts';

/** Exports: plan, run, check, list. */
export interface Render {
  readonly events: Events<RenderEventMap>;
  estimate(request: ExportRequestInput, signal: AbortSignal): Promise<NamedEstimate>;
  /** Holds a request against the rules of its placements. */
  preflight(request: ExportRequestInput, signal: AbortSignal): Promise<PreflightFinding[]>;
  /** Stores exports and their jobs in one transaction. Throws what stands in the way of all of them. */
  start(request: ExportRequestInput, signal: AbortSignal): Promise<{ batchId: ExportBatchId; exports: ExportView[] }>;
  list(filter: Omit<ExportFilter, 'open' | 'states'>, page: Page): { exports: ExportView[]; total: number };
  /** As `list`, also by where exports stand. */
  search(filter: Omit<ExportFilter, 'open'>, page: Page): Promise<{ exports: ExportView[]; total: number }>;
  batches(filter: BatchFilter): Promise<ExportBatch[]>;
  get(id: string): ExportView;
  waitForBatch(batchId: ExportBatchId, signal: AbortSignal): Promise<ExportView[]>;
  cancel(which: { id?: string | undefined; batchId?: ExportBatchId | undefined }): Promise<void>;
  rerun(id: string, signal?: AbortSignal): Promise<ExportView>;
  /** Exports some again as their next revisions, as one batch. */
  reexport(ids: readonly string[], signal: AbortSignal): Promise<{ batchId: ExportBatchId; exports: ExportView[] }>;
  /** The exports that no longer show the project as it is now, and what exporting them again comes to. */
  affected(projectId: ProjectId, signal: AbortSignal): Promise<Affected>;
  /** Where each segment of an export came from. */
  explain(id: string): Explanation;
  /** Tries an export again by the job that failed. Throws `conflict` when another has taken its place since. */
  retryJob(id: JobId): Promise<void>;
  /** Stops exports, keeping what was encoded; resolves when nothing of them runs any more. */
  pause(choice: ExportsChoice): Promise<void>;
  /** Goes on with exports that are paused, failed or cancelled. */
  resume(choice: ExportsChoice): Promise<void>;
  forget(ids: readonly string[]): void;
  /** Keeps what a person thinks of a finished export. Throws `not-found`, `conflict`, `invalid-input`. */
  review(input: ReviewInput): Review;
  variantStates(projectId: ProjectId, signal: AbortSignal): Promise<VariantState[]>;
  releases(projectId: ProjectId, page: Page): { releases: Release[]; total: number };
  /** How loud stretches of sound are, window by window; null where there is nothing to hear. */
  soundLevels(
    request: { rate: Rate; stretches: readonly SoundStretch[] },
    signal: AbortSignal,
  ): Promise<(SoundLevels | null)[]>;
  /** Integrated loudness of stretches of sound, LUFS; null for silence. */
  soundLoudness(
    request: { rate: Rate; stretches: readonly SoundStretch[] },
    signal: AbortSignal,
  ): Promise<(number | null)[]>;
  /** The beats of an asset, found once. Throws `media-missing`, `unsupported-media`. */
  beats(assetId: AssetId, signal: AbortSignal): Promise<Beats>;
  /** Decodes any file and looks at it. */
  check(path: string, signal: AbortSignal, aims?: FileAims): Promise<CheckReport>;
  /** The picture behind `<mediaBase>/exports/<id>/evidence/<n>`; null when there is none. */
  evidenceFile(id: string, n: string): { path: string; mime: string } | null;
  /** The cover of a finished export, made on first use; null while there is no export. */
  coverPicture(id: string, signal: AbortSignal): Promise<{ path: string; mime: string } | null>;
  handoff(batchId: ExportBatchId): HandoffState;
  /** Throws `conflict` while exports of the batch are under way. */
  rewriteHandoff(batchId: ExportBatchId): HandoffState;
  /** The file behind `<mediaBase>/exports/<id>`; null while there is none. */
  mediaFile(id: string): { path: string; mime: string } | null;
  /** A picture of one frame of a finished export; null while there is none. Throws when it cannot be decoded. */
  framePicture(
    id: string,
    frame: number,
    heightPx: number,
    signal: AbortSignal,
  ): Promise<{ path: string; mime: string } | null>;
  /** How full the cache of segments and sounds is, and how full it may be. */
  cacheState(): Promise<{ usedBytes: number; limitBytes: number; files: number }>;
  /** Frees the cache of what no export is using; returns the bytes freed. */
  clearCache(): Promise<number>;
  /** Exports under way. */
  runningCount(): number;
  /** Deletes this process's working files. Stop the jobs first. */
  dispose(): Promise<void>;
}
