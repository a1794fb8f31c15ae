import type { QueryClient } from '@tanstack/react-query';
import type { ProjectState } from '#shared/contract/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import { applyEdit, editLabel } from '#shared/model/apply/index.ts';
import { type Edit, type EditInput, editSchema, type ProjectId } from '#shared/model/index.ts';
import type { EngineClient } from './api.ts';
import { keys } from './query-keys.ts';

interface Line {
  /** Head of the history as the engine last told it. */
  confirmedSeq: number;
  waiting: Edit[];
  /** Settles when everything handed in so far has been answered. */
  sending: Promise<void>;
  isSending: boolean;
}

/**
 * Keeps the page's copy of projects ahead of the engine: an edit is applied here at once, then sent in order.
 * A refusal by the engine (another face edited meanwhile, full disk) drops what waits and reads the project anew.
 */
export class ProjectEdits {
  readonly #lines = new Map<ProjectId, Line>();
  readonly #queries: QueryClient;

  constructor(queries: QueryClient) {
    this.#queries = queries;
  }

  #state(id: ProjectId): ProjectState | undefined {
    return this.#queries.getQueryData<ProjectState>(keys.project(id));
  }

  #line(id: ProjectId, headSeq: number): Line {
    let line = this.#lines.get(id);
    if (!line) {
      line = { confirmedSeq: headSeq, waiting: [], sending: Promise.resolve(), isSending: false };
      this.#lines.set(id, line);
    }
    if (!line.isSending) line.confirmedSeq = headSeq;
    return line;
  }

  /**
   * Applies an edit here and queues it for the engine. Throws the AppError `edit-refused` when the model refuses it;
   * the promise rejects when the engine does.
   */
  apply(client: EngineClient, id: ProjectId, input: EditInput): Promise<void> {
    const state = this.#state(id);
    if (!state) throw toAppError(new Error(`project ${id} is not loaded`));
    const edit = editSchema.parse(input);
    const project = applyEdit(state.project, edit);
    const line = this.#line(id, state.headSeq);
    // A read under way would bring back the project as it was before this edit.
    void this.#queries.cancelQueries({ queryKey: keys.project(id) });
    this.#queries.setQueryData<ProjectState>(keys.project(id), {
      ...state,
      project,
      undoLabel: editLabel(edit),
      redoLabel: null,
    });
    line.waiting.push(edit);
    if (!line.isSending) {
      line.isSending = true;
      line.sending = this.#send(client, id, line);
    }
    return line.sending;
  }

  async #send(client: EngineClient, id: ProjectId, line: Line): Promise<void> {
    try {
      for (let edit = line.waiting[0]; edit; edit = line.waiting[0]) {
        const answer = await client.projects.apply({ id, edit, baseSeq: line.confirmedSeq });
        line.waiting.shift();
        line.confirmedSeq = answer.headSeq;
        this.#queries.setQueryData<ProjectState>(keys.project(id), (state) =>
          state && line.waiting.length === 0 ? { ...state, ...answer } : state,
        );
      }
    } catch (error) {
      line.waiting = [];
      throw toAppError(error);
    } finally {
      line.isSending = false;
      if (line.waiting.length === 0) await this.#readIfBehind(id, line);
    }
  }

  async #readIfBehind(id: ProjectId, line: Line): Promise<void> {
    const state = this.#state(id);
    if (state && state.headSeq === line.confirmedSeq) return;
    await this.#queries.invalidateQueries({ queryKey: keys.project(id) });
  }

  /** Waits until every edit handed in has been answered. */
  async settled(id: ProjectId): Promise<void> {
    await this.#lines.get(id)?.sending.catch(() => undefined);
  }

  /** The engine announced a project's new head: read it unless it is our own edit. */
  heard(id: ProjectId, headSeq: number): void {
    const line = this.#lines.get(id);
    if (line?.isSending) return;
    if (this.#state(id)?.headSeq === headSeq) return;
    void this.#queries.invalidateQueries({ queryKey: keys.project(id) });
  }

  /** Takes over a state the engine answered with (undo, redo, restore). */
  adopt(id: ProjectId, state: ProjectState): void {
    void this.#queries.cancelQueries({ queryKey: keys.project(id) });
    const line = this.#lines.get(id);
    if (line) line.confirmedSeq = state.headSeq;
    this.#queries.setQueryData<ProjectState>(keys.project(id), state);
  }
}

const byCache = new WeakMap<QueryClient, ProjectEdits>();

/** The one {@link ProjectEdits} of a cache. */
export function projectEdits(queries: QueryClient): ProjectEdits {
  let edits = byCache.get(queries);
  if (!edits) {
    edits = new ProjectEdits(queries);
    byCache.set(queries, edits);
  }
  return edits;
}
