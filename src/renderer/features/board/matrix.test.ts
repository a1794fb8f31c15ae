import { describe, expect, it } from 'vitest';
import type { ExportView } from '#shared/contract/index.ts';
import { listVariants, type Project, projectSchema, variantKey } from '#shared/model/index.ts';
import {
  buildMatrix,
  cellsOf,
  cellsWithin,
  filterMatrix,
  isWithin,
  lineStates,
  type Matrix,
  placeAfterKey,
} from './matrix.ts';
import { ruleOffers, ruleSentence, rulesFor } from './pairing-rules.ts';
import { marksOf } from './use-cell-marks.ts';

/** "Hook": 3 makes a part with Hook 1 to Hook 3; `songs` options of music go with all of them. */
function ad(parts: Record<string, number>, { songs = 1, rules = [] as object[] } = {}): Project {
  const options = (name: string, count: number, content: object) =>
    Array.from({ length: count }, (_, n) => ({ id: `${name}-${n + 1}`, name: `${name} ${n + 1}`, content }));
  return projectSchema.parse({
    id: 'ad',
    name: 'Ad',
    slots: Object.entries(parts).map(([name, count]) => ({
      id: name,
      name,
      options: options(name, count, { kind: 'none' }),
    })),
    globals: [{ id: 'music', name: 'Music', kind: 'music', options: options('Song', songs, { kind: 'none' }) }],
    pairingRules: rules,
  });
}

const never = { id: 'never', kind: 'exclude', optionIds: ['Hook-2', 'CTA-1'] };
const names = (lines: readonly { name: string }[]) => lines.map((line) => line.name);
const matrixOf = (project: Project): Matrix => {
  const matrix = buildMatrix(project);
  if (!matrix) throw new Error('no matrix');
  return matrix;
};

describe('the matrix', () => {
  it('has the first part down, the last across, and the others as groups of columns', () => {
    const matrix = matrixOf(ad({ Hook: 3, Body: 2, CTA: 2 }, { songs: 2 }));
    expect([matrix.rowName, matrix.columnName]).toEqual(['Hook', 'CTA']);
    expect(names(matrix.rows)).toEqual(['Hook 1', 'Hook 2', 'Hook 3']);
    expect(names(matrix.groups)).toEqual(['Body 1 · Song 1', 'Body 1 · Song 2', 'Body 2 · Song 1', 'Body 2 · Song 2']);
    expect(names(matrix.columns).slice(0, 4)).toEqual(['CTA 1', 'CTA 2', 'CTA 1', 'CTA 2']);
    expect(matrix.columns.map((column) => column.group)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(matrix.cells[2]?.[5]?.name).toBe('Hook 3 · Body 2 · CTA 2 · Song 1');
  });

  it('holds every variant once, and what rules forbid with the rule', () => {
    const project = ad({ Hook: 3, Body: 2, CTA: 2 }, { songs: 2, rules: [never] });
    const matrix = matrixOf(project);
    const all = matrix.cells.flat().flatMap((cell) => cell ?? []);
    const allowed = all.filter((cell) => cell.blockedBy === null).map((cell) => cell.key);
    expect(allowed.toSorted()).toEqual(
      listVariants(project)
        .map((one) => variantKey(project, one))
        .toSorted(),
    );
    expect(all.filter((cell) => cell.blockedBy !== null)).toHaveLength(4);
    expect(cellsOf(matrix, { row: 1 })).toHaveLength(4);
    expect(cellsOf(matrix, { column: 0 })).toHaveLength(2);
    expect(cellsOf(matrix, { group: 3 })).toHaveLength(5);
    expect(cellsWithin(matrix, { anchor: { row: 0, column: 0 }, focus: { row: 2, column: 7 } })).toHaveLength(20);
  });

  it.each([
    [{ Hook: 3 }, 1, null, 'Hook'],
    [{ Hook: 1, Body: 1 }, 1, null, null],
    [{ Hook: 1, CTA: 4 }, 3, 'Music', 'CTA'],
    [{ Hook: 1 }, 3, null, 'Music'],
  ] as const)('with %j and %i songs has %s down and %s across', (parts, songs, row, column) => {
    const matrix = matrixOf(ad(parts, { songs }));
    expect([matrix.rowName, matrix.columnName]).toEqual([row, column]);
    expect(matrix.cells.flat()).toHaveLength(Object.values<number>(parts).reduce((count, one) => count * one, songs));
  });

  it('is none without an option to play, and cut where there are too many', () => {
    expect(buildMatrix(ad({ Hook: 0 }))).toBeNull();
    const large = matrixOf(ad({ Hook: 20, Body: 30, CTA: 20 }));
    expect(large.isCut).toBe(true);
    expect(large.columns.length * large.rows.length).toBeLessThanOrEqual(5000);
  });

  it('says how much of each line is ticked', () => {
    const only = { id: 'only', kind: 'require', optionIds: ['Hook-3', 'CTA-1'] };
    const matrix = matrixOf(ad({ Hook: 3, Body: 2, CTA: 2 }, { rules: [only] }));
    const keys = new Set(matrix.cells[0]?.flatMap((cell) => cell?.key ?? []));
    expect(lineStates(matrix, keys)).toEqual({
      rows: [true, false, false],
      columns: ['mixed', 'mixed', 'mixed', 'mixed'],
      groups: ['mixed', 'mixed'],
    });
    const blocked = { ...only, optionIds: ['Hook-3', 'CTA-1'], kind: 'exclude' };
    const none = matrixOf(ad({ Hook: 3, CTA: 2 }, { rules: [only, blocked] }));
    expect(lineStates(none, new Set()).rows).toEqual([false, false, 'empty']);
  });

  it('filters rows and columns away in which nothing fits', () => {
    const matrix = matrixOf(ad({ Hook: 3, Body: 2, CTA: 2 }));
    const shown = filterMatrix(matrix, (cell) => cell.name.includes('Hook 2') && cell.name.includes('CTA 1'));
    expect([names(shown.rows), names(shown.columns)]).toEqual([['Hook 2'], ['CTA 1', 'CTA 1']]);
    expect(filterMatrix(matrix, () => false).rows).toEqual([]);
  });
});

describe('moving and selecting', () => {
  const matrix = matrixOf(ad({ Hook: 3, CTA: 4 }, { rules: [never] }));
  it.each([
    ['ArrowRight', false, { row: 1, column: 2 }],
    ['ArrowUp', false, { row: 0, column: 1 }],
    ['ArrowUp', true, { row: 0, column: 1 }],
    ['ArrowDown', true, { row: 2, column: 1 }],
    ['End', false, { row: 1, column: 3 }],
    ['Home', true, { row: 0, column: 0 }],
    ['x', false, null],
  ] as const)('%s (with Ctrl: %s) leads from the middle to %j', (key, isFar, place) => {
    expect(placeAfterKey(matrix, { row: 1, column: 1 }, key, isFar)).toEqual(place);
  });
  it('stays inside', () => {
    expect(placeAfterKey(matrix, { row: 0, column: 3 }, 'ArrowRight', false)).toEqual({ row: 0, column: 3 });
    expect(placeAfterKey(matrix, { row: 0, column: 0 }, 'ArrowUp', false)).toEqual({ row: 0, column: 0 });
  });
  it('selects a rectangle from any corner, without what is forbidden', () => {
    const range = { anchor: { row: 2, column: 1 }, focus: { row: 1, column: 0 } };
    expect(isWithin(range, { row: 1, column: 1 })).toBe(true);
    expect(isWithin(range, { row: 0, column: 1 })).toBe(false);
    expect(names(cellsWithin(matrix, range))).toEqual(['Hook 2 · CTA 2', 'Hook 3 · CTA 1', 'Hook 3 · CTA 2']);
  });
});

describe('rules in words', () => {
  const project = ad({ Hook: 3, Body: 2, CTA: 3 });
  const ids = (...list: string[]) => list as never;
  it.each([
    ['exclude', ['Hook-2', 'CTA-1'], 'Hook 2 never with CTA 1'],
    ['exclude', ['Hook-2', 'Body-1', 'CTA-1'], 'Hook 2, Body 1 and CTA 1 never together'],
    ['require', ['Hook-3', 'CTA-2', 'CTA-3'], 'Hook 3 only with CTA 2 or CTA 3'],
    ['require', ['Hook-3', 'CTA-2'], 'Hook 3 only with CTA 2'],
  ] as const)('%s %j: %s', (kind, optionIds, sentence) => {
    expect(ruleSentence(project, { kind, optionIds: ids(...optionIds) })).toBe(sentence);
  });
  it('forbid each of several on its own, and ask for any of several at once', () => {
    const [hook, ...ctas] = ids('Hook-1', 'CTA-1', 'CTA-2') as never[];
    const sentences = (kind: 'exclude' | 'require') =>
      rulesFor(kind, hook!, ctas).map((rule) => ruleSentence(project, rule));
    expect(sentences('exclude')).toEqual(['Hook 1 never with CTA 1', 'Hook 1 never with CTA 2']);
    expect(sentences('require')).toEqual(['Hook 1 only with CTA 1 or CTA 2']);
    expect(rulesFor('exclude', hook!, [])).toEqual([]);
  });
  it('are offered for each two options of a variant, and for all of them', () => {
    const [variant] = listVariants(project);
    expect(ruleOffers(project, variant!).map((offer) => offer.label)).toEqual([
      'Hook 1 with Body 1',
      'Hook 1 with CTA 1',
      'Body 1 with CTA 1',
      'Exactly these options',
    ]);
  });
});

describe('marks of cells', () => {
  const make = (over: Partial<ExportView>) =>
    ({
      ...{ id: 'new', batchId: 'b2', variantKey: 'v', ratio: '9:16', state: 'finished', fraction: 1 },
      ...{ check: null, error: null, isFileMissing: false },
      ...over,
    }) as ExportView;
  const old = make({ id: 'old', batchId: 'b1' as ExportView['batchId'] });
  const exported = [{ variantKey: 'v', ratio: '9:16' as const, state: 'exported' as const }];
  const mark = (exports: ExportView[], states = exported) => marksOf(exports, states, '9:16').get('v');

  it('speak of the newest export in the ratio shown', () => {
    expect(mark([make({ state: 'running', fraction: 0.4 }), old])).toMatchObject({
      state: 'running',
      text: 'Exporting, 40 %',
    });
    expect(mark([make({ ratio: '1:1', state: 'running' }), old])).toMatchObject({ state: 'exported', exportId: 'old' });
    expect(mark([make({}), old])).toMatchObject({ state: 'exported', exportId: 'new' });
  });
  it('take the versions of one export together', () => {
    const both = [make({ state: 'finished' }), make({ id: 'other', state: 'queued', fraction: 0 }), old];
    expect(mark(both)).toMatchObject({ state: 'queued', fraction: 0.5, exportId: 'new' });
  });
  it('say why something failed or is wrong', () => {
    const error = { code: 'media-missing', userMessage: 'The file is gone.' } as ExportView['error'];
    expect(mark([make({ state: 'failed', error }), old])).toMatchObject({
      state: 'failed',
      text: 'Failed: The file is gone.',
    });
    const finding = { id: 'f', label: 'Number of frames', state: 'failed', expected: '90', found: '89' };
    const check = { path: '', isPassed: false, findings: [finding] } as unknown as ExportView['check'];
    expect(mark([make({ check })])).toMatchObject({
      state: 'wrong',
      text: 'Check failed: Number of frames is 89, expected 90',
      exportId: 'new',
    });
  });
  it('are none where nothing was made, and none to play where the file is gone', () => {
    expect(mark([], [])).toBeUndefined();
    expect(mark([make({ state: 'cancelled' })], [])).toBeUndefined();
    expect(mark([make({ isFileMissing: true })])).toMatchObject({ state: 'exported', exportId: null });
  });
});
