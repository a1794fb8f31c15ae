import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { describe, expect, it, vi } from 'vitest';
import { manualClock } from '#main/platform/clock/index.ts';
import { holdExclusively, isHeld, openDatabase } from '#main/platform/db/index.ts';
import { libraryHolder, lockLibrary, tryLockLibrary } from '#main/platform/lock/index.ts';
import { silentLog } from '#main/platform/log/index.ts';

/** A library folder with migrations of its own. */
function setUp(
  migrations: Record<string, string> = { '0001_core.sql': 'CREATE TABLE note (id TEXT PRIMARY KEY) STRICT;' },
) {
  const dir = mkdtempSync(join(tmpdir(), 'spotloom-db-'));
  const migrationsDir = join(dir, 'migrations');
  const file = join(dir, 'library', 'library.sqlite');
  const clock = manualClock();
  mkdirSync(migrationsDir);
  const migrate = (files: Record<string, string>) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(migrationsDir, name), content);
  };
  migrate(migrations);
  const open = () => openDatabase({ file, migrationsDir, log: silentLog(), clock });
  const backups = () =>
    readdirSync(join(dir, 'library')).includes('backups') ? readdirSync(join(dir, 'library', 'backups')) : [];
  return { dir, file, clock, migrate, open, backups };
}

function codeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'nothing was thrown';
}

describe('opening', () => {
  it('makes a library, sets it up for crashes, and needs no backup for that', () => {
    const { open, backups } = setUp();
    const db = open();
    const pragma = (name: string) => Object.values(db.raw.prepare<object>(`PRAGMA ${name}`).get() ?? {})[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 1, 1]);
    expect(backups()).toEqual([]);
    db.dispose();
    db.dispose();
  });

  it('migrates an existing library after a backup, and keeps five of them', () => {
    const { open, migrate, backups, clock } = setUp();
    open().dispose();
    for (let number = 2; number <= 8; number += 1) {
      clock.advance(1000);
      migrate({ [`000${number}_more.sql`]: `CREATE TABLE more${number} (id TEXT) STRICT;` });
      open().dispose();
    }
    open().dispose();
    expect(backups()).toHaveLength(5);
    expect(backups().every((name) => /^library-.*\.sqlite$/.test(name))).toBe(true);
  });

  it('applies a migration whole or not at all', () => {
    const { open, migrate } = setUp();
    open().dispose();
    migrate({ '0002_bad.sql': 'CREATE TABLE good (id TEXT); CREATE TABLE note (id TEXT);' });
    expect(() => open()).toThrow(/0002_bad\.sql/);
    migrate({ '0002_bad.sql': 'CREATE TABLE good (id TEXT);' });
    open().dispose();
  });

  it('refuses a migration that leaves broken references', () => {
    const { open, migrate } = setUp();
    const db = open();
    db.raw.exec("INSERT INTO note VALUES ('a')");
    db.dispose();
    migrate({
      '0002_ref.sql': "CREATE TABLE ref (id TEXT REFERENCES note (id)) STRICT; INSERT INTO ref VALUES ('nobody');",
    });
    expect(() => open()).toThrow(/broken references/);
  });

  it('says when a library is of another version', () => {
    const { open } = setUp();
    const db = open();
    db.raw.exec("INSERT INTO schema_migrations VALUES ('0099_future.sql', 'x', 0)");
    db.dispose();
    expect(codeOf(open)).toBe('database-newer');
    const other = setUp();
    other.open().dispose();
    other.migrate({ '0001_core.sql': 'CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT;' });
    expect(codeOf(other.open)).toBe('database-newer');
  });

  it('takes a checkout with Windows line ends for the same migration', () => {
    const { open, migrate } = setUp({ '0001_core.sql': 'CREATE TABLE a (id TEXT);\nCREATE TABLE b (id TEXT);\n' });
    open().dispose();
    migrate({ '0001_core.sql': 'CREATE TABLE a (id TEXT);\r\nCREATE TABLE b (id TEXT);\r\n' });
    open().dispose();
  });

  it('keeps a damaged file as it is and names the newest backup', () => {
    const { open, file } = setUp();
    const db = open();
    const backup = db.backup();
    db.raw.exec(
      'CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) SELECT i, hex(randomblob(50)) AS x FROM n',
    );
    db.dispose();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 8192, 200_000);
    writeFileSync(file, bytes);
    expect(() => open()).toThrow(
      expect.objectContaining({ code: 'database-damaged', details: expect.objectContaining({ newestBackup: backup }) }),
    );
    expect(readFileSync(file).equals(bytes)).toBe(true);
    writeFileSync(file, 'this is no database at all, but long enough to be looked at as one'.repeat(20));
    expect(codeOf(open)).toBe('database-damaged');
    copyFileSync(backup, file);
    open().dispose();
  });

  it('checks a large library in the background, and refuses it at the next start when it is damaged', async () => {
    const { open, file, clock } = setUp();
    const db = open();
    db.raw.exec(`CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000)
      SELECT i, hex(randomblob(500)) AS x FROM n`);
    db.dispose();
    const healthy = open();
    clock.advance(60_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    healthy.dispose();
    open().dispose();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 10_000_000, 10_100_000);
    writeFileSync(file, bytes);
    const damaged = open();
    clock.advance(60_000);
    await vi.waitFor(() => expect(existsSync(`${file}.suspect`)).toBe(true), 5_000);
    expect(codeOf(() => damaged.raw.prepare('SELECT sum(length(x)) FROM big').get())).toBe('database-damaged');
    damaged.dispose();
    expect(codeOf(open)).toBe('database-damaged');
  });

  it('does not take over a database of another program, nor a folder it cannot write', () => {
    const { open, file, dir } = setUp();
    open().dispose();
    const made = spawnSync(process.execPath, [
      '-e',
      `const D = require('better-sqlite3'); new D(${JSON.stringify(join(dir, 'x.sqlite'))}).exec('CREATE TABLE theirs (id)')`,
    ]);
    expect(made.status).toBe(0);
    copyFileSync(join(dir, 'x.sqlite'), file);
    expect(codeOf(open)).toBe('invalid-input');
    const log = silentLog();
    expect(
      codeOf(() => openDatabase({ file: join(file, 'x', 'y.sqlite'), migrationsDir: dir, log, clock: manualClock() })),
    ).toBe('folder-unwritable');
    const nowhere = '/proc/nothing/x/library.sqlite';
    expect(codeOf(() => openDatabase({ file: nowhere, migrationsDir: dir, log, clock: manualClock() }))).toBe(
      'folder-unwritable',
    );
  });
});

describe('transactions', () => {
  const note = sqliteTable('note', { id: text('id').primaryKey() });

  it('hold rows of drizzle and of raw SQL together, and undo inner ones alone', () => {
    const db = setUp().open();
    const heard: string[] = [];
    db.transaction(() => {
      db.orm.insert(note).values({ id: 'outer' }).run();
      db.afterCommit(() => heard.push('outer'));
      const inner = () =>
        db.transaction(() => {
          db.raw.prepare('INSERT INTO note VALUES (?)').run('inner');
          db.afterCommit(() => heard.push('inner'));
          throw new Error('no');
        });
      expect(inner).toThrow('no');
      db.transaction(() => db.afterCommit(() => heard.push('second inner')));
      expect(heard).toEqual([]);
    });
    expect(db.orm.select().from(note).all()).toEqual([{ id: 'outer' }]);
    expect(heard).toEqual(['outer', 'second inner']);
    expect(db.orm.select().from(note).where(eq(note.id, sql`'outer'`)).all()).toHaveLength(1);
    db.dispose();
  });

  it('roll back, also when a promise is returned, and the connection goes on', () => {
    const db = setUp().open();
    expect(() => db.transaction(() => Promise.resolve(db.raw.exec("INSERT INTO note VALUES ('x')")))).toThrow(
      /synchronous/,
    );
    expect(() =>
      db.transaction(() =>
        db.orm
          .insert(note)
          .values([{ id: 'a' }, { id: 'a' }])
          .run(),
      ),
    ).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(db.orm.select().from(note).all()).toEqual([]);
    expect(db.inTransaction).toBe(false);
    db.dispose();
  });

  it('call a full disk by its name, lose nothing and go on when there is space again', () => {
    const db = setUp().open();
    db.raw.exec("INSERT INTO note VALUES ('kept')");
    db.raw.exec('PRAGMA max_page_count = 8');
    const fill = () =>
      db.transaction(() => {
        for (let at = 0; at < 1000; at += 1)
          db.raw.prepare('INSERT INTO note VALUES (?)').run(`${at}`.padEnd(500, 'x'));
      });
    expect(fill).toThrow(expect.objectContaining({ code: 'disk-full', retry: 'free-space' }));
    db.raw.exec('PRAGMA max_page_count = 100000');
    fill();
    expect(db.orm.select().from(note).all()).toHaveLength(1001);
    db.dispose();
  });

  it('of another connection are noticed', () => {
    const { open } = setUp();
    const [one, two] = [open(), open()];
    const before = one.externalVersion();
    one.raw.exec("INSERT INTO note VALUES ('own')");
    expect(one.externalVersion()).toBe(before);
    two.raw.exec("INSERT INTO note VALUES ('other')");
    expect(one.externalVersion()).not.toBe(before);
    one.dispose();
    two.dispose();
  });
});

describe('an exclusive file', () => {
  const holdInChild = (file: string) =>
    `import('#main/platform/db/index.ts').then((db) => { console.log(db.holdExclusively(${JSON.stringify(file)}) !== null); process.kill(process.pid, 'SIGKILL'); })`;

  it('is held by one, and free again after kill -9', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'spotloom-lock-')), 'x.lock');
    const child = () => spawnSync(process.execPath, ['-e', holdInChild(file)], { encoding: 'utf8' });
    expect(isHeld(file)).toBe(false);
    const first = child();
    expect([first.stdout.trim(), first.signal]).toEqual(['true', 'SIGKILL']);
    expect(isHeld(file)).toBe(false);
    const held = holdExclusively(file);
    expect(held).not.toBeNull();
    expect(isHeld(file)).toBe(true);
    expect(holdExclusively(file)).toBeNull();
    expect(child().stdout.trim()).toBe('false');
    held?.release();
    held?.release();
    expect(child().stdout.trim()).toBe('true');
  });

  it('makes one process the first of a library and tells the others who it is', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'spotloom-lock-')), 'locks', 'library.lock');
    const lock = lockLibrary(file, { face: 'studio', nowMs: 5 });
    expect(tryLockLibrary(file, { face: 'terminal', nowMs: 6 })).toBeNull();
    expect(codeOf(() => lockLibrary(file, { face: 'terminal', nowMs: 6 }))).toBe('library-locked');
    expect(libraryHolder(file)).toEqual({ pid: process.pid, face: 'studio', sinceMs: 5 });
    lock.release();
    expect(libraryHolder(file)).toBeNull();
    lockLibrary(file, { face: 'terminal', nowMs: 7 }).release();
  });
});
