import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureWritableFolder, freeSpaceBytes } from './folders.ts';
import { toFileError } from './fs-error.ts';
import { hashFile } from './hash.ts';
import { safeFileName } from './safe-name.ts';
import { walkFolder } from './walk.ts';
import { atomicWrite, cleanTemps, writeThenRename } from './write.ts';

const folder = () => mkdtemp(join(tmpdir(), 'spotloom-files-'));
const isRoot = process.getuid?.() === 0;

describe('writing', () => {
  it('replaces a file whole and leaves nothing else behind', async () => {
    const dir = await folder();
    const target = join(dir, 'deep', 'er', 'x.json');
    await atomicWrite(target, 'one');
    await atomicWrite(target, 'two');
    expect(await readFile(target, 'utf8')).toBe('two');
    expect(await readdir(join(dir, 'deep', 'er'))).toEqual(['x.json']);
  });

  it('keeps the old file and deletes the part when writing fails', async () => {
    const dir = await folder();
    const target = join(dir, 'ad.mp4');
    await writeFile(target, 'old');
    const failing = writeThenRename(target, async (temp) => {
      expect(temp.endsWith('.mp4')).toBe(true);
      await writeFile(temp, 'half');
      throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await readFile(target, 'utf8')).toBe('old');
    expect(await readdir(dir)).toEqual(['ad.mp4']);
  });

  it('says which file is missing: the one read, or the place written to', async () => {
    const dir = await folder();
    const copy = writeThenRename(join(dir, 'b.mp4'), (temp) => copyFile(join(dir, 'a.mp4'), temp));
    await expect(copy).rejects.toMatchObject({ code: 'file-not-found', details: { path: join(dir, 'a.mp4') } });
    await writeFile(join(dir, 'file'), '');
    await expect(atomicWrite(join(dir, 'file', 'x'), '')).rejects.toMatchObject({ code: 'folder-unwritable' });
  });

  it('takes the longest name there is', async () => {
    const target = join(await folder(), `${'ü'.repeat(125)}.mp4`);
    await atomicWrite(target, 'x');
    expect(await readFile(target, 'utf8')).toBe('x');
  });

  it('fails with a reason when the disk is full', async () => {
    await expect(
      writeFile('/dev/full', 'x').catch((error) => Promise.reject(toFileError(error, '/x', 'write'))),
    ).rejects.toMatchObject({ code: 'disk-full', retry: 'free-space' });
  });

  it('cleans up old parts of ours only', async () => {
    const dir = await folder();
    let part = '';
    await writeThenRename(join(dir, 'a.mp4'), async (temp) => {
      part = temp;
      await writeFile(temp, 'x');
    });
    const fresh = part.replace('a.spotloom', 'b.spotloom');
    for (const path of [part, fresh, join(dir, 'user.part')]) await writeFile(path, 'x');
    const old = new Date(Date.now() - 2 * 3_600_000);
    await utimes(part, old, old);
    await utimes(join(dir, 'user.part'), old, old);
    expect(await cleanTemps(dir)).toBe(1);
    expect((await readdir(dir)).sort()).toEqual([relative(dir, fresh), 'a.mp4', 'user.part'].sort());
  });
});

describe('hashing', () => {
  it('gives the SHA-256 and the size', async () => {
    const file = join(await folder(), 'x');
    await writeFile(file, 'abc');
    expect(await hashFile(file)).toEqual({
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      sizeBytes: 3,
    });
  });

  it('stops when cancelled and says what is missing', async () => {
    const file = join(await folder(), 'x');
    await writeFile(file, Buffer.alloc(5 * 1024 * 1024));
    const abort = new AbortController();
    const hashing = hashFile(file, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(hashing).rejects.toMatchObject({ code: 'cancelled' });
    await expect(hashFile(`${file}?`)).rejects.toMatchObject({ code: 'file-not-found' });
    await expect(hashFile(tmpdir())).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('folders', () => {
  it('tell their free space, also before they exist', async () => {
    const dir = await folder();
    expect(await freeSpaceBytes(join(dir, 'not', 'yet'))).toBeGreaterThan(0);
  });

  it('are made and tried, and refused when a file is in the way', async () => {
    const dir = await folder();
    await ensureWritableFolder(join(dir, 'a', 'b'));
    expect(await readdir(join(dir, 'a', 'b'))).toEqual([]);
    await writeFile(join(dir, 'file'), '');
    await expect(ensureWritableFolder(join(dir, 'file'))).rejects.toMatchObject({ code: 'folder-unwritable' });
    await expect(ensureWritableFolder(join(dir, 'file', 'x'))).rejects.toMatchObject({ code: 'folder-unwritable' });
    await expect(ensureWritableFolder('/proc/nothing')).rejects.toMatchObject({ code: 'folder-unwritable' });
  });
});

describe('walking', () => {
  async function walk(path: string): Promise<string[]> {
    const found: string[] = [];
    for await (const entry of walkFolder(path)) {
      found.push(`${entry.kind === 'file' ? '' : `${entry.reason}: `}${relative(path, entry.path)}`);
    }
    return found;
  }

  it('lists files in the order people expect, without junk', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'day 2'));
    await mkdir(join(dir, '.hidden'));
    for (const name of ['b.mp4', 'IMG_10.mov', 'IMG_9.mov', '.DS_Store', 'Thumbs.db', 'day 2/c.mp4', '.hidden/x.mp4']) {
      await writeFile(join(dir, name), 'x');
    }
    await writeFile(join(dir, "qu'ote\n😀 -x"), 'x');
    expect(await walk(dir)).toEqual(['b.mp4', 'IMG_9.mov', 'IMG_10.mov', "qu'ote\n😀 -x", 'day 2/c.mp4']);
    expect(await walk(join(dir, 'b.mp4'))).toEqual(['']);
  });

  it('follows links once and ends in loops', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'a'));
    await writeFile(join(dir, 'a', 'x.mp4'), 'x');
    await symlink(dir, join(dir, 'a', 'loop'));
    await symlink(join(dir, 'a'), join(dir, 'b'));
    await symlink('itself', join(dir, 'itself'));
    await symlink('nowhere', join(dir, 'gone'));
    // One of "a" and "b" is listed, not both.
    expect(await walk(dir)).toHaveLength(1);
  });

  it.skipIf(isRoot)('reports what may not be read and goes on', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'locked'));
    await writeFile(join(dir, 'z.mp4'), 'x');
    await chmod(join(dir, 'locked'), 0);
    expect(await walk(dir)).toEqual(['z.mp4', 'no-permission: locked']);
    await chmod(join(dir, 'locked'), 0o700);
  });

  it('reports a folder that is gone', async () => {
    const dir = await folder();
    await rm(dir, { recursive: true });
    expect(await walk(dir)).toEqual(['vanished: ']);
  });
});

describe('safe file names', () => {
  it.each([
    ['Hook 1: "Wow?".mp4', 'Hook 1_ _Wow__.mp4'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['-rf', 'rf'],
    ['con.mp4', '_con.mp4'],
    ['LPT1', '_LPT1'],
    ['a\u0000b\u202Ecod.exe', 'abcod.exe'],
    ['name. . ', 'name'],
    ['   ', 'untitled'],
    ['…😀', '…😀'],
  ])('%j → %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it('fit into 255 bytes, whole characters, extension kept, and can be written', async () => {
    const safe = safeFileName(`${'👩‍👩‍👧'.repeat(60)}.mp4`, { reserveBytes: 5 });
    expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(250);
    expect(safe.endsWith('👧.mp4')).toBe(true);
    await writeFile(join(await folder(), safe), 'x');
  });
});
