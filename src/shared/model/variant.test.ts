import { describe, expect, it } from 'vitest';
import { assetIdSchema, newId } from './ids.ts';
import { type Project, projectSchema } from './project.ts';
import { nearestRatio, outputSize, ratioSlug } from './ratio.ts';
import {
  completeVariant,
  countCombinations,
  isAllowed,
  listVariants,
  suggestVariants,
  variantKey,
  variantName,
} from './variant.ts';

function project(counts: readonly number[], rules: unknown[] = [], music = 0): Project {
  const none = { kind: 'none' };
  const options = (slot: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: `${slot}${at + 1}`, name: `${slot} ${at + 1}`, content: none }));
  return projectSchema.parse({
    id: 'p',
    name: 'P',
    slots: counts.map((count, at) => ({
      id: `s${at}`,
      name: `S${at}`,
      options: options('abcdefghijklmnop'.charAt(at), count),
    })),
    globals: [{ id: 'music', name: 'Music', kind: 'music', options: options('m', music) }],
    pairingRules: rules,
  });
}

const keys = (of: Project) => listVariants(of).map((variant) => Object.values(variant).join(' '));

describe('variants', () => {
  it('are every combination, the first slot turning slowest; empty slots are left out', () => {
    expect(keys(project([2, 0, 2]))).toEqual(['a1 c1', 'a1 c2', 'a2 c1', 'a2 c2']);
    expect(countCombinations(project([2, 0, 2], [], 3))).toBe(12);
    expect(listVariants(project([0, 0], [], 2))).toEqual([]);
    expect(listVariants(project([50, 50, 50]), 7)).toHaveLength(7);
  });

  it('obey rules: never together, and only with', () => {
    const exclude = { id: 'x', kind: 'exclude', optionIds: ['a1', 'b2'] };
    const require = { id: 'r', kind: 'require', optionIds: ['a2', 'b2', 'b3'] };
    expect(keys(project([2, 3], [exclude, require]))).toEqual(['a1 b1', 'a1 b3', 'a2 b2', 'a2 b3']);
    const backwards = { id: 'r', kind: 'require', optionIds: ['b1', 'a2'] };
    const both = project([2, 2], [backwards]);
    expect(keys(both)).toEqual(['a1 b2', 'a2 b1', 'a2 b2']);
    expect(listVariants(both).every((variant) => isAllowed(both, variant))).toBe(true);
  });

  it('end quickly when rules leave nothing', () => {
    const counts = Array.from({ length: 12 }, () => 10);
    const rules = Array.from({ length: 10 }, (_, at) => ({
      id: `r${at}`,
      kind: 'exclude',
      optionIds: [`k${at + 1}`, `k${at + 1}`],
    }));
    expect(listVariants(project(counts, rules), 1)).toEqual([]);
    const needs = Array.from({ length: 10 }, (_, at) => ({
      id: `n${at}`,
      kind: 'require',
      optionIds: [`l${at + 1}`, 'gone'],
    }));
    expect(listVariants(project(counts, needs), 1)).toEqual([]);
  });

  it('have stable keys, and names that say what differs', () => {
    const one = project([1, 1], [], 1);
    const [variant] = listVariants(one);
    expect(variant && variantKey(one, variant)).toBe('s0:a1+s1:b1+music:m1');
    expect(variant && variantName(one, variant)).toBe('a 1 · b 1');
    const two = project([1, 1], [], 2);
    expect(listVariants(two).map((each) => variantName(two, each))).toEqual(['a 1 · b 1 · m 1', 'a 1 · b 1 · m 2']);
  });

  it('suggest each hook once, with the first of the rest that rules allow', () => {
    const rules = [{ id: 'x', kind: 'exclude', optionIds: ['a2', 'b1'] }];
    expect(suggestVariants(project([2, 2], rules)).map((variant) => Object.values(variant).join(' '))).toEqual([
      'a1 b1',
      'a2 b2',
    ]);
    expect(suggestVariants(project([0]))).toEqual([]);
  });

  it('complete a partial choice and forget what is gone', () => {
    const of = project([2, 1], [], 1);
    expect(completeVariant(of, { s0: 'a2', gone: 'x' } as never)).toEqual({ s0: 'a2', s1: 'b1', music: 'm1' });
    expect(completeVariant(of, { s0: 'zzz' } as never)).toEqual({ s0: 'a1', s1: 'b1', music: 'm1' });
    expect(completeVariant(project([0]), {})).toBeNull();
  });
});

describe('ids and ratios', () => {
  it('ids are safe words, never names that every object has', () => {
    for (const id of ['a', 'clip-1', newId('asset')]) expect(assetIdSchema.safeParse(id).success).toBe(true);
    for (const id of ['', '-a', 'a b', '../x', 'constructor', 'toString', 'x'.repeat(65)])
      expect(assetIdSchema.safeParse(id).success, id).toBe(false);
  });

  it('sizes are even, and shapes are recognised', () => {
    expect(outputSize('4:5')).toEqual({ width: 1080, height: 1350 });
    expect(outputSize('9:16', 361)).toEqual({ width: 362, height: 642 });
    expect(nearestRatio({ width: 1080, height: 1920 })).toBe('9:16');
    expect(nearestRatio({ width: 640, height: 480 })).toBeNull();
    expect(nearestRatio({ width: 0, height: 5 })).toBeNull();
    expect(ratioSlug('9:16')).toBe('9x16');
  });
});
