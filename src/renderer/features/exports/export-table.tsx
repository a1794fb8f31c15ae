import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { type Project, type Ratio, ratios, type VariantKey } from '#shared/model/index.ts';
import { useVariantStates } from '../../engine/index.ts';
import { Button, Checkbox, cn, SearchInput } from '../../ui/index.ts';
import {
  type ExportChoice,
  type ExportRow,
  firstChoice,
  isChosen,
  mostRows,
  tickState,
  withFile,
  withMember,
  withMembers,
} from './export-choice.ts';
import { StateMark } from './state-mark.tsx';

interface ExportTableProps {
  project: Project;
  rows: readonly ExportRow[];
  choice: ExportChoice;
  onChange: (choice: ExportChoice) => void;
}

const columns = 'grid grid-cols-[minmax(0,1fr)_repeat(4,72px)] items-center';

/** Variants down, formats across. Ticking a line and a column makes that file; its dot leaves it out again. */
export function ExportTable({ project, rows, choice, onChange }: ExportTableProps) {
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter((row) => words.every((word) => row.name.toLowerCase().includes(word)));
  }, [rows, search]);
  const setKeys = (keys: ReadonlySet<VariantKey>) => onChange({ ...choice, keys });
  const tickAll = (isIn: boolean) =>
    setKeys(
      withMembers(
        choice.keys,
        shown.map((row) => row.key),
        isIn,
      ),
    );
  return (
    <section
      aria-label="Variants and formats"
      className="flex min-w-0 grow flex-col max-[880px]:min-h-64 max-[880px]:shrink-0"
    >
      <div className="flex items-center gap-2 px-4 py-2.5">
        <SearchInput label="Search variants" value={search} onChange={setSearch} className="w-52" />
        <div className="grow" />
        <Button variant="ghost" onClick={() => setKeys(firstChoice(project, null).keys)}>
          One per hook
        </Button>
        <Button variant="ghost" onClick={() => setKeys(new Set(rows.map((row) => row.key)))}>
          All {rows.length}
        </Button>
      </div>
      <div className={cn(columns, 'h-9 shrink-0 border-y border-line bg-app pr-2 text-sm text-ink-2')}>
        <Checkbox
          label={`Variants (${choice.keys.size} of ${rows.length})`}
          value={tickState(shown, choice.keys)}
          onChange={tickAll}
          className="px-4"
        />
        {ratios.map((ratio) => (
          <Checkbox
            key={ratio}
            label={ratio}
            value={choice.ratios.has(ratio)}
            onChange={(isIn) => onChange({ ...choice, ratios: withMember(choice.ratios, ratio, isIn) })}
          />
        ))}
      </div>
      <Lines
        project={project}
        rows={shown}
        choice={choice}
        onTick={(key, isIn) => setKeys(withMember(choice.keys, key, isIn))}
        onTickFile={(key, ratio, isIn) => onChange(withFile(choice, key, ratio, isIn))}
      />
      {rows.length >= mostRows && (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-3">The first {mostRows} variants are listed.</p>
      )}
    </section>
  );
}

interface LinesProps {
  project: Project;
  rows: readonly ExportRow[];
  choice: ExportChoice;
  onTick: (key: VariantKey, isIn: boolean) => void;
  /** One ratio of one variant. */
  onTickFile: (key: VariantKey, ratio: Ratio, isIn: boolean) => void;
}

function Lines({ project, rows, choice, onTick, onTickFile }: LinesProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const { data: states } = useVariantStates(project.id);
  const stateOf = useMemo(
    () => new Map((states ?? []).map((one) => [`${one.variantKey}|${one.ratio}`, one.state])),
    [states],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 34,
    overscan: 10,
  });
  return (
    <div ref={scroll} className="min-h-0 grow overflow-y-auto">
      <ul aria-label="Variants" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const isTicked = choice.keys.has(row.key);
          return (
            <li
              key={row.key}
              className={cn(
                columns,
                'absolute inset-x-0 h-8.5 border-b border-line pr-2',
                isTicked && 'bg-accent-soft/40',
              )}
              style={{ top: item.start }}
            >
              <Checkbox
                label={row.name}
                value={isTicked}
                onChange={(isIn) => onTick(row.key, isIn)}
                className="h-full min-w-0 truncate px-4"
              />
              {ratios.map((ratio) => (
                <Cell
                  key={ratio}
                  isMade={isChosen(choice, row.key, ratio)}
                  label={`${row.name} in ${ratio}`}
                  onChange={(isIn) => onTickFile(row.key, ratio, isIn)}
                  state={stateOf.get(`${row.key}|${ratio}`)}
                />
              ))}
            </li>
          );
        })}
      </ul>
      {rows.length === 0 && <p className="p-6 text-center text-sm text-ink-3">No variant fits the search.</p>}
    </div>
  );
}

interface CellProps {
  isMade: boolean;
  label: string;
  onChange: (isIn: boolean) => void;
  state: 'exported' | 'changed' | undefined;
}

/** Whether one file is made; a click leaves it out or takes it in. */
function Cell({ isMade, label, onChange, state }: CellProps) {
  return (
    <span className="flex items-center gap-0.5">
      <button
        type="button"
        role="switch"
        aria-checked={isMade}
        aria-label={label}
        onClick={() => onChange(!isMade)}
        className="group/dot flex size-6 items-center justify-center rounded-md hover:bg-lift"
      >
        <span
          className={cn(
            'size-2 rounded-full',
            isMade ? 'bg-accent' : 'border border-line-strong group-hover/dot:border-ink-3',
          )}
        />
      </button>
      {state && <StateMark state={state} />}
    </span>
  );
}
