import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { silentLog } from '#main/platform/log/index.ts';
import { createSecrets } from './file-secrets.ts';
import { keyFileCipher } from './key-file-cipher.ts';

async function setUp() {
  const dir = await mkdtemp(join(tmpdir(), 'spotloom-secrets-'));
  const file = join(dir, 'secrets.json');
  const keyFile = join(dir, 'config', 'key');
  const open = () => createSecrets({ file, cipher: keyFileCipher(keyFile), log: silentLog() });
  return { file, keyFile, open };
}

it('keeps secrets across restarts, sealed, for this person only', async () => {
  const { file, keyFile, open } = await setUp();
  await open().set('openai.key', 'sk-very-secret-ö');
  expect(await open().get('openai.key')).toBe('sk-very-secret-ö');
  expect(await open().get('nothing')).toBeNull();
  expect(await readFile(file, 'utf8')).not.toContain('very-secret');
  for (const path of [file, keyFile]) expect((await stat(path)).mode & 0o077).toBe(0);
});

it('loses nothing when many are set at once, and deletes', async () => {
  const { open } = await setUp();
  const secrets = open();
  await Promise.all(Array.from({ length: 10 }, (_, at) => secrets.set(`key.${at}`, `${at}`)));
  await secrets.delete('key.3');
  expect(await secrets.names()).toHaveLength(9);
  expect(await secrets.get('key.3')).toBeNull();
  expect(await secrets.get('key.4')).toBe('4');
});

it('does not open a changed value, one stored under another name, or one of another key', async () => {
  const { file, keyFile, open } = await setUp();
  await open().set('a', 'value of a');
  await open().set('b', 'value of b');
  const stored = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(
    file,
    JSON.stringify({ version: 1, values: { a: stored.values.b, b: stored.values.b.replace(/^..../, 'AAAA') } }),
  );
  expect(await open().get('a')).toBeNull();
  expect(await open().get('b')).toBeNull();
  await writeFile(file, JSON.stringify(stored));
  expect(await open().get('a')).toBe('value of a');
  await writeFile(keyFile, Buffer.alloc(32, 7));
  expect(await open().get('a')).toBeNull();
});

it('refuses a damaged file instead of forgetting everything', async () => {
  const { file, open } = await setUp();
  await writeFile(file, '{"version":1,');
  await expect(open().set('a', 'x')).rejects.toMatchObject({ code: 'file-unreadable' });
  expect(await readFile(file, 'utf8')).toBe('{"version":1,');
});
