import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { ProjectState } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { applyEdit, editLabel } from '#shared/model/apply/index.ts';
import type { Edit, Project, ProjectId, SlotId } from '#shared/model/index.ts';
import { newProject } from '#shared/model/recipes.ts';
import type { EngineClient } from './api.ts';
import { ProjectEdits } from './project-edits.ts';
import { keys } from './query-keys.ts';

/** The projects part of an engine, in memory, answering when it is let. */
function fakeEngine(project: Project) {
  let current = project;
  let seq = 0;
  const seen: string[] = [];
  const state = (label: string | null): ProjectState => ({
    project: current,
    headSeq: seq,
    undoLabel: label,
    redoLabel: null,
  });
  const past: Project[] = [project];
  const apply = async ({ edit, baseSeq }: { edit: Edit; baseSeq: number | null }) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (baseSeq !== null && baseSeq !== seq) throw new AppError('conflict', 'Somebody else changed it meanwhile.');
    current = applyEdit(current, edit);
    seq += 1;
    past[seq] = current;
    seen.push(editLabel(edit));
    const { project: _, ...answer } = state(editLabel(edit));
    return answer;
  };
  /** One step back; its history is a line, and redo is not asked of it. */
  const undo = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    seq -= 1;
    current = past[seq] ?? current;
    seen.push('undo');
    return { ...state(seq === 0 ? null : 'Rename project'), redoLabel: 'Rename project' };
  };
  const get = async () => state('Theirs');
  return {
    client: { projects: { apply, undo, get } } as unknown as EngineClient,
    seen,
    state,
    editElsewhere: (name: string) => {
      current = { ...current, name };
      seq += 1;
      past[seq] = current;
    },
    change: (change: (project: Project) => Project) => {
      current = change(current);
      seq += 1;
      past[seq] = current;
    },
    current: () => current,
  };
}

function setUp() {
  const project = newProject({ name: 'Ad', id: 'p1' as ProjectId });
  const engine = fakeEngine(project);
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  const key = keys.project(project.id);
  queries.setQueryDefaults(key, { queryFn: async () => engine.state('read anew') });
  queries.setQueryData<ProjectState>(key, engine.state(null));
  const edits = new ProjectEdits(queries);
  const shown = () => queries.getQueryData<ProjectState>(key);
  const rename = (name: string) => edits.apply(engine.client, project.id, { type: 'project.rename', name });
  return { id: project.id, engine, queries, edits, shown, rename, key };
}

describe('ProjectEdits', () => {
  it('shows an edit at once and sends them in order', async () => {
    const { engine, shown, rename, edits, id } = setUp();
    void rename('One');
    const second = rename('Two');
    expect(shown()?.project.name).toBe('Two');
    expect(shown()?.undoLabel).toBe('Rename project');
    await second;
    await edits.settled(id);
    expect(engine.seen).toEqual(['Rename project', 'Rename project']);
    expect(engine.current().name).toBe('Two');
    expect(shown()?.headSeq).toBe(2);
  });

  it('refuses what the model refuses without telling the engine', () => {
    const { engine, edits, id, shown } = setUp();
    expect(() => edits.apply(engine.client, id, { type: 'slot.remove', slotId: 'nowhere' as never })).toThrow(AppError);
    expect(engine.seen).toEqual([]);
    expect(shown()?.project.slots).toHaveLength(3);
  });

  it('applies what waits anew to what another face has made meanwhile, and tells what does not fit any more', async () => {
    const { engine, edits, id, shown, rename } = setUp();
    const first = edits.apply(engine.client, id, { type: 'slot.rename', slotId: 'hook' as SlotId, name: 'Opening' });
    const lost = edits.apply(engine.client, id, { type: 'slot.rename', slotId: 'cta' as SlotId, name: 'Ending' });
    const last = rename('Mine');
    engine.change((project) => ({ ...project, slots: project.slots.filter((slot) => slot.id !== 'cta') }));
    await Promise.all([first, last, expect(lost).rejects.toMatchObject({ code: 'conflict' })]);
    expect(engine.current()).toMatchObject({ name: 'Mine', slots: [{ name: 'Opening' }, { name: 'Body' }] });
    expect(engine.seen).toEqual(['Rename part', 'Rename project']);
    expect(shown()).toMatchObject({ project: engine.current(), headSeq: 3 });
  });

  it('reads anew what was announced while edits were under way', async () => {
    const { edits, id, queries, key, rename, engine } = setUp();
    const mine = rename('Mine');
    edits.heard(id, 7);
    await mine;
    await edits.settled(id);
    expect(queries.getQueryState(key)?.isInvalidated).toBe(true);
    expect(engine.seen).toHaveLength(1);
  });

  it('shows undo at once where it has been before, and what the engine says in the end', async () => {
    const { edits, id, shown, rename, engine } = setUp();
    await rename('One');
    await rename('Two');
    const steps = [edits.step(engine.client, id, 'undo'), edits.step(engine.client, id, 'undo')];
    expect(shown()).toMatchObject({ project: { name: 'Ad' }, headSeq: 0, undoLabel: null });
    await Promise.all(steps);
    expect(engine.seen).toEqual(['Rename project', 'Rename project', 'undo', 'undo']);
    expect(shown()).toMatchObject({ project: { name: 'Ad' }, headSeq: 0, redoLabel: 'Rename project' });
  });

  it('sends an edit made during undo after it, on what undo brought', async () => {
    const { edits, id, shown, rename, engine } = setUp();
    engine.editElsewhere('Theirs');
    await rename('Mine');
    await edits.settled(id);
    const undone = edits.step(engine.client, id, 'undo');
    const slot = edits.apply(engine.client, id, { type: 'slot.rename', slotId: 'hook' as SlotId, name: 'Opening' });
    await Promise.all([undone, slot]);
    await edits.settled(id);
    expect(engine.current()).toMatchObject({ name: 'Theirs', slots: [{ name: 'Opening' }, {}, {}] });
    expect(shown()?.project).toEqual(engine.current());
  });

  it('does not read its own edits back', async () => {
    const { edits, id, queries, key, rename, shown } = setUp();
    await rename('One');
    edits.heard(id, 1);
    expect(queries.getQueryState(key)?.isInvalidated).toBe(false);
    edits.heard(id, 2);
    expect(queries.getQueryState(key)?.isInvalidated).toBe(true);
    expect(shown()?.project.name).toBe('One');
  });
});
