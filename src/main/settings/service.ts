import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { SettingsStore } from './types.ts';

/** Creates the settings of one library; values that cannot be used are reported and replaced by their defaults. */
export function createSettings(options: { db: Database; log: Log; clock: Clock }): SettingsStore {
  throw new Error(`not yet: ${options.db.file}`);
}
