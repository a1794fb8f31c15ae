import type { OptionId } from './ids.ts';
import type { Project } from './project.ts';
import { allSlots, type Variant } from './variant.ts';

/** How much of what could be seen is seen: options, and pairs of options of different slots. */
export interface Coverage {
  options: { covered: number; total: number };
  pairs: { covered: number; total: number };
}

/** Variants as rows of option numbers; only slots with a choice count, as the others tell nothing apart. */
interface Numbered {
  rows: number[][];
  optionCount: number;
}

function numbered(project: Project, variants: readonly Variant[]): Numbered {
  const slots = allSlots(project).filter((slot) => slot.options.length > 1);
  const numbers = new Map<OptionId, number>();
  for (const slot of slots) for (const { id } of slot.options) numbers.set(id, numbers.size);
  const rows = variants.map((variant) =>
    slots.flatMap((slot) => {
      const chosen = variant[slot.id];
      const number = chosen === undefined ? undefined : numbers.get(chosen);
      return number === undefined ? [] : [number];
    }),
  );
  return { rows, optionCount: numbers.size };
}

/** How often each option and each pair has been chosen; pairs by `low × optionCount + high`. */
class Uses {
  readonly #optionCount: number;
  readonly #options: Uint32Array;
  readonly #pairs: Uint32Array;

  constructor(optionCount: number) {
    this.#optionCount = optionCount;
    this.#options = new Uint32Array(optionCount);
    this.#pairs = new Uint32Array(optionCount * optionCount);
  }

  /** Calls `visit` with the place of every pair of a row. */
  #eachPair(row: readonly number[], visit: (place: number) => void): void {
    for (let a = 0; a < row.length; a += 1) {
      for (let b = a + 1; b < row.length; b += 1) visit((row[a] ?? 0) * this.#optionCount + (row[b] ?? 0));
    }
  }

  add(row: readonly number[]): void {
    for (const option of row) this.#options[option] = (this.#options[option] ?? 0) + 1;
    this.#eachPair(row, (place) => {
      this.#pairs[place] = (this.#pairs[place] ?? 0) + 1;
    });
  }

  /**
   * What choosing a row would bring, best first where smaller is better: options not seen yet, pairs not seen yet, then
   * how worn its options and pairs are.
   */
  worth(row: readonly number[]): [number, number, number, number] {
    let newOptions = 0;
    let wornOptions = 0;
    for (const option of row) {
      const uses = this.#options[option] ?? 0;
      if (uses === 0) newOptions += 1;
      wornOptions += uses * uses;
    }
    let newPairs = 0;
    let wornPairs = 0;
    this.#eachPair(row, (place) => {
      const uses = this.#pairs[place] ?? 0;
      if (uses === 0) newPairs += 1;
      wornPairs += uses * uses;
    });
    return [-newOptions, -newPairs, wornOptions, wornPairs];
  }

  seen(): { options: number; pairs: number } {
    const used = (counts: Uint32Array) => counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    return { options: used(this.#options), pairs: used(this.#pairs) };
  }
}

function isBetter(one: readonly number[], other: readonly number[]): boolean {
  for (const [at, value] of one.entries()) {
    const against = other[at] ?? 0;
    if (value !== against) return value < against;
  }
  return false;
}

/**
 * The `count` variants that show most of a project: every option as early as possible, then every pair of options of
 * different slots, each about equally often (greedy pairwise cover). Always the same for the same input; the first k of n
 * are what would be chosen for k. Answers them in the order they were chosen, fewer when there are fewer.
 */
export function chooseByCoverage(project: Project, variants: readonly Variant[], count: number): Variant[] {
  const { rows, optionCount } = numbered(project, variants);
  const uses = new Uses(optionCount);
  const left = new Set(rows.keys());
  const chosen: Variant[] = [];
  while (chosen.length < count && left.size > 0) {
    let best: { at: number; worth: readonly number[] } | null = null;
    for (const at of left) {
      const worth = uses.worth(rows[at] ?? []);
      if (best === null || isBetter(worth, best.worth)) best = { at, worth };
    }
    if (best === null) break;
    left.delete(best.at);
    uses.add(rows[best.at] ?? []);
    const variant = variants[best.at];
    if (variant) chosen.push(variant);
  }
  return chosen;
}

/** What of all that `allowed` could show `chosen` shows. Pairs that no allowed variant holds do not count. */
export function coverageOf(project: Project, chosen: readonly Variant[], allowed: readonly Variant[]): Coverage {
  const count = (variants: readonly Variant[]) => {
    const { rows, optionCount } = numbered(project, variants);
    const uses = new Uses(optionCount);
    for (const row of rows) uses.add(row);
    return uses.seen();
  };
  const [covered, total] = [count(chosen), count(allowed)];
  return {
    options: { covered: covered.options, total: total.options },
    pairs: { covered: covered.pairs, total: total.pairs },
  };
}

/** "all options, 31 of 36 pairs": a {@link Coverage} for people; empty where there is nothing to choose. */
export function coverageText({ options, pairs }: Coverage): string {
  const part = ({ covered, total }: Coverage['options'], what: string) =>
    covered === total ? `all ${what}` : `${covered} of ${total} ${what}`;
  if (options.total === 0) return '';
  if (pairs.total === 0) return part(options, 'options');
  if (options.covered === options.total && pairs.covered === pairs.total) return 'all options and pairs';
  return `${part(options, 'options')}, ${part(pairs, 'pairs')}`;
}
