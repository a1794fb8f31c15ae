import type { QueryClient } from '@tanstack/react-query';
import type { ProjectState } from '#shared/contract/index.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { applyEdit, editLabel } from '#shared/model/apply/index.ts';
import { type Edit, type EditInput, editSchema, type Project, type ProjectId } from '#shared/model/index.ts';
import type { EngineClient } from './api.ts';
import { keys } from './query-keys.ts';
import { SeenPoints } from './seen-points.ts';

/** An edit that the engine has not answered yet. */
interface Waiting {
  edit: Edit;
  /** The project with it, as it is shown. */
  project: Project;
  resolve: () => void;
  reject: (error: AppError) => void;
}

interface Line {
  /** Head of the history as the engine last told it. */
  confirmedSeq: number;
  waiting: Waiting[];
  /** Settles when everything handed in so far has been answered. */
  sending: Promise<void>;
  isSending: boolean;
  /** Steps through the history that the engine has not answered yet; they go one after another. */
  travels: number;
  travelling: Promise<void>;
  seen: SeenPoints;
  /** The latest head that was announced while something was under way; 0 = none. */
  heardSeq: number;
  /** What is shown may differ from what the engine has: it is read anew once nothing is under way. */
  isDoubtful: boolean;
}

/** How often an edit is tried again because others were faster. */
const mostRetries = 20;

/**
 * Keeps the page's copy of projects ahead of the engine: an edit is applied here at once, then sent in order. Where
 * somebody else edited meanwhile, what waits is applied anew to what they have made; only what no longer fits is lost,
 * and told. Any other refusal by the engine (full disk) drops what waits and reads the project anew.
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

  #show(id: ProjectId, state: ProjectState): void {
    // A read under way would bring back the project as it was before.
    void this.#queries.cancelQueries({ queryKey: keys.project(id) });
    this.#queries.setQueryData<ProjectState>(keys.project(id), state);
  }

  #line(id: ProjectId, headSeq: number): Line {
    let line = this.#lines.get(id);
    if (!line) {
      const idle = { isSending: false, travels: 0, heardSeq: 0, isDoubtful: false };
      const settled = { sending: Promise.resolve(), travelling: Promise.resolve() };
      line = { confirmedSeq: headSeq, waiting: [], seen: new SeenPoints(), ...idle, ...settled };
      this.#lines.set(id, line);
    }
    if (!line.isSending && line.travels === 0) line.confirmedSeq = headSeq;
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
    if (!line.isSending) line.seen.remember(state.headSeq, state.project, state.undoLabel, null);
    this.#show(id, { ...state, project, undoLabel: editLabel(edit), redoLabel: null });
    const answered = new Promise<void>((resolve, reject) => line.waiting.push({ edit, project, resolve, reject }));
    if (!line.isSending) {
      line.isSending = true;
      line.sending = line.travelling.then(() => this.#send(client, id, line));
    }
    return answered;
  }

  async #send(client: EngineClient, id: ProjectId, line: Line): Promise<void> {
    const answered: Waiting[] = [];
    try {
      let retries = 0;
      for (let next = line.waiting[0]; next; next = line.waiting[0]) {
        try {
          await this.#sendOne(client, id, line, next);
          answered.push(next);
        } catch (error) {
          const failure = toAppError(error);
          if (failure.code !== 'conflict' || retries >= mostRetries) throw failure;
          retries += 1;
          this.#applyAnew(id, line, await client.projects.get({ id }));
        }
      }
    } catch (error) {
      const failure = toAppError(error);
      line.isDoubtful = true;
      for (const { reject } of line.waiting.splice(0)) reject(failure);
    } finally {
      line.isSending = false;
      this.#readIfBehind(id, line);
      // Whoever waited finds nothing under way any more.
      for (const { resolve } of answered) resolve();
    }
  }

  async #sendOne(client: EngineClient, id: ProjectId, line: Line, next: Waiting): Promise<void> {
    const baseSeq = line.confirmedSeq;
    const answer = await client.projects.apply({ id, edit: next.edit, baseSeq });
    line.waiting.shift();
    line.confirmedSeq = answer.headSeq;
    line.seen.remember(answer.headSeq, next.project, answer.undoLabel, baseSeq);
    this.#queries.setQueryData<ProjectState>(keys.project(id), (state) =>
      state && line.waiting.length === 0 ? { ...state, ...answer } : state,
    );
  }

  /** What waits comes after what the engine has by now, which has none of it yet. */
  #applyAnew(id: ProjectId, line: Line, state: ProjectState): void {
    line.confirmedSeq = state.headSeq;
    line.seen.remember(state.headSeq, state.project, state.undoLabel, null);
    let { project } = state;
    let label = state.undoLabel;
    line.waiting = line.waiting.flatMap((one) => {
      try {
        project = applyEdit(project, one.edit);
        label = editLabel(one.edit);
        return [{ ...one, project }];
      } catch (error) {
        one.reject(lostTo(one.edit, error));
        return [];
      }
    });
    const redoLabel = line.waiting.length > 0 ? null : state.redoLabel;
    this.#show(id, { ...state, project, undoLabel: label, redoLabel });
  }

  #readIfBehind(id: ProjectId, line: Line): void {
    const state = this.#state(id);
    if (line.travels > 0 || line.isSending) return;
    if (!line.isDoubtful && state?.headSeq === line.confirmedSeq && line.heardSeq <= line.confirmedSeq) return;
    line.isDoubtful = false;
    line.heardSeq = 0;
    // Not waited for: reading waits until everything is settled, and this is part of it.
    void this.#queries.invalidateQueries({ queryKey: keys.project(id) });
  }

  /** Undo or redo: shown at once where this page has been there before, then asked of the engine. */
  step(client: EngineClient, id: ProjectId, way: 'undo' | 'redo'): Promise<void> {
    const state = this.#state(id);
    const line = state && this.#line(id, state.headSeq);
    const guess = state && line && !line.isSending ? line.seen[way](state) : null;
    if (guess) this.#show(id, guess);
    return this.travel(id, () => client.projects[way]({ id }), guess?.headSeq);
  }

  /**
   * Goes to another point of the history, after everything that is under way. `expectedSeq`: what is shown already.
   * Rejects with an AppError.
   */
  travel(id: ProjectId, call: () => Promise<ProjectState>, expectedSeq?: number): Promise<void> {
    const line = this.#line(id, this.#state(id)?.headSeq ?? 0);
    const before = line.sending;
    line.travels += 1;
    const go = async () => {
      try {
        await before;
        this.#arrive(id, line, await call(), expectedSeq);
      } catch (error) {
        line.isDoubtful = true;
        throw toAppError(error);
      } finally {
        line.travels -= 1;
        this.#readIfBehind(id, line);
      }
    };
    const gone = line.travelling.then(go);
    line.travelling = gone.catch(() => undefined);
    return gone;
  }

  #arrive(id: ProjectId, line: Line, state: ProjectState, expectedSeq: number | undefined): void {
    line.confirmedSeq = state.headSeq;
    if (line.waiting.length > 0) {
      if (expectedSeq !== state.headSeq) this.#applyAnew(id, line, state);
    } else if (line.travels === 1) this.#show(id, state);
  }

  /** Waits until every edit and step handed in has been answered. */
  async settled(id: ProjectId): Promise<void> {
    const line = this.#lines.get(id);
    await line?.travelling;
    await line?.sending;
  }

  /** The engine announced a project's new head: read it unless it is our own edit. */
  heard(id: ProjectId, headSeq: number): void {
    const line = this.#lines.get(id);
    if (line && (line.isSending || line.travels > 0)) {
      line.heardSeq = Math.max(line.heardSeq, headSeq);
      return;
    }
    if (this.#state(id)?.headSeq === headSeq) return;
    void this.#queries.invalidateQueries({ queryKey: keys.project(id) });
  }
}

function lostTo(edit: Edit, cause: unknown): AppError {
  const label = editLabel(edit);
  return new AppError(
    'conflict',
    `“${label}” could not be kept: what it was about was changed elsewhere in the meantime. ${toAppError(cause).userMessage}`,
    { cause },
  );
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
