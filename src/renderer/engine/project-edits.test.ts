import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { ProjectState } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { applyEdit, editLabel } from '#shared/model/apply/index.ts';
import type { Edit, Project, ProjectId } from '#shared/model/index.ts';
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
  const apply = async ({ edit, baseSeq }: { edit: Edit; baseSeq: number | null }) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (baseSeq !== null && baseSeq !== seq) throw new AppError('conflict', 'Somebody else changed it meanwhile.');
    current = applyEdit(current, edit);
    seq += 1;
    seen.push(editLabel(edit));
    const { project: _, ...answer } = state(editLabel(edit));
    return answer;
  };
  return {
    client: { projects: { apply } } as unknown as EngineClient,
    seen,
    state,
    editElsewhere: (name: string) => {
      current = { ...current, name };
      seq += 1;
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

  it('drops what waits and reads anew when another face was faster', async () => {
    const { engine, queries, key, shown, rename } = setUp();
    engine.editElsewhere('Theirs');
    const observed = queries.fetchQuery({ queryKey: key, staleTime: Infinity });
    await observed;
    const first = rename('Mine');
    const second = rename('Mine too');
    await expect(first).rejects.toMatchObject({ code: 'conflict' });
    await expect(second).rejects.toMatchObject({ code: 'conflict' });
    expect(engine.seen).toEqual([]);
    await queries.refetchQueries({ queryKey: key });
    expect(shown()?.project.name).toBe('Theirs');
    await rename('Now mine');
    expect(engine.current().name).toBe('Now mine');
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
