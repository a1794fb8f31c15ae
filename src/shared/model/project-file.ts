import { z } from 'zod';
import type { ProjectId } from './ids.ts';
import type { Project } from './project.ts';
import { parseProjectJson } from './project-file/file-json.ts';
import { problemsOf, projectFileError } from './project-file/file-problems.ts';
import { type MediaEntry, type ProjectFile, projectFileSchema } from './project-file/file-schema.ts';
import { projectFromFile } from './project-file/from-file.ts';
import type { ResolvedMedia } from './project-file/reading.ts';
import { upgradeProjectFile } from './project-file/versions.ts';

export { maxProjectFileBytes } from './project-file/file-json.ts';
export type { FileProblem } from './project-file/file-problems.ts';
export { projectFileError } from './project-file/file-problems.ts';
export {
  type MediaEntry,
  type ProjectFile,
  projectFileSchema,
  projectFileVersion,
} from './project-file/file-schema.ts';
export { type ResolvedMedia, slug } from './project-file/reading.ts';
export { formatProjectFile, projectToFile } from './project-file/to-file.ts';

/** How a project file's name ends. */
export const projectFileExtension = '.spotloom.json';

/** A project file read as far as that goes without its media. */
export interface ReadProjectFile {
  file: ProjectFile;
  /** The media table, paths as written. */
  media: { key: string; entry: MediaEntry }[];
  /** The project, once its media are known. Throws `project-file-invalid`, naming paths and lines. */
  build(options: { projectId: ProjectId; media: ReadonlyMap<string, ResolvedMedia> }): Project;
}

/**
 * Reads the text of a project file of any version up to this one. Nothing is opened and no path in it is looked at.
 * Throws `project-file-invalid` with every problem found (`details.problems`: path, line, message).
 */
export function readProjectFile(text: string): ReadProjectFile {
  const value = upgradeProjectFile(parseProjectJson(text), text);
  const parsed = projectFileSchema.safeParse(value);
  if (!parsed.success) throw projectFileError(problemsOf(parsed.error.issues), text);
  const file = parsed.data;
  const media = Object.entries(file.media ?? {}).map(([key, entry]) => ({
    key,
    entry: typeof entry === 'string' ? { path: entry } : entry,
  }));
  return {
    file,
    media,
    build(options) {
      const built = projectFromFile(file, options);
      if ('problems' in built) throw projectFileError(built.problems, text);
      return built.project;
    },
  };
}

/** The JSON Schema of project files, for editors that check and complete them. */
export function projectFileJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(projectFileSchema, { io: 'input' });
  return { ...schema, title: 'Spotloom project file', description: 'See docs/project-file.md.' };
}
