import type { PreflightFinding } from '#shared/contract/index.ts';
import { type PlacementId, type Project, placements, variantKey } from '#shared/model/index.ts';
import { useApplyEdit, usePreflight, useProject, useUndo } from '../../engine/index.ts';
import { toast } from '../../ui/index.ts';
import { type ExportChoice, fileKey } from './export-choice.ts';
import { useSettled } from './use-export-choice.ts';
import type { ExportDraft } from './use-export-request.ts';

/** What holding an export against the rules of its placements found. */
export interface Preflight {
  findings: readonly PreflightFinding[];
  error: unknown;
  /** False while the findings belong to an earlier choice. */
  isFresh: boolean;
  /** Does what a finding's fix says. */
  fix: (finding: PreflightFinding) => void;
}

/** The choice with at least one ratio of each of these placements ticked. */
export function withPlacementRatios(choice: ExportChoice, ids: readonly PlacementId[]): ExportChoice {
  const ratios = new Set(choice.ratios);
  for (const id of ids) {
    const [first] = placements[id].ratios;
    if (first && !placements[id].ratios.some((ratio) => ratios.has(ratio))) ratios.add(first);
  }
  return ratios.size === choice.ratios.size ? choice : { ...choice, ratios };
}

/** Follows a draft's placements and mends what their rules find. */
export function useDraftPreflight(project: Project, draft: ExportDraft): Preflight {
  const { request, choice, setChoice, options, setOptions } = draft;
  const wanted = request && options.placements.length > 0 ? request : null;
  const settled = useSettled(wanted, 300);
  const { data: state } = useProject(project.id);
  const { data, error, isFetching } = usePreflight(settled, state?.headSeq ?? 0);
  const apply = useApplyEdit(project.id);
  const { undo } = useUndo(project.id);
  const fix = ({ fix: wantedFix }: PreflightFinding) => {
    if (!wantedFix) return;
    if (wantedFix.kind === 'edits') {
      const edit = { type: 'batch', label: wantedFix.label.slice(0, 100), edits: wantedFix.edits } as never;
      if (apply(edit)) toast.done(`${wantedFix.label}: done.`, { label: 'Undo', onClick: undo });
      return;
    }
    const { ratios, except, ...others } = wantedFix.change;
    setOptions(others);
    if (!ratios && !except) return;
    setChoice({
      keys: choice.keys,
      ratios: ratios ? new Set(ratios) : choice.ratios,
      except: except
        ? new Set(except.map(({ variant, ratio }) => fileKey(variantKey(project, variant), ratio)))
        : choice.except,
    });
  };
  return {
    findings: wanted === null ? [] : (data?.findings ?? []),
    error: wanted === null ? null : error,
    isFresh: !isFetching && settled === wanted,
    fix,
  };
}
