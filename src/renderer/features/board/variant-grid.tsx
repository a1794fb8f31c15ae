import { Grid2x2Check, Maximize2, Minimize2, Waypoints } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type Project, ratios } from '#shared/model/index.ts';
import { rememberedAtom, useAtom, useMatrixIsLarge, useShownRatio } from '../../state/index.ts';
import { Badge, Button, EmptyState, IconButton, Panel, SearchInput, Segmented, useCommands } from '../../ui/index.ts';
import { useExportChoice, useExportRows } from '../exports/use-export-choice.ts';
import { filterMatrix, type Matrix, type MatrixCell } from './matrix.ts';
import { MatrixFooter } from './matrix-footer.tsx';
import type { CellSize } from './matrix-layout.ts';
import { MatrixView } from './matrix-view.tsx';
import { RulesDialog } from './rules-dialog.tsx';
import { useCellMarks } from './use-cell-marks.ts';
import { useMatrix } from './use-variants.ts';

type Show = 'all' | 'new' | 'changed';
const showAtom = rememberedAtom<Show>('variants.show', 'all');
const sizeAtom = rememberedAtom<CellSize>('variants.size', 'small', (value) => value === 'small' || value === 'large');

/** Every variant the columns combine into: playable before anything is rendered, ticked for export, watched while made. */
export function VariantGrid({ project }: { project: Project }) {
  const matrix = useMatrix(project);
  const rows = useExportRows(project);
  const [choice, setChoice] = useExportChoice(project);
  const [ratio] = useShownRatio();
  const marks = useCellMarks(project, ratio);
  const [show, setShow] = useAtom(showAtom);
  const [size, setSize] = useAtom(sizeAtom);
  const [search, setSearch] = useState('');
  const [isRulesShown, setIsRulesShown] = useState(false);
  const shown = useMemo(() => {
    if (!matrix) return null;
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0 && show === 'all') return matrix;
    const fits = ({ key, name, blockedBy }: MatrixCell) => {
      const state = marks.get(key)?.state;
      const isKnown = state === 'exported' || state === 'changed';
      if (show !== 'all' && (blockedBy || (show === 'new' ? isKnown : state !== 'changed'))) return false;
      return words.every((word) => name.toLowerCase().includes(word));
    };
    return filterMatrix(matrix, fits);
  }, [matrix, search, show, marks]);
  const bar = { show, setShow, size, setSize, search, setSearch };
  return (
    <Panel
      label="Variants"
      className="grow"
      title={
        <span className="flex items-center gap-2">
          Variants <Badge>{rows.length.toLocaleString('en-US')}</Badge>
        </span>
      }
      actions={<Bar {...bar} project={project} hasSearch={rows.length > 6} onRules={() => setIsRulesShown(true)} />}
    >
      {shown === null ? (
        <EmptyState size="sm" icon={<Grid2x2Check />} title="No variants yet">
          As soon as a column holds an option, every combination appears here and can be played.
        </EmptyState>
      ) : (
        <>
          <Shown matrix={shown}>
            <MatrixView {...{ project, size, choice, marks }} matrix={shown} onChange={setChoice} />
          </Shown>
          <MatrixFooter {...{ project, rows, choice }} onChange={setChoice} />
        </>
      )}
      {isRulesShown && <RulesDialog project={project} onClose={() => setIsRulesShown(false)} />}
    </Panel>
  );
}

function Shown({ matrix, children }: { matrix: Matrix; children: React.ReactNode }) {
  if (matrix.rows.length === 0) return <p className="grow p-6 text-center text-sm text-ink-3">No variant fits.</p>;
  return (
    <>
      {matrix.isCut && (
        <p className="shrink-0 px-3 py-1 text-xs text-warn">
          There are more variants than can be shown: these are the first. Rules make them fewer.
        </p>
      )}
      {children}
    </>
  );
}

interface BarProps {
  project: Project;
  show: Show;
  setShow: (show: Show) => void;
  size: CellSize;
  setSize: (size: CellSize) => void;
  search: string;
  setSearch: (search: string) => void;
  hasSearch: boolean;
  onRules: () => void;
}

/** What is shown of the variants, and how. */
function Bar({ project, show, setShow, size, setSize, search, setSearch, hasSearch, onRules }: BarProps) {
  const [ratio, setRatio] = useShownRatio();
  const [isLarge, setIsLarge] = useMatrixIsLarge();
  const ruleCount = project.pairingRules.length;
  useCommands([
    {
      id: 'variants.large',
      label: 'Large matrix or board',
      group: 'Board',
      keys: 'Shift+M',
      run: () => setIsLarge(!isLarge),
    },
    { id: 'variants.rules', label: 'Pairing rules…', group: 'Board', run: onRules },
  ]);
  return (
    <>
      {hasSearch && <SearchInput label="Search variants" value={search} onChange={setSearch} className="w-40" />}
      <Button size="sm" variant="ghost" icon={<Waypoints className="size-3.5" />} onClick={onRules}>
        {ruleCount > 0 ? `Rules (${ruleCount})` : 'Rules'}
      </Button>
      <Segmented
        label="Show variants"
        size="sm"
        value={show}
        onChange={setShow}
        options={[
          { value: 'all', label: 'All' },
          { value: 'new', label: 'Not exported' },
          { value: 'changed', label: 'Changed' },
        ]}
      />
      <Segmented
        label="Format shown"
        size="sm"
        value={ratio}
        onChange={setRatio}
        options={ratios.map((one) => ({ value: one, label: one }))}
      />
      <Segmented
        label="Size of the pictures"
        size="sm"
        value={size}
        onChange={setSize}
        options={[
          { value: 'small', label: 'S', name: 'Small pictures' },
          { value: 'large', label: 'L', name: 'Large pictures' },
        ]}
      />
      <IconButton
        label={isLarge ? 'Back to the columns' : 'Only the matrix'}
        shortcut="Shift+M"
        size="sm"
        onClick={() => setIsLarge(!isLarge)}
      >
        {isLarge ? <Minimize2 /> : <Maximize2 />}
      </IconButton>
    </>
  );
}
