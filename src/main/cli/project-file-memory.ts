import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { atomicWrite, makeFolder } from '#main/platform/files/index.ts';
import type { EngineClient } from '#shared/contract/index.ts';
import { type ProjectId, projectIdSchema } from '#shared/model/index.ts';

const memorySchema = z.record(z.string(), projectIdSchema);
/** Files remembered; the oldest are forgotten. */
const maxFiles = 500;

/** Which project of a library a project file became, so that rendering the same file again makes no second project. */
export interface ProjectFileMemory {
  /** The project this very text became from this very place, if it is still there and has not been edited. */
  recall(): Promise<ProjectId | null>;
  remember(id: ProjectId): Promise<void>;
}

/** Opens the memory for one file; it lives in the library's cache and may be deleted at any time. */
export async function openProjectFileMemory(
  client: EngineClient,
  libraryFolder: string,
  path: string,
): Promise<ProjectFileMemory> {
  const folder = join(libraryFolder, 'cache');
  const file = join(folder, 'project-files.json');
  const key = await keyOf(path);
  return {
    async recall() {
      const id = key === null ? undefined : (await read(file))[key];
      if (id === undefined) return null;
      const [state, { projects }] = await Promise.all([
        client.projects.get({ id }).catch(() => null),
        client.projects.list({}),
      ]);
      const isListed = projects.some((project) => project.id === id);
      return isListed && state?.headSeq === 0 ? id : null;
    },
    async remember(id) {
      if (key === null) return;
      const { [key]: _before, ...others } = await read(file);
      const kept = Object.entries(others).slice(-(maxFiles - 1));
      await makeFolder(folder);
      await atomicWrite(file, JSON.stringify({ ...Object.fromEntries(kept), [key]: id }));
    },
  };
}

/** Place and content; null when the file cannot be read, which importing it will explain. */
async function keyOf(path: string): Promise<string | null> {
  try {
    const [place, text] = await Promise.all([realpath(path), readFile(path)]);
    return createHash('sha256').update(place).update('\0').update(text).digest('hex');
  } catch {
    return null;
  }
}

async function read(file: string): Promise<Record<string, ProjectId>> {
  try {
    return memorySchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}
