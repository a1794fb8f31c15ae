import { AppError } from '../../errors/index.ts';
import { projectFileError } from './file-problems.ts';
import { projectFileVersion } from './file-schema.ts';

type JsonObject = Record<string, unknown>;

/** Brings a file from the version it is listed under to the next one. Version 1 is the first: there are none yet. */
const upgrades: ReadonlyMap<number, (file: JsonObject) => JsonObject> = new Map();

/**
 * Brings a file of an earlier version to this one. Throws `project-file-invalid` for what is not a project file and for
 * one of a later version.
 */
export function upgradeProjectFile(value: unknown, text: string, steps = upgrades): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('spotloom' in value)) {
    throw projectFileError(
      [{ path: [], message: `it has no "spotloom": ${projectFileVersion} at its beginning` }],
      text,
    );
  }
  const version = value.spotloom;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw projectFileError([{ path: ['spotloom'], message: 'the version is a whole number from 1' }], text);
  if (version > projectFileVersion) {
    throw new AppError(
      'project-file-invalid',
      `This project file was written by a newer Spotloom (format ${version}; this one reads up to ${projectFileVersion}). Update Spotloom to open it.`,
      { details: { version, newest: projectFileVersion } },
    );
  }
  let file: JsonObject = { ...value };
  for (let at = version; at < projectFileVersion; at += 1) {
    const step = steps.get(at);
    if (!step) throw projectFileError([{ path: ['spotloom'], message: `format ${at} can no longer be read` }], text);
    file = { ...step(file), spotloom: at + 1 };
  }
  return file;
}
