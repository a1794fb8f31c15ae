import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseByCoverage, coverageOf, coverageText } from './coverage.ts';
import { type Project, projectSchema } from './project.ts';
import { listVariants, variantKey } from './variant.ts';

/** A project with so many options per timed slot, and rules that never allow two of them together. */
function matrixOf(counts: readonly number[], never: readonly (readonly [string, string])[] = []): Project {
  return projectSchema.parse({
    id: 'project-1',
    name: 'Ad',
    slots: counts.map((count, slot) => ({
      id: `slot-${slot}`,
      name: `Part ${slot}`,
      options: Array.from({ length: count }, (_, n) => ({
        id: `s${slot}o${n}`,
        name: `${slot}.${n}`,
        content: { kind: 'none' },
      })),
    })),
    pairingRules: never.map((optionIds, at) => ({ id: `rule-${at}`, kind: 'exclude', optionIds: [...optionIds] })),
  });
}

const countsArbitrary = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
/** A matrix with up to four forbidden pairs. */
const matrixArbitrary = countsArbitrary.chain((counts) => {
  const ids = counts.flatMap((count, slot) => Array.from({ length: count }, (_, n) => `s${slot}o${n}`));
  const pair = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 2, maxLength: 2 });
  if (ids.length < 2) return fc.constant(matrixOf(counts));
  return fc
    .array(pair, { maxLength: 4 })
    .map((never) => matrixOf(counts, never as unknown as readonly (readonly [string, string])[]));
});

const keysOf = (project: Project, variants: ReturnType<typeof listVariants>) =>
  variants.map((one) => variantKey(project, one));

describe('the best so many variants by coverage', () => {
  it('are different allowed ones, as many as there are, and the same each time', () => {
    fc.assert(
      fc.property(matrixArbitrary, fc.integer({ min: 0, max: 40 }), (project, count) => {
        const allowed = listVariants(project);
        const chosen = keysOf(project, chooseByCoverage(project, allowed, count));
        expect(chosen).toHaveLength(Math.min(count, allowed.length));
        expect(new Set(chosen).size).toBe(chosen.length);
        const known = new Set(keysOf(project, allowed));
        expect(chosen.filter((key) => !known.has(key))).toEqual([]);
        expect(keysOf(project, chooseByCoverage(project, allowed, count))).toEqual(chosen);
      }),
      { numRuns: 80 },
    );
  });

  it('begin with the best fewer', () => {
    fc.assert(
      fc.property(matrixArbitrary, fc.integer({ min: 1, max: 12 }), (project, count) => {
        const allowed = listVariants(project);
        const more = keysOf(project, chooseByCoverage(project, allowed, count + 3));
        expect(more.slice(0, count)).toEqual(keysOf(project, chooseByCoverage(project, allowed, count)));
      }),
      { numRuns: 40 },
    );
  });

  it('show every option in as many variants as the longest slot has, when nothing is forbidden', () => {
    fc.assert(
      fc.property(countsArbitrary, (counts) => {
        const project = matrixOf(counts);
        const allowed = listVariants(project);
        const { options } = coverageOf(project, chooseByCoverage(project, allowed, Math.max(...counts)), allowed);
        expect(options.covered).toBe(options.total);
      }),
      { numRuns: 60 },
    );
  });

  it('show something new with each variant until everything has been seen', () => {
    fc.assert(
      fc.property(matrixArbitrary, (project) => {
        const allowed = listVariants(project);
        const all = chooseByCoverage(project, allowed, allowed.length);
        let before = { options: 0, pairs: 0 };
        for (let count = 1; count <= all.length; count += 1) {
          const { options, pairs } = coverageOf(project, all.slice(0, count), allowed);
          if (before.options < options.total) expect(options.covered).toBeGreaterThan(before.options);
          else if (before.pairs < pairs.total) expect(pairs.covered).toBeGreaterThan(before.pairs);
          before = { options: options.covered, pairs: pairs.covered };
        }
      }),
      { numRuns: 40 },
    );
  });

  it('use the options of a slot about equally often', () => {
    fc.assert(
      fc.property(countsArbitrary, fc.integer({ min: 1, max: 30 }), (counts, wanted) => {
        const project = matrixOf(counts);
        const chosen = chooseByCoverage(project, listVariants(project), wanted);
        for (const slot of project.slots) {
          const uses = slot.options.map(({ id }) => chosen.filter((one) => one[slot.id] === id).length);
          expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('cover seven hooks, six bodies and three CTAs in about a third of the matrix', () => {
    const project = matrixOf([7, 6, 3]);
    const allowed = listVariants(project);
    // 42 hook-body pairs need at least 42 variants; a greedy choice needs a few more.
    const { pairs } = coverageOf(project, chooseByCoverage(project, allowed, 46), allowed);
    expect(pairs).toEqual({ covered: 81, total: 81 });
    expect(coverageOf(project, chooseByCoverage(project, allowed, 7), allowed).options.covered).toBe(16);
  });
});

describe('what is covered', () => {
  const project = matrixOf([3, 1, 2], [['s0o2', 's2o1']]);
  const allowed = listVariants(project);
  it('leaves out pairs that no variant may hold', () => {
    expect(coverageOf(project, [], allowed)).toEqual({
      options: { covered: 0, total: 5 },
      pairs: { covered: 0, total: 5 },
    });
  });
  it('is said in words', () => {
    const text = (count: number) =>
      coverageText(coverageOf(project, chooseByCoverage(project, allowed, count), allowed));
    expect([1, 2, 3, 5].map(text)).toEqual([
      '2 of 5 options, 1 of 5 pairs',
      '4 of 5 options, 2 of 5 pairs',
      'all options, 3 of 5 pairs',
      'all options and pairs',
    ]);
    expect(coverageText(coverageOf(matrixOf([1, 1]), [], []))).toBe('');
  });
});
