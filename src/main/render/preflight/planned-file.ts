import type { ExportRequest, PreflightFinding, Preset } from '#shared/contract/render.ts';
import type { OutputVersion, Placement, Project, Ratio, Variant } from '#shared/model/index.ts';

/** One file of a request as far as it is known before rendering. */
export interface PlannedFile {
  variant: Variant;
  variantKey: string;
  variantName: string;
  ratio: Ratio;
  version: OutputVersion;
  seconds: number;
  /** Estimated. */
  bytes: number;
  hasSound: boolean;
}

/** What is held against placements. */
export interface PreflightInput {
  project: Project;
  request: ExportRequest;
  preset: Preset;
  framesPerSecond: number;
  files: readonly PlannedFile[];
}

/** "https://… (2026-11-20)" */
export function sourceOf({ source, date }: Pick<Placement, 'source' | 'date'>): string {
  return `${source} (${date})`;
}

/** Files a finding is about, each variant and ratio once. */
export function outputsOf(files: readonly PlannedFile[]): PreflightFinding['outputs'] {
  const byCell = new Map(files.map((file) => [`${file.ratio} ${file.variantKey}`, file]));
  return [...byCell.values()].map(({ variantKey, variantName, ratio }) => ({ variantKey, variantName, ratio }));
}

/** "“Hook 1” in 9:16" or "3 files" */
export function whoIs(files: readonly PlannedFile[]): string {
  const outputs = outputsOf(files);
  const [only] = outputs;
  return outputs.length === 1 && only ? `“${only.variantName}” in ${only.ratio}` : `${outputs.length} files`;
}
