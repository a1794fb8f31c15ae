import { expect, it } from 'vitest';
import { manualClock } from '#main/platform/clock/index.ts';
import { openDatabase } from '#main/platform/db/index.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { migrationsFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import { createSettings, defaultSettings } from './index.ts';

function setUp() {
  const clock = manualClock();
  const log = silentLog();
  const db = openDatabase({ file: ':memory:', migrationsDir: migrationsFolder(resourcesFolder()), log, clock });
  return { db, open: () => createSettings({ db, log, clock }) };
}

it('starts with defaults and keeps what is changed', () => {
  const { open } = setUp();
  const settings = open();
  expect(settings.get()).toMatchObject({ theme: 'dark', importMode: 'link', ffmpegPath: null });
  const heard: unknown[] = [];
  settings.events.on('changed', (value) => heard.push(value));
  settings.update({ stillSeconds: 5, exportFolder: '/out' });
  settings.update({ stillSeconds: 5 });
  expect(heard).toHaveLength(1);
  expect(open().get()).toMatchObject({ stillSeconds: 5, exportFolder: '/out' });
  settings.update({ stillSeconds: null, exportFolder: null });
  expect(open().get()).toEqual(defaultSettings);
});

it('refuses what is not valid and changes nothing then', () => {
  const { open } = setUp();
  const settings = open();
  const before = settings.get();
  expect(() => settings.update({ stillSeconds: 5, cacheLimitBytes: -1 })).toThrow(/cacheLimitBytes/);
  expect(() => settings.update({ nothing: 1 } as never)).toThrow(/nothing/);
  expect(settings.get()).toEqual(before);
});

it('falls back to the default of a damaged value alone, and reports it', () => {
  const { db, open } = setUp();
  open().update({ stillSeconds: 5, importMode: 'copy' });
  db.raw.exec(`UPDATE settings SET value = '{not json' WHERE key = 'stillSeconds'`);
  db.raw.exec(`INSERT INTO settings VALUES ('cacheLimitBytes', '"huge"', 0), ('fromTheFuture', '1', 0)`);
  const settings = open();
  expect(settings.get()).toMatchObject({ stillSeconds: 3, importMode: 'copy' });
  expect(
    settings
      .damaged()
      .map(({ key }) => key)
      .sort(),
  ).toEqual(['cacheLimitBytes', 'stillSeconds']);
  settings.update({ stillSeconds: 4 });
  expect(settings.damaged().map(({ key }) => key)).toEqual(['cacheLimitBytes']);
});

it('goes back with the transaction it was changed in', () => {
  const { db, open } = setUp();
  const settings = open();
  const heard: unknown[] = [];
  settings.events.on('changed', (value) => heard.push(value));
  const work = () =>
    db.transaction(() => {
      settings.update({ stillSeconds: 4 });
      expect(settings.get().stillSeconds).toBe(4);
      throw new Error('no');
    });
  expect(work).toThrow('no');
  expect(settings.get().stillSeconds).toBe(3);
  expect(heard).toEqual([]);
});
