import { useMemo } from 'react';
import type { ExportRequestInput } from '#shared/contract/index.ts';
import type { Project, Variant } from '#shared/model/index.ts';
import { usePresets } from '../../engine/index.ts';
import { type ExportMemory, useExportMemory } from '../../state/index.ts';
import { chosenRequest, countFiles, type ExportChoice, type ExportRow } from './export-choice.ts';
import { useDialogChoice, useExportRows } from './use-export-choice.ts';

/** Everything chosen for an export, how to change it, and what it asks of the engine. */
export interface ExportDraft {
  rows: readonly ExportRow[];
  choice: ExportChoice;
  setChoice: (choice: ExportChoice) => void;
  options: ExportMemory;
  setOptions: (change: Partial<ExportMemory>) => void;
  /** Null when nothing is ticked. */
  request: ExportRequestInput | null;
  files: number;
}

/** What is chosen for a project's exports; with `wanted`, for these variants alone. */
export function useExportDraft(project: Project, wanted: readonly Variant[] | null): ExportDraft {
  const rows = useExportRows(project);
  const [choice, setChoice] = useDialogChoice(project, wanted);
  const [memory, setOptions] = useExportMemory(project.id);
  const { data: presets } = usePresets();
  const isKnown = presets?.some((one) => one.id === memory.presetId) ?? true;
  const options = useMemo(() => (isKnown ? memory : { ...memory, presetId: 'standard' }), [isKnown, memory]);
  const request = useMemo(() => {
    const chosen = chosenRequest(project.id, rows, choice);
    const { placements, versions, presetId, rateControl, handoff, outDir, namingPattern } = options;
    return chosen && { ...chosen, placements, versions, presetId, rateControl, handoff, outDir, namingPattern };
  }, [project.id, rows, choice, options]);
  return { rows, choice, setChoice, options, setOptions, request, files: request ? countFiles(request) : 0 };
}
