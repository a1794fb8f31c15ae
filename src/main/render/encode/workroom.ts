import { randomBytes } from 'node:crypto';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExclusiveFile, holdExclusively, isHeld } from '#main/platform/db/index.ts';
import { makeFolder, toFileError } from '#main/platform/files/index.ts';
import type { LibraryPaths } from '#main/platform/paths/index.ts';

/** This process's place for half-made things. Rooms of dead processes are emptied when the next one opens. */
export interface Workroom {
  /** Runs `work` in a fresh folder (whose `../fonts` holds the shipped fonts) and deletes it afterwards, come what may. */
  use<Result>(work: (folder: string) => Promise<Result>): Promise<Result>;
  /** Deletes the room. */
  dispose(): Promise<void>;
}

const prefix = 'render-';

/** A workroom below `paths.temp`; made on first use. `fontsDir` is copied in once, each of `ownFonts` when it is there. */
export function createWorkroom(
  paths: Pick<LibraryPaths, 'temp' | 'locks'>,
  fontsDir: string,
  ownFonts: () => Promise<readonly { file: string; path: string }[]> = async () => [],
): Workroom {
  const id = `${prefix}${randomBytes(6).toString('hex')}`;
  const folder = join(paths.temp, id);
  let lock: ExclusiveFile | null = null;
  let opening: Promise<void> | null = null;

  async function open(): Promise<void> {
    await makeFolder(paths.temp);
    await removeDeadRooms(paths);
    // Opening may have failed half-way before: then the room is this process's already.
    lock ??= holdExclusively(join(paths.locks, `${id}.lock`));
    await makeFolder(folder);
    await cp(fontsDir, join(folder, 'fonts'), { recursive: true, filter: (path) => !/\.(txt|json)$/.test(path) });
  }

  const copied = new Map<string, Promise<void>>();
  /** Files of these names never change. */
  async function addOwnFonts(): Promise<void> {
    for (const { file, path } of await ownFonts()) {
      if (!copied.has(file)) copied.set(file, cp(path, join(folder, 'fonts', file)));
      await copied.get(file)?.catch((error: unknown) => {
        copied.delete(file);
        throw error;
      });
    }
  }

  return {
    async use(work) {
      opening ??= open();
      const run = join(folder, randomBytes(6).toString('hex'));
      try {
        await opening;
        await addOwnFonts();
        await mkdir(run);
      } catch (error) {
        opening = null;
        throw toFileError(error, run, 'write');
      }
      try {
        return await work(run);
      } finally {
        await rm(run, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
      }
    },
    async dispose() {
      await opening?.catch(() => {});
      await rm(folder, { recursive: true, force: true }).catch(() => {});
      lock?.release({ remove: true });
    },
  };
}

async function removeDeadRooms(paths: Pick<LibraryPaths, 'temp' | 'locks'>): Promise<void> {
  const names = await readdir(paths.temp).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    const lockFile = join(paths.locks, `${name}.lock`);
    if (isHeld(lockFile)) continue;
    await rm(join(paths.temp, name), { recursive: true, force: true }).catch(() => {});
    await rm(lockFile, { force: true }).catch(() => {});
  }
}
