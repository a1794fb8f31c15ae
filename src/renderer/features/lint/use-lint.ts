import { useEffect, useMemo, useState } from 'react';
import {
  type LintInput,
  lintTimeline,
  type PlacementId,
  type Ratio,
  ratios,
  type Timeline,
} from '#shared/model/index.ts';
import { type PreviewSources, sizesOf } from '../../preview/source.ts';
import { type LintRow, lintRows } from './lint-rows.ts';
import { useFontMetrics } from './use-font-metrics.ts';

/** A timeline counts as settled when it has stayed for this long: dragging is never held up. */
const settleMs = 250;

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What is wrong per ratio, and what it was found with. */
export interface Lint {
  rows: Readonly<Record<Ratio, LintRow[]>>;
  inputFor: (ratio: Ratio) => LintInput;
}

/** Holds a timeline's words and logos against the safe zones of these placements, shortly after each change. */
export function useLint(timeline: Timeline, sources: PreviewSources, placements: readonly PlacementId[]): Lint {
  const settled = useSettled(timeline);
  const metricsOf = useFontMetrics(settled);
  return useMemo(() => {
    const inputFor = (ratio: Ratio): LintInput => ({
      ...{ timeline: settled, ratio, placements, metricsOf, sizes: sizesOf(sources) },
      isStill: (assetId) => sources.get(assetId)?.mode === 'still',
    });
    const rows = Object.fromEntries(ratios.map((ratio) => [ratio, lintRows(lintTimeline(inputFor(ratio)))])) as Record<
      Ratio,
      LintRow[]
    >;
    return { rows, inputFor };
  }, [settled, sources, placements, metricsOf]);
}
