import type { Clock, Dispose } from '#main/platform/clock/index.ts';
import type { Events } from '#main/platform/events/index.ts';
import type { JobId } from '#shared/model/index.ts';
import type { JobsEventMap, JobView } from './types.ts';

/** Shortest time between two announcements: ten a second. */
const periodMs = 100;
/** Views read at once, so that an announcement never holds up the engine. */
const batchSize = 200;
/** Beyond this many, listeners are told to ask again instead. */
const mostBehind = 5_000;

/** Collects which jobs changed and announces their newest views, at most ten times a second. */
export class ChangeFeed {
  readonly #events: Events<JobsEventMap>;
  readonly #clock: Clock;
  readonly #viewOf: (id: JobId) => JobView | undefined;
  readonly #changed = new Set<JobId>();
  #timer: Dispose | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(events: Events<JobsEventMap>, clock: Clock, viewOf: (id: JobId) => JobView | undefined) {
    this.#events = events;
    this.#clock = clock;
    this.#viewOf = viewOf;
  }

  /** Notes that a job changed. */
  add(id: JobId): void {
    if (!this.#events.hasListeners('changed')) return;
    this.#changed.add(id);
    if (this.#timer !== null) return;
    const waitMs = Math.max(0, this.#lastMs + periodMs - this.#clock.monotonicMs());
    this.#timer = this.#clock.after(waitMs, () => this.#announce());
  }

  /** Announces nothing more. */
  dispose(): void {
    this.#timer?.();
    this.#changed.clear();
  }

  #announce(): void {
    this.#timer = null;
    this.#lastMs = this.#clock.monotonicMs();
    if (this.#changed.size > mostBehind) {
      this.#changed.clear();
      this.#events.emit('changedElsewhere', undefined);
      return;
    }
    const ids = [...this.#changed].slice(0, batchSize);
    for (const id of ids) this.#changed.delete(id);
    const views = ids.map((id) => this.#viewOf(id)).filter((view) => view !== undefined);
    if (views.length > 0) this.#events.emit('changed', views);
    if (this.#changed.size > 0) this.#timer ??= this.#clock.after(periodMs, () => this.#announce());
  }
}
