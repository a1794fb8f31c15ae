import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Project, Variant } from '#shared/model/index.ts';
import { useExportMemory } from '../../state/index.ts';
import { type ExportChoice, type ExportRow, exportRows, firstChoice, rememberedChoice } from './export-choice.ts';

/** Every variant of a project as a line; the same list while slots and rules stay. */
export function useExportRows(project: Project): readonly ExportRow[] {
  const { slots, globals, pairingRules } = project;
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing else of a project decides which variants there are
  return useMemo(() => exportRows(project), [slots, globals, pairingRules]);
}

/** What is ticked for a project's exports: the same in the matrix and in the export dialog, and remembered. */
export function useExportChoice(project: Project): [ExportChoice, (choice: ExportChoice) => void] {
  const rows = useExportRows(project);
  const [{ keys, ratios, except }, remember] = useExportMemory(project.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the project only what its rows are made of counts
  const choice = useMemo(() => rememberedChoice(project, rows, { keys, ratios, except }), [rows, keys, ratios, except]);
  const setChoice = useCallback(
    (next: ExportChoice) => remember({ keys: [...next.keys], ratios: [...next.ratios], except: [...next.except] }),
    [remember],
  );
  return [choice, setChoice];
}

/** The choice of a dialog: a project's remembered one, or one of its own that begins with the variants asked for. */
export function useDialogChoice(
  project: Project,
  wanted: readonly Variant[] | null,
): [ExportChoice, (choice: ExportChoice) => void] {
  const shared = useExportChoice(project);
  const own = useState(() => ({ ...firstChoice(project, wanted), ratios: shared[0].ratios }));
  return wanted === null ? shared : own;
}

/** A value that follows another once that has been still for a moment. */
export function useSettled<Value>(value: Value, afterMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
