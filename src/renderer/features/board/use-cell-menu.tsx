import { useNavigate } from '@tanstack/react-router';
import { Ban, Eye, Film, Play, RectangleVertical, Scissors, Share, Undo2 } from 'lucide-react';
import { newId, type PairingRuleId, type Project, ratios, type VariantKey } from '#shared/model/index.ts';
import { useApplyEdit, useUndo } from '../../engine/index.ts';
import { useOpenDialog } from '../../state/index.ts';
import { type MenuItem, toast } from '../../ui/index.ts';
import { type ExportChoice, isChosen, tickState, withFile } from '../exports/export-choice.ts';
import { type CellRange, cellsWithin, type Matrix, type MatrixCell } from './matrix.ts';
import { ruleOffers, ruleSentence } from './pairing-rules.ts';
import type { CellMark } from './use-cell-marks.ts';
import type { MatrixActions } from './use-matrix-actions.ts';

interface CellMenuPlace {
  project: Project;
  matrix: Matrix;
  range: CellRange;
  choice: ExportChoice;
  marks: ReadonlyMap<VariantKey, CellMark>;
  onChange: (choice: ExportChoice) => void;
  actions: MatrixActions;
}

/** What the menu of a cell offers: for the cell, and for all that are selected with it. */
export function useCellMenu(place: CellMenuPlace): MenuItem[] {
  const { project, matrix, range, choice, marks, onChange, actions } = place;
  const openDialog = useOpenDialog();
  const navigate = useNavigate();
  const rules = useRuleMenu(project);
  const cell = matrix.cells[range.focus.row]?.[range.focus.column] ?? null;
  if (!cell) return [{ kind: 'heading', label: 'No variant here' }];
  if (cell.blockedBy) return rules.ofBlocked(cell);
  const selected = cellsWithin(matrix, range);
  const isMany = selected.length > 1;
  const isAll = tickState(selected, choice.keys) === true;
  const exportId = marks.get(cell.key)?.exportId ?? null;
  return [
    { label: 'Play in place', icon: <Play />, shortcut: 'Enter', onSelect: () => actions.play(cell) },
    { label: 'Play large', shortcut: 'Shift+Enter', onSelect: () => actions.openLarge(cell) },
    ...(exportId
      ? [
          { label: 'Play the finished file', icon: <Film />, onSelect: () => actions.playFile(exportId) },
          {
            label: 'Open in review',
            icon: <Eye />,
            onSelect: () => void navigate({ to: '/review', search: { export: exportId } }),
          },
        ]
      : []),
    {
      label: 'Open timeline',
      icon: <Scissors />,
      onSelect: () => void navigate({ to: '/edit/$kind/$id', params: { kind: 'variant', id: cell.key } }),
    },
    { kind: 'separator' },
    {
      label: isMany ? `${isAll ? 'Untick' : 'Tick'} these ${selected.length}` : isAll ? 'Untick' : 'Tick',
      shortcut: 'Space',
      onSelect: () => actions.tickRange(range),
    },
    {
      label: 'Formats',
      icon: <RectangleVertical />,
      items: ratios.map((one) => ({
        label: one,
        isChecked: selected.every(({ key }) => isChosen(choice, key, one)),
        onSelect: () => {
          const isIn = !selected.every(({ key }) => isChosen(choice, key, one));
          onChange(selected.reduce((made, { key }) => withFile(made, key, one, isIn), choice));
        },
      })),
    },
    {
      label: isMany ? `Export these ${selected.length}…` : 'Export this one…',
      icon: <Share />,
      onSelect: () => openDialog({ kind: 'export', variants: selected.map((one) => one.variant) }),
    },
    { kind: 'separator' },
    ...rules.ofAllowed(cell),
  ];
}

function useRuleMenu(project: Project): {
  ofAllowed: (cell: MatrixCell) => MenuItem[];
  ofBlocked: (cell: MatrixCell) => MenuItem[];
} {
  const apply = useApplyEdit(project.id);
  const { undo } = useUndo(project.id);
  return {
    ofAllowed: (cell) => {
      const offers = ruleOffers(project, cell.variant);
      const items = offers.map(({ label, optionIds }) => ({
        label,
        onSelect: () => {
          const rule = { id: newId<PairingRuleId>('rule'), kind: 'exclude' as const, optionIds };
          if (apply({ type: 'pairing.set', rule }))
            toast.done(`${ruleSentence(project, rule)}.`, { label: 'Undo', onClick: undo });
        },
      }));
      return [{ label: 'Never combine', icon: <Ban />, items, isDisabled: items.length === 0 }];
    },
    ofBlocked: ({ blockedBy }) =>
      blockedBy
        ? [
            { kind: 'heading', label: ruleSentence(project, blockedBy) },
            {
              label: 'Allow again',
              icon: <Undo2 />,
              onSelect: () => {
                if (apply({ type: 'pairing.remove', ruleId: blockedBy.id }))
                  toast.done('The rule is removed.', { label: 'Undo', onClick: undo });
              },
            },
          ]
        : [],
  };
}
