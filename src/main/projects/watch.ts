import type { Clock, Dispose } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Events } from '#main/platform/events/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import type { ProjectMark, ProjectStore } from './project-store.ts';
import type { ProjectsEventMap } from './types.ts';

/** How often other processes' changes are looked for while someone listens. */
const lookPeriodMs = 500;

/** Announces changes of projects: our own at once, those of other processes when they are seen. */
export interface ProjectWatch {
  /** To be called inside the transaction of a change; announces when it commits. */
  moved(id: ProjectId, headSeq: number, isListChanged: boolean): void;
  dispose: Dispose;
}

/** Starts watching. */
export function watchProjects(options: {
  db: Database;
  clock: Clock;
  store: ProjectStore;
  events: Events<ProjectsEventMap>;
}): ProjectWatch {
  const { db, clock, store, events } = options;
  let seenVersion = db.externalVersion();
  let seen: Map<ProjectId, ProjectMark> | null = null;

  const read = () => new Map(store.marks().map((mark) => [mark.id, mark]));

  function look(): void {
    if (!events.hasListeners('changed') && !events.hasListeners('listChanged')) return;
    const version = db.externalVersion();
    if (seen !== null && version === seenVersion) return;
    seenVersion = version;
    const before = seen;
    seen = read();
    if (before === null) return;
    let isListChanged = before.size !== seen.size;
    for (const [id, mark] of seen) {
      const old = before.get(id);
      if (old && old.headSeq !== mark.headSeq) events.emit('changed', { id, headSeq: mark.headSeq });
      if (!old || old.headSeq !== mark.headSeq || old.removedAt !== mark.removedAt) isListChanged = true;
    }
    if (isListChanged) events.emit('listChanged', null);
  }

  const stop = clock.every(lookPeriodMs, look);
  look();
  return {
    moved(id, headSeq, isListChanged) {
      db.afterCommit(() => {
        seen?.set(id, { id, headSeq, removedAt: null });
        events.emit('changed', { id, headSeq });
        if (isListChanged) events.emit('listChanged', null);
      });
    },
    dispose: stop,
  };
}
