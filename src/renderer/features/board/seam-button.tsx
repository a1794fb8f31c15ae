import { Blend, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Project, Transition } from '#shared/model/index.ts';
import { useApplyEdit } from '../../engine/index.ts';
import { cn, IconButton, Popover, Select, Tooltip } from '../../ui/index.ts';
import { TransitionFields } from '../transitions/transition-fields.tsx';
import { transitionNames, transitionText, usualTransition } from '../transitions/transition-words.ts';
import { type Boundary, commonSeam, type Pair, pairsAt, setSeamEdit, transitionOf } from './seam-edits.ts';

/** Most pairs listed; more are changed in the timeline of a variant. */
const mostPairs = 60;

/** Between two columns: what happens where their options meet, for all pairs and for single ones. */
export function SeamButton({ project, boundary }: { project: Project; boundary: Boundary }) {
  const [isOpen, setOpen] = useState(false);
  const { before, after } = boundary;
  const common = transitionOf(commonSeam(project, boundary));
  const own = pairsAt(project, boundary).filter((pair) => pair.own !== null).length;
  const text = common ? transitionText(common, project.rate) : 'Cut';
  const label = `${before.name} → ${after.name}: ${text}${own > 0 ? `, ${own} other` : ''}`;
  const isSet = common !== null || own > 0;
  return (
    <div className="relative z-10 w-0 shrink-0">
      <Popover
        label={`Transition from ${before.name} to ${after.name}`}
        align="center"
        isOpen={isOpen}
        onOpenChange={setOpen}
        className="w-84 p-3"
        trigger={
          <button
            type="button"
            aria-label={label}
            title={label}
            className={cn(
              'absolute top-1.5 -left-3 flex size-6 items-center justify-center rounded-full border bg-panel hover:bg-lift focus-visible:outline-2 focus-visible:outline-accent',
              isSet ? 'border-accent text-accent' : 'border-line-strong text-ink-3 hover:text-ink',
            )}
          >
            <Blend className="size-3.5" aria-hidden />
          </button>
        }
      >
        <SeamPanel project={project} boundary={boundary} common={common} />
      </Popover>
    </div>
  );
}

const row = (label: string, control: React.ReactNode) => (
  <div key={label} className="grid min-h-7 grid-cols-[84px_minmax(0,1fr)] items-center gap-x-2">
    <span className="text-sm text-ink-3">{label}</span>
    <div className="flex min-w-0 items-center gap-1.5">{control}</div>
  </div>
);

function SeamPanel({ project, boundary, common }: { project: Project; boundary: Boundary; common: Transition | null }) {
  const apply = useApplyEdit(project.id);
  const pairs = pairsAt(project, boundary);
  return (
    <>
      <h3 className="mb-2 text-sm font-semibold">
        {boundary.before.name} → {boundary.after.name}
      </h3>
      <section aria-label="All pairs" className="flex flex-col gap-1.5">
        <TransitionFields
          transition={common}
          rate={project.rate}
          canCut
          onChange={(next) => void apply(setSeamEdit(project, boundary, null, next))}
          row={row}
        />
      </section>
      {pairs.length > 1 && (
        <section aria-label="Single pairs" className="mt-3 border-t border-line pt-2">
          <h4 className="mb-1 text-xs font-semibold text-ink-2">Single pairs</h4>
          <ul className="flex max-h-56 flex-col gap-1 overflow-y-auto">
            {pairs.slice(0, mostPairs).map((pair) => (
              <PairRow
                key={`${pair.from.id} ${pair.to.id}`}
                project={project}
                boundary={boundary}
                pair={pair}
                common={common}
              />
            ))}
          </ul>
          {pairs.length > mostPairs && (
            <p className="mt-1 text-xs text-ink-3">The others are set in the timeline of a variant.</p>
          )}
        </section>
      )}
      <p className="mt-2 text-xs text-ink-3">The ad keeps its length: both sides play on beyond the cut.</p>
    </>
  );
}

function PairRow(props: { project: Project; boundary: Boundary; pair: Pair; common: Transition | null }) {
  const { project, boundary, pair, common } = props;
  const apply = useApplyEdit(project.id);
  const { from, to, own } = pair;
  const name = `${from.name} → ${to.name}`;
  const transition = transitionOf(own);
  const set = (value: string) => {
    if (value === 'all') {
      if (own) apply({ type: 'seam.remove', seamId: own.id });
      return;
    }
    const kind = transitionNames.find((one) => one.kind === value)?.kind;
    const length = (transition ?? common)?.lengthFrames;
    const next = kind ? usualTransition(kind, project.rate) : null;
    const kept = next && length ? { ...next, lengthFrames: length } : next;
    apply(setSeamEdit(project, boundary, { from: from.id, to: to.id }, kept));
  };
  return (
    <li className="flex items-center gap-2">
      <Tooltip label={transition ? transitionText(transition, project.rate) : name}>
        <span className="min-w-0 grow truncate text-sm">{name}</span>
      </Tooltip>
      <Select
        label={`Transition of ${name}`}
        value={own ? (transition?.kind ?? 'cut') : 'all'}
        onChange={set}
        options={[
          { value: 'all', label: 'As all' },
          { value: 'cut', label: 'Cut' },
          ...transitionNames.map(({ kind, name: label }) => ({ value: kind as string, label })),
        ]}
        className="w-32 shrink-0"
      />
      <IconButton label={`Reset ${name}`} size="sm" disabled={!own} onClick={() => set('all')}>
        <RotateCcw />
      </IconButton>
    </li>
  );
}
