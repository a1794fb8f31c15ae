import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { type AssetId, type Edit, type EditInput, editSchema, type ProjectId } from '#shared/model/index.ts';
import { applySteps, startingProject, stepsArbitrary } from '../fixtures/random-edits.ts';
import { temporaryFolder } from './library-kit.ts';
import { type OpenProjects, openProjects } from './projects-kit.ts';

let folder: ReturnType<typeof temporaryFolder>;
let open: OpenProjects;

beforeEach(() => {
  folder = temporaryFolder('spotloom-projects-');
  open = openProjects(folder.path);
});
afterEach(() => {
  open.close();
  folder.clean();
});

function reopen(): void {
  open.close();
  open = openProjects(folder.path);
}

const edit = (input: EditInput): Edit => editSchema.parse(input);
const rename = (name: string) => edit({ type: 'project.rename', name });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'nothing';
};

describe('history', () => {
  it('undoes and redoes across restarts, and says what it would do', () => {
    const { id } = open.projects.create({ name: 'A' }).project;
    open.projects.apply(id, rename('B'));
    open.projects.apply(id, edit({ type: 'slot.rename', slotId: 'hook', name: 'Opener' }));
    reopen();
    expect(open.projects.get(id)).toMatchObject({ headSeq: 2, undoLabel: 'Rename part', redoLabel: null });
    expect(open.projects.undo(id)).toMatchObject({ project: { name: 'B' }, headSeq: 1, redoLabel: 'Rename part' });
    reopen();
    expect(open.projects.undo(id)).toMatchObject({ project: { name: 'A' }, headSeq: 0, undoLabel: null });
    expect(open.projects.undo(id).headSeq).toBe(0);
    expect(open.projects.redo(id).project.name).toBe('B');
    expect(open.projects.redo(id).project.slots[0]?.name).toBe('Opener');
    expect(open.projects.redo(id).headSeq).toBe(2);
  });

  it('loses no branch: an edit after undo begins a new one, and the old one can be gone back to', () => {
    const { id } = open.projects.create({ name: 'A' }).project;
    open.projects.apply(id, rename('B'));
    open.projects.apply(id, rename('C'));
    open.projects.undo(id);
    expect(open.projects.apply(id, rename('D'))).toEqual({ headSeq: 3, undoLabel: 'Rename project', redoLabel: null });
    open.projects.undo(id);
    expect(open.projects.redo(id).project.name).toBe('D');
    reopen();
    expect(open.projects.restoreTo(id, 2).project.name).toBe('C');
    expect(open.projects.undo(id).project.name).toBe('B');
    expect(open.projects.restoreTo(id, 0).project.name).toBe('A');
    expect(open.projects.history(id).map((entry) => [entry.seq, entry.isCurrent])).toEqual([
      [3, false],
      [2, false],
      [1, false],
      [0, true],
    ]);
    expect(codeOf(() => open.projects.restoreTo(id, 9))).toBe('not-found');
  });

  it('tells the way to the present step and what redo would bring, page by page and by days', () => {
    const { id } = open.projects.create({ name: 'A' }).project;
    for (const name of ['B', 'C', 'D']) open.projects.apply(id, rename(name));
    open.projects.restoreTo(id, 1);
    open.projects.apply(id, edit({ type: 'slot.rename', slotId: 'hook', name: 'Opener' }));
    open.projects.apply(id, rename('E'));
    open.projects.undo(id);
    const path = open.projects.historyPath(id, { limit: 10 });
    expect(path.entries.map(({ seq, place }) => [seq, place])).toEqual([
      [5, 'future'],
      [4, 'current'],
      [1, 'past'],
      [0, 'past'],
    ]);
    expect(path.entries[1]?.label).toBe('Rename part');
    expect(path).toMatchObject({ hasEarlier: false, days: [{ lastSeq: 4, steps: 3 }] });
    const page = open.projects.historyPath(id, { fromSeq: 1, limit: 1 });
    expect(page.entries.map(({ seq }) => seq)).toEqual([1]);
    expect(page.hasEarlier).toBe(true);
  });

  it('brings an earlier state back as one step that undo takes back', () => {
    const { id } = open.projects.create({ name: 'A' }).project;
    for (const name of ['B', 'C', 'D']) open.projects.apply(id, rename(name));
    const restored = open.projects.restoreAsStep(id, 1, 'Restore B');
    expect(restored).toMatchObject({ project: { id, name: 'B' }, headSeq: 4, undoLabel: 'Restore B' });
    expect(open.projects.undo(id)).toMatchObject({ project: { name: 'D' }, headSeq: 3 });
    reopen();
    expect(open.projects.redo(id).project.name).toBe('B');
    expect(codeOf(() => open.projects.restoreAsStep(id, 99, 'Nowhere'))).toBe('not-found');
  });

  it('a refused edit changes nothing and takes no number', () => {
    const { id } = open.projects.create({ name: 'A' }).project;
    expect(codeOf(() => open.projects.apply(id, edit({ type: 'slot.remove', slotId: 'nowhere' })))).toBe(
      'edit-refused',
    );
    expect(open.projects.apply(id, rename('B')).headSeq).toBe(1);
  });

  it('two processes see each other, and the later of two edits on one state is refused', () => {
    const other = openProjects(folder.path);
    const { id } = open.projects.create({ name: 'A' }).project;
    expect(other.projects.get(id).project.name).toBe('A');
    open.projects.apply(id, rename('B'), 0);
    expect(codeOf(() => other.projects.apply(id, rename('C'), 0))).toBe('conflict');
    expect(other.projects.apply(id, edit({ type: 'slot.rename', slotId: 'cta', name: 'End' })).headSeq).toBe(2);
    expect(open.projects.get(id).project).toMatchObject({ name: 'B', slots: [{}, {}, { name: 'End' }] });
    other.close();
  });

  it('announces its own changes at once and those of other processes soon', async () => {
    const other = openProjects(folder.path);
    const { id } = open.projects.create({ name: 'A' }).project;
    const seen: string[] = [];
    other.projects.events.on('changed', (change) => seen.push(`other ${change.id === id} ${change.headSeq}`));
    open.projects.events.on('changed', (change) => seen.push(`own ${change.headSeq}`));
    open.projects.events.on('listChanged', () => seen.push('list'));
    await new Promise((resolve) => setTimeout(resolve, 700));
    open.projects.apply(id, edit({ type: 'project.setRate', rate: { num: 25, den: 1 } }));
    expect(seen).toEqual(['own 1']);
    open.projects.apply(id, rename('B'));
    expect(seen).toEqual(['own 1', 'own 2', 'list']);
    await vi.waitFor(() => expect(seen).toContain('other true 2'), { timeout: 20_000 });
    other.close();
  });

  it('a state of a transaction that was rolled back is never shown again', () => {
    const { id } = open.projects.create({ name: 'A' }).project;
    expect(() =>
      open.db.transaction(() => {
        open.projects.apply(id, rename('never'));
        open.projects.get(id);
        throw new AppError('internal', 'Stop.');
      }),
    ).toThrow();
    expect(open.projects.get(id).project.name).toBe('A');
    open.projects.apply(id, rename('B'));
    expect(open.projects.get(id).project.name).toBe('B');
  });

  it('replays any run of edits to the same project, and undoes it step by step', () => {
    fc.assert(
      fc.property(stepsArbitrary(150), fc.boolean(), (steps, isReopening) => {
        const { edits } = applySteps(startingProject(), steps);
        const start = { ...startingProject(), id: `p${Math.random().toString(36).slice(2)}` as ProjectId };
        open.projects.add(start);
        const states = [
          start,
          ...edits.map((one) => {
            open.projects.apply(start.id, one);
            return open.projects.get(start.id).project;
          }),
        ];
        if (isReopening) reopen();
        expect(open.projects.get(start.id).project).toEqual(states.at(-1));
        for (let at = states.length - 2; at >= 0; at -= 1)
          expect(open.projects.undo(start.id).project).toEqual(states[at]);
      }),
      { numRuns: process.env.SPOTLOOM_LONG === '1' ? 200 : 12 },
    );
  });

  it('opens a project of 5,000 edits without doing them all again', () => {
    const start = startingProject();
    open.projects.add(start);
    const applyFrom = performance.now();
    for (let at = 1; at <= 5099; at += 1) {
      const text = `Headline ${at}`;
      open.projects.apply(start.id, edit({ type: 'clip.set', sequenceId: 'seq-a', clipId: 'c3', patch: { text } }));
    }
    const appliedMs = performance.now() - applyFrom;
    reopen();
    const from = performance.now();
    const state = open.projects.get(start.id);
    const tookMs = performance.now() - from;
    console.log(`5,000 edits took ${Math.round(appliedMs)} ms, opening the project ${tookMs.toFixed(1)} ms`);
    expect(state.headSeq).toBe(5099);
    expect(state.project.sequences[0]?.tracks[1]?.clips[0]?.content).toMatchObject({ text: 'Headline 5099' });
    expect(tookMs).toBeLessThan(appliedMs / 5);
    for (let at = 0; at < 150; at += 1) open.projects.undo(start.id);
    expect(open.projects.get(start.id).headSeq).toBe(4949);
  });
});

describe('the list', () => {
  it('tells slots, variants and what is used without opening anything', () => {
    const { id } = open.projects.create({ name: 'A' }).project;
    const clip = { id: 'c', startFrame: 0, lengthFrames: 30, content: { kind: 'media', media: { assetId: 'film' } } };
    open.projects.apply(
      id,
      edit({
        type: 'batch',
        label: 'Add hooks',
        edits: [
          {
            type: 'sequence.add',
            sequence: { id: 's', tracks: [{ id: 'v', kind: 'visual', clips: [clip as never] }] },
          },
          ...['one', 'two'].map((optionId) => ({
            type: 'option.add' as const,
            slotId: 'hook',
            option: { id: optionId, name: optionId, content: { kind: 'sequence' as const, sequenceId: 's' } },
          })),
        ],
      }),
    );
    const film = 'film' as AssetId;
    expect(open.projects.list()).toMatchObject([
      {
        id,
        name: 'A',
        slots: [
          { name: 'Hook', options: 2 },
          { name: 'Body', options: 0 },
          { name: 'CTA', options: 0 },
        ],
        variantCount: 2,
        coverAssetId: 'film',
        isRemoved: false,
      },
    ]);
    expect(open.projects.usesAsset([film, 'other' as AssetId])).toEqual(['A']);
    open.projects.undo(id);
    expect(open.projects.usesAsset([film])).toEqual([]);
    open.projects.redo(id);
    open.projects.remove(id);
    expect(open.projects.usesAsset([film])).toEqual([]);
    expect([
      open.projects.list().length,
      open.projects.list({ isRemoved: true }).length,
      open.projects.count(),
    ]).toEqual([0, 1, 0]);
    expect(codeOf(() => open.projects.apply(id, rename('B')))).toBe('edit-refused');
    open.projects.restore(id);
    open.projects.restore(id);
    expect(open.projects.apply(id, rename('B')).headSeq).toBe(2);
    expect(codeOf(() => open.projects.remove('nope' as ProjectId))).toBe('not-found');
  });

  it('duplicates a project with a history of its own', () => {
    const { id } = open.projects.create({ name: 'A', template: 'single' }).project;
    open.projects.apply(id, rename('B'));
    const copy = open.projects.duplicate(id, 'Copy');
    expect(copy).toMatchObject({ project: { name: 'Copy' }, headSeq: 0, undoLabel: null });
    open.projects.apply(copy.project.id, edit({ type: 'slot.remove', slotId: 'ad' }));
    expect(open.projects.get(id).project.slots).toHaveLength(1);
  });
});
