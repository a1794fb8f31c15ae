import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type { FfmpegOrigin } from './types.ts';

/** A place where a program may be. */
export interface Candidate {
  origin: FfmpegOrigin;
  path: string;
}

/** Programs started from a desktop often lack these in PATH (macOS with Homebrew or MacPorts, Linux with snap). */
const usualFolders = ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin', '/usr/bin', '/snap/bin'];
const npmPackages = { ffmpeg: '@ffmpeg-installer/ffmpeg', ffprobe: '@ffprobe-installer/ffprobe' } as const;

/** What a program's file is called here. */
export function programFile(name: 'ffmpeg' | 'ffprobe'): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** All programs of that name that exist and may be run: packaged, then system, then npm; the same file once. */
export async function findCandidates(
  name: 'ffmpeg' | 'ffprobe',
  packagedDir: string | null,
  environment: { PATH?: string | undefined } = process.env,
): Promise<Candidate[]> {
  const file = programFile(name);
  const folders = [...(environment.PATH ?? '').split(delimiter), ...(process.platform === 'win32' ? [] : usualFolders)];
  const npm = npmProgram(name);
  const all: Candidate[] = [
    ...(packagedDir === null ? [] : [{ origin: 'packaged' as const, path: join(packagedDir, file) }]),
    // A relative entry of PATH would run whatever lies in the working folder.
    ...folders.filter(isAbsoluteFolder).map((folder) => ({ origin: 'system' as const, path: join(folder, file) })),
    ...(npm === null ? [] : [{ origin: 'npm' as const, path: npm }]),
  ];
  const found = new Map<string, Candidate>();
  for (const candidate of all) {
    const real = await realProgram(candidate.path);
    if (real !== null && !found.has(real)) found.set(real, candidate);
  }
  return [...found.values()];
}

/** The real path of a program that may be run; null otherwise. */
export async function realProgram(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
    return await realpath(path);
  } catch {
    return null;
  }
}

function isAbsoluteFolder(folder: string): boolean {
  return folder.startsWith('/') || /^[A-Za-z]:[\\/]/.test(folder);
}

function npmProgram(name: 'ffmpeg' | 'ffprobe'): string | null {
  try {
    const found: unknown = createRequire(import.meta.url)(npmPackages[name]);
    if (typeof found !== 'object' || found === null || !('path' in found)) return null;
    // Inside a packed app nothing can be run from the archive; the builder puts programs beside it.
    return String(found.path).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
  } catch {
    // The packages throw (a string, even) on systems they have no build for.
    return null;
  }
}
