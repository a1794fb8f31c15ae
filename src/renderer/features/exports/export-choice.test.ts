import { describe, expect, it } from 'vitest';
import { applyEdit } from '#shared/model/apply/index.ts';
import { type Asset, editSchema, type Project } from '#shared/model/index.ts';
import { newProject } from '#shared/model/recipes.ts';
import { addOptionsEdit } from '../import/sort-media.ts';
import {
  chosenRequest,
  countFiles,
  exportRows,
  firstChoice,
  isChosen,
  rememberedChoice,
  tickedRatios,
  tickState,
  withFile,
  withMember,
  withVariants,
} from './export-choice.ts';
import { countCollisions, exampleName, namingProblem, tokenHelp } from './naming.ts';
import { withPlacementRatios } from './use-preflight.ts';

function adWith(hooks: number, bodies: number, ctas: number): Project {
  const project = newProject({ name: 'Ad' });
  const media = {
    id: 'asset-1',
    kind: 'video',
    name: 'a.mp4',
    probe: { durationSeconds: { num: 4, den: 1 } },
  } as unknown as Asset;
  const wanted = project.slots.flatMap((slot, index) =>
    Array.from({ length: [hooks, bodies, ctas][index] ?? 0 }, () => ({ slotId: slot.id, item: { asset: media } })),
  );
  return applyEdit(project, editSchema.parse(addOptionsEdit(project, wanted, 90)));
}

describe('what the export dialog ticks at first', () => {
  it('is each hook once with the first body and CTA, in 9:16', () => {
    const project = adWith(3, 2, 2);
    const rows = exportRows(project);
    const choice = firstChoice(project, null);
    expect(rows).toHaveLength(12);
    expect(rows.filter((row) => choice.keys.has(row.key)).map((row) => row.name)).toEqual([
      'Hook 1 · Body 1 · CTA 1',
      'Hook 2 · Body 1 · CTA 1',
      'Hook 3 · Body 1 · CTA 1',
    ]);
    expect(tickedRatios(choice)).toEqual(['9:16']);
    expect(tickState(rows, choice.keys)).toBe('mixed');
  });
  it('is the variant asked for, when one is', () => {
    const project = adWith(2, 1, 1);
    const [, second] = exportRows(project);
    expect([...firstChoice(project, [second!.variant]).keys]).toEqual([second!.key]);
  });
  it('is nothing in an empty project', () => {
    const project = newProject({ name: 'Ad' });
    expect(exportRows(project)).toEqual([]);
    expect(firstChoice(project, null).keys.size).toBe(0);
  });
  it('can be changed one by one without touching the old choice', () => {
    const set = new Set(['a']);
    expect([...withMember(set, 'b', true)]).toEqual(['a', 'b']);
    expect([...withMember(set, 'a', false)]).toEqual([]);
    expect([...set]).toEqual(['a']);
  });
});

describe('single files among those ticked', () => {
  const project = adWith(2, 1, 2);
  const rows = exportRows(project);
  const [one, , three] = rows.map((row) => row.key);
  const all = {
    keys: new Set(rows.map((row) => row.key)),
    ratios: new Set(['9:16', '1:1'] as const),
    except: new Set<string>(),
  };
  const asked = (choice: Parameters<typeof chosenRequest>[2]) => chosenRequest(project.id, rows, choice);

  it('can be left out and taken in again', () => {
    const without = withFile(all, one!, '1:1', false);
    expect(isChosen(without, one!, '1:1')).toBe(false);
    expect(asked(without)).toMatchObject({ ratios: ['9:16', '1:1'], except: [{ ratio: '1:1' }] });
    expect(countFiles(asked(without)!)).toBe(7);
    expect(countFiles({ ...asked(without)!, versions: ['full', 'textless'] })).toBe(14);
    expect(asked(withFile(without, one!, '1:1', true))).toEqual(asked(all));
  });
  it('untick a variant with its last file', () => {
    const none = withFile(withFile(all, one!, '1:1', false), one!, '9:16', false);
    expect([none.keys.has(one!), none.except.size]).toEqual([false, 0]);
    expect(countFiles(asked(none)!)).toBe(6);
  });
  it('are the only ones that a tick in a new ratio or variant adds', () => {
    const tall = withFile(all, three!, '4:5', true);
    expect(countFiles(asked(tall)!)).toBe(9);
    const single = withFile({ ...all, keys: new Set([one!]) }, three!, '1:1', true);
    expect(countFiles(asked(single)!)).toBe(3);
  });
  it('come back with a tick of their variant', () => {
    const without = withFile(all, one!, '1:1', false);
    expect(asked(withVariants(without, [one!], true))).toEqual(asked(all));
    expect(withVariants(without, [one!], false).keys.has(one!)).toBe(false);
  });
  it('make no request when none is ticked', () => {
    expect(asked({ ...all, keys: new Set() })).toBeNull();
    expect(asked({ ...all, ratios: new Set() })).toBeNull();
  });
});

describe('what was ticked last', () => {
  const project = adWith(2, 1, 1);
  const rows = exportRows(project);
  const remembered = (keys: string[] | null) => [
    ...rememberedChoice(project, rows, { keys, ratios: ['4:5'], except: [] }).keys,
  ];
  const [first, second] = rows.map((row) => row.key);
  it('is kept without what is no more', () => {
    expect(remembered([second!, 'gone'])).toEqual([second]);
    expect(remembered([])).toEqual([]);
  });
  it('is the suggestion when nothing was, or nothing of it is left', () => {
    expect(remembered(null)).toEqual([first, second]);
    expect(remembered(['gone'])).toEqual([first, second]);
  });
});

describe('naming patterns', () => {
  const project = {
    ...adWith(1, 1, 1),
    globals: [{ id: 's', name: 'Music bed', kind: 'music', options: [] }],
  } as never;
  it('shows what a name will look like', () => {
    expect(exampleName('{project}_{hook}_{ratio}')).toBe('Spring sale_Hook 2_9x16.mp4');
  });
  it('says what is wrong', () => {
    expect(namingProblem('{project} {hok}', null)).toMatch(/\{hok\}/);
    expect(namingProblem('{project', null)).toMatch(/brace/);
    expect(namingProblem('  ', null)).not.toBeNull();
    expect(namingProblem('{ratio}/{variant}_{ratio}', null)).toBeNull();
  });
  it('knows the slots of a project too', () => {
    expect(namingProblem('{music bed}', project)).toBeNull();
    expect(namingProblem('{music bed}', null)).not.toBeNull();
  });
  it('offers slots that leave a choice', () => {
    const withSongs = (options: object[]) =>
      ({ slots: [], globals: [{ id: 's', name: 'Music bed', options }] }) as never;
    const tokens = (options: object[]) => tokenHelp(withSongs(options)).map((one) => one.token);
    expect(tokens([{ id: 'a' }])).not.toContain('music bed');
    expect(tokens([{ id: 'a' }, { id: 'b' }])).toContain('music bed');
    expect(tokens([])).toContain('ratio');
  });
  it('counts the names that a number tells apart', () => {
    const names = ['a.mp4', 'a (2).mp4', 'a (3).mp4'];
    expect(countCollisions('{project}', names)).toBe(2);
    expect(countCollisions('{project} (1)', ['Ad (1).mp4'])).toBe(0);
  });
});

describe('placements', () => {
  const choice = { keys: new Set<string>(), ratios: new Set(['9:16'] as const), except: new Set<string>() };
  it('bring a ratio they take, when none of theirs is ticked', () => {
    expect(tickedRatios(withPlacementRatios(choice, ['meta-feed-square', 'landscape']))).toEqual([
      '9:16',
      '1:1',
      '16:9',
    ]);
    expect(withPlacementRatios(choice, ['tiktok-post', 'instagram-reels'])).toBe(choice);
  });
});
