import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { type JobId, newId } from '#shared/model/index.ts';
import type { Dependencies } from './dependencies.ts';
import type { Registry } from './registry.ts';
import type { JobStore } from './store.ts';
import type { JobRequest } from './types.ts';

interface EnqueueOptions {
  db: Database;
  clock: Clock;
  store: JobStore;
  registry: Registry;
  dependencies: Dependencies;
  onChanged: (ids: readonly JobId[]) => void;
}

/** Makes `Jobs.enqueueMany`. */
export function createEnqueue(options: EnqueueOptions): (requests: readonly JobRequest[]) => JobId[] {
  const { db, clock, store, registry, dependencies, onChanged } = options;

  function enqueueOne(request: JobRequest): JobId {
    const definition = registry.get(request.type);
    const { title } = definition.check(request.input);
    const key = request.idempotencyKey ?? null;
    const existing = key === null ? undefined : store.byKey(key, request.keyLasts ?? false);
    if (existing !== undefined) return existing;
    const id = request.id ?? newId<JobId>('job');
    const { count, dead } = dependencies.pending(request.dependsOn ?? []);
    store.insert(
      {
        id,
        type: definition.type,
        title: request.title ?? title,
        lane: definition.lane,
        state: count > 0 ? 'waiting' : 'queued',
        priority: Math.round(request.priority ?? 0),
        group: request.group ?? null,
        key,
        inputJson: JSON.stringify(request.input ?? null),
        maxAttempts: Math.max(1, request.maxAttempts ?? definition.maxAttempts),
        pendingCount: count,
        createdAt: clock.nowMs(),
      },
      request.dependsOn ?? [],
    );
    if (dead !== null) dependencies.blocked(dead, clock.nowMs());
    return id;
  }

  return (requests) => {
    if (requests.length === 0) return [];
    return db.transaction(() => {
      const ids = requests.map(enqueueOne);
      db.afterCommit(() => onChanged(ids));
      return ids;
    });
  };
}
