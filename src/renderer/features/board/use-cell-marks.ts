import { useMemo } from 'react';
import type { ExportView } from '#shared/contract/index.ts';
import type { Project, Ratio, VariantKey } from '#shared/model/index.ts';
import { useProjectExports, useVariantStates } from '../../engine/index.ts';

/** Where a variant's export stands in one ratio. */
export interface CellMark {
  /** `wrong`: finished, and the check found a fault. `changed`: what was exported is not what it is now. */
  state: 'queued' | 'running' | 'paused' | 'failed' | 'wrong' | 'exported' | 'changed';
  /** 0 to 1, while it is being made. */
  fraction: number;
  /** For people. */
  text: string;
  /** The finished file that can be played; null when there is none. */
  exportId: string | null;
}

/** What the check of a finished file found wrong; null = nothing. */
function faultOf({ check }: ExportView): string | null {
  if (!check || check.isPassed) return null;
  const [first, ...others] = check.findings.filter((finding) => finding.state === 'failed');
  if (!first) return 'The check found something wrong';
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return `Check failed: ${first.label} is ${first.found}, expected ${first.expected}${more}`;
}

/** The mark of files that were started together for one variant and ratio: its versions. */
function markOfFiles(files: readonly ExportView[], state: 'exported' | 'changed' | null): CellMark | null {
  const find = (wanted: ExportView['state']) => files.find((one) => one.state === wanted);
  const playable = files.find((one) => one.state === 'finished' && !one.isFileMissing)?.id ?? null;
  const fraction = files.reduce((sum, one) => sum + one.fraction, 0) / files.length;
  const percent = `${Math.round(fraction * 100)} %`;
  if (find('running')) return { state: 'running', fraction, text: `Exporting, ${percent}`, exportId: playable };
  if (find('queued')) return { state: 'queued', fraction, text: 'Waits to be exported', exportId: playable };
  if (find('paused')) return { state: 'paused', fraction, text: `Paused at ${percent}`, exportId: playable };
  const failed = find('failed');
  if (failed)
    return { state: 'failed', fraction: 0, text: `Failed: ${failed.error?.userMessage ?? ''}`, exportId: playable };
  const wrong = files.find((one) => one.state === 'finished' && faultOf(one) !== null);
  if (wrong) return { state: 'wrong', fraction: 1, text: faultOf(wrong) ?? '', exportId: playable };
  if (state === 'changed') return { state, fraction: 1, text: 'Changed since it was exported', exportId: playable };
  if (state === 'exported') return { state, fraction: 1, text: 'Exported as it is now, checked', exportId: playable };
  return null;
}

/** Marks by variant, from a project's exports (newest first) and where its variants stand. */
export function marksOf(
  exports: readonly ExportView[],
  states: readonly { variantKey: string; ratio: Ratio; state: 'exported' | 'changed' }[],
  ratio: Ratio,
): ReadonlyMap<VariantKey, CellMark> {
  const newest = new Map<VariantKey, ExportView[]>();
  for (const one of exports) {
    if (one.ratio !== ratio) continue;
    const known = newest.get(one.variantKey);
    if (!known) newest.set(one.variantKey, [one]);
    else if (known[0]?.batchId === one.batchId) known.push(one);
  }
  const standing = new Map(states.filter((one) => one.ratio === ratio).map((one) => [one.variantKey, one.state]));
  const marks = new Map<VariantKey, CellMark>();
  for (const key of new Set([...newest.keys(), ...standing.keys()])) {
    const mark = markOfFiles(newest.get(key) ?? [], standing.get(key) ?? null);
    if (mark) marks.set(key, mark);
  }
  return marks;
}

/** Where each variant's export stands in a ratio. */
export function useCellMarks(project: Project, ratio: Ratio): ReadonlyMap<VariantKey, CellMark> {
  const exports = useProjectExports(project.id);
  const { data: states } = useVariantStates(project.id);
  return useMemo(() => marksOf(exports, states ?? [], ratio), [exports, states, ratio]);
}
