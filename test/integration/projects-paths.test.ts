import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMedia, grantFolders } from '#main/projects/media-paths.ts';

describe('finding media', () => {
  let root: string;
  let folder: string;

  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'spotloom-paths-')));
    folder = join(root, 'ad');
    await mkdir(join(folder, 'footage'), { recursive: true });
    await writeFile(join(folder, 'footage', 'a.mp4'), 'a');
    await writeFile(join(root, 'secret.mp4'), 's');
    await symlink(join(root, 'secret.mp4'), join(folder, 'link.mp4'));
    await symlink(root, join(folder, 'up'));
    await symlink('loop.mp4', join(folder, 'loop.mp4'));
    execFileSync('mkfifo', [join(folder, 'fifo.mp4')]);
  });
  afterAll(() => rm(root, { recursive: true }));

  const find = async (path: string, granted: string[] = []) =>
    findMedia(path, folder, await grantFolders([folder, ...granted]));

  it('takes what lies in the folder of the file or below, written with either kind of slash', async () => {
    const found = { kind: 'file', path: join(folder, 'footage', 'a.mp4') };
    expect(await find('footage/a.mp4')).toEqual(found);
    expect(await find('footage\\a.mp4')).toEqual(found);
    expect(await find('footage/../footage/a.mp4')).toEqual(found);
  });

  it('finds nothing outside, neither by dots nor by links nor by absolute paths', async () => {
    for (const path of [
      '../secret.mp4',
      '..\\secret.mp4',
      join(root, 'secret.mp4'),
      'link.mp4',
      'up/secret.mp4',
      '/etc/passwd',
    ])
      expect((await find(path)).kind, path).toBe('outside');
    expect((await find('../secret.mp4', [root])).kind).toBe('file');
    expect((await find('link.mp4', [root])).kind).toBe('file');
    expect((await find('../../../../../proc/self/environ', ['/'])).kind).toBe('outside');
  });

  it('says why there is nothing: missing, a folder, a pipe, a circle of links, another system', async () => {
    for (const path of ['none.mp4', 'footage', 'fifo.mp4', 'loop.mp4', 'footage/a.mp4/b.mp4', 'C:\\x.mp4'])
      expect(await find(path)).toMatchObject({ kind: 'missing', reason: expect.stringMatching(/\.$/) });
  });
});
