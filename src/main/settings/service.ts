import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { createEvents } from '#main/platform/events/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Settings, SettingsPatch } from './schema.ts';
import { defaultSettings, settingsSchema } from './schema.ts';
import { createSettingsTable } from './store.ts';
import type { DamagedSetting, SettingsEventMap, SettingsStore } from './types.ts';

/** How often another process's changes are looked for while someone listens. */
const lookPeriodMs = 1_000;

/** Creates the settings of one library; values that cannot be used are reported and replaced by their defaults. */
export function createSettings(options: { db: Database; log: Log; clock: Clock }): SettingsStore {
  const { db, log, clock } = options;
  const table = createSettingsTable(db);
  const events = createEvents<SettingsEventMap>({
    onListenerError: (error) => log.error('a settings listener failed', { error }),
  });
  const damaged = new Map<string, DamagedSetting>();
  let seenVersion = db.externalVersion();
  let current = load();

  function load(): Settings {
    const { settings, problems } = readSettings(table.read());
    for (const problem of problems) {
      if (!damaged.has(problem.key)) log.warn('a setting is damaged; its default is used', { ...problem });
      damaged.set(problem.key, problem);
    }
    return settings;
  }

  function refresh(): Settings {
    const version = db.externalVersion();
    if (version === seenVersion) return current;
    seenVersion = version;
    return replace(load());
  }

  function replace(next: Settings): Settings {
    if (JSON.stringify(next) === JSON.stringify(current)) return current;
    current = next;
    events.emit('changed', next);
    return next;
  }

  const stopLooking = clock.every(lookPeriodMs, () => void (events.hasListeners('changed') && refresh()));
  return {
    events,
    get: () => (db.inTransaction ? load() : refresh()),
    update(patch) {
      const changes = parsePatch(patch);
      return db.transaction(() => {
        for (const [key, value] of changes) {
          if (value === null) table.remove(key);
          else table.write(key, JSON.stringify(value), clock.nowMs());
          damaged.delete(key);
        }
        db.afterCommit(() => replace(load()));
        return load();
      });
    },
    damaged: () => [...damaged.values()],
    dispose() {
      stopLooking();
      events.dispose();
    },
  };
}

type Key = keyof Settings;
const keys = Object.keys(settingsSchema.shape) as Key[];

/** Stored texts → complete settings; a value that does not parse falls back to its own default only. */
function readSettings(stored: ReadonlyMap<string, string>): { settings: Settings; problems: DamagedSetting[] } {
  const problems: DamagedSetting[] = [];
  const values: Partial<Settings> = {};
  for (const key of keys) {
    const text = stored.get(key);
    if (text === undefined) continue;
    const parsed = settingsSchema.shape[key].safeParse(parseJson(text));
    if (parsed.success) Object.assign(values, { [key]: parsed.data });
    else problems.push({ key, reason: parsed.error.issues[0]?.message ?? 'not readable' });
  }
  return { settings: { ...defaultSettings, ...values }, problems };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return Symbol('not JSON');
  }
}

function parsePatch(patch: SettingsPatch): [Key, unknown][] {
  return Object.entries(patch)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const key = keys.find((one) => one === name);
      if (key === undefined) throw refused(name, 'there is no such setting');
      if (value === null) return [key, null];
      const parsed = settingsSchema.shape[key].safeParse(value);
      if (!parsed.success) throw refused(name, parsed.error.issues[0]?.message ?? 'not valid');
      return [key, parsed.data];
    });
}

function refused(key: string, reason: string): AppError {
  return new AppError('invalid-input', `The setting "${key}" cannot be that: ${reason}.`, { details: { key, reason } });
}
