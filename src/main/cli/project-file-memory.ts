import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { atomicWrite, makeFolder } from '#main/platform/files/index.ts';
import type { EngineClient, ProjectState } from '#shared/contract/index.ts';
import { type ProjectId, projectIdSchema } from '#shared/model/index.ts';

const memorySchema = z.record(z.string(), projectIdSchema);
/** Entries kept, up to two per file; the oldest are forgotten. */
const maxEntries = 1000;

/** Which project of a library a project file became, so that rendering the same file again makes no second project. */
export interface ProjectFileMemory {
  /** The project this very text became from this very place, if it is still there and has not been edited. */
  recall(): Promise<ProjectId | null>;
  /** The project that this place became last, whatever its text was. */
  recallPlace(): Promise<ProjectId | null>;
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
  const keys = await keysOf(path);
  return {
    async recall() {
      const id = keys === null ? undefined : (await read(file))[keys.text];
      if (id === undefined) return null;
      const [state, { projects }] = await Promise.all([
        client.projects.get({ id }).catch(() => null),
        client.projects.list({}),
      ]);
      const isListed = projects.some((project) => project.id === id);
      return isListed && state !== null && isAsRead(state) ? id : null;
    },
    recallPlace: async () => (keys === null ? null : ((await read(file))[keys.place] ?? null)),
    async remember(id) {
      if (keys === null) return;
      // Of a project that became another text's, the text before is not it any more.
      const others = Object.entries(await read(file)).filter(([, known]) => known !== id);
      const kept = others.filter(([key]) => key !== keys.text && key !== keys.place).slice(-(maxEntries - 2));
      await makeFolder(folder);
      await atomicWrite(file, JSON.stringify({ ...Object.fromEntries(kept), [keys.place]: id, [keys.text]: id }));
    },
  };
}

/** True while nobody has edited a project since its file was read. */
export function isAsRead({ headSeq, undoLabel }: Pick<ProjectState, 'headSeq' | 'undoLabel'>): boolean {
  return headSeq === 0 || undoLabel === rereadLabel;
}

const rereadLabel = 'Read project file again';

/** Its place, and its place and content; null when the file cannot be read, which importing it will explain. */
async function keysOf(path: string): Promise<{ place: string; text: string } | null> {
  try {
    const [place, text] = await Promise.all([realpath(path), readFile(path)]);
    const hash = createHash('sha256').update(place);
    return { place: hash.copy().digest('hex'), text: hash.update('\0').update(text).digest('hex') };
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
