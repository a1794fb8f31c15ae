import type { Clock } from '#main/platform/clock/index.ts';
import { createEvents, type Events } from '#main/platform/events/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { ImportView } from '#shared/contract/index.ts';
import type { AssetId } from '#shared/model/index.ts';

/** What the library announces. Bursts are merged. */
export interface LibraryEventMap {
  /** null = too many to name. */
  assetsChanged: readonly AssetId[] | null;
  importChanged: ImportView;
}

/** Gathers changes and announces them a few times a second. */
export interface Notices {
  readonly events: Events<LibraryEventMap>;
  assetChanged(id: AssetId): void;
  assetsChanged(ids: readonly AssetId[] | null): void;
  importChanged(view: ImportView): void;
  /** Announces what has gathered. */
  flush(): void;
  dispose(): void;
}

const gatherMs = 50;
const mostNamed = 500;

/** Creates the library's announcements. */
export function createNotices(clock: Clock, log: Log): Notices {
  const events = createEvents<LibraryEventMap>({
    onListenerError: (error) => log.error('a listener of the library failed', { error }),
  });
  const ids = new Set<AssetId>();
  const imports = new Map<string, ImportView>();
  let isMany = false;
  let stopTimer: (() => void) | null = null;

  function later(): void {
    stopTimer ??= clock.after(gatherMs, flush);
  }

  function flush(): void {
    stopTimer?.();
    stopTimer = null;
    const changed = isMany || ids.size > mostNamed ? null : [...ids];
    const views = [...imports.values()];
    isMany = false;
    ids.clear();
    imports.clear();
    if (changed === null || changed.length > 0) events.emit('assetsChanged', changed);
    for (const view of views) events.emit('importChanged', view);
  }

  return {
    events,
    assetChanged(id) {
      ids.add(id);
      later();
    },
    assetsChanged(changed) {
      if (changed === null) isMany = true;
      else for (const id of changed) ids.add(id);
      later();
    },
    importChanged(view) {
      imports.set(view.id, view);
      if (view.state === 'running') later();
      else flush();
    },
    flush,
    dispose() {
      stopTimer?.();
      events.dispose();
    },
  };
}
