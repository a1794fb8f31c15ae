import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#shared/errors/index.ts';

/** What decides where folders are; the real machine unless given. */
export interface Machine {
  platform: NodeJS.Platform;
  home: string;
  environment: Readonly<Record<string, string | undefined>>;
}

/** This machine and this person. */
export function thisMachine(): Machine {
  return { platform: process.platform, home: homedir(), environment: process.env };
}

/** The library opened when none is named: `SPOTLOOM_LIBRARY`, or `Spotloom` beside the person's other videos. */
export function defaultLibraryFolder(machine: Machine = thisMachine()): string {
  const chosen = machine.environment.SPOTLOOM_LIBRARY;
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  return join(machine.home, machine.platform === 'darwin' ? 'Movies' : 'Videos', 'Spotloom');
}

/** What belongs to the person, not to one library: key files, window state. `SPOTLOOM_CONFIG` overrides. */
export function configFolder(machine: Machine = thisMachine()): string {
  const { environment, platform, home } = machine;
  const chosen = environment.SPOTLOOM_CONFIG;
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (platform === 'win32') return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Spotloom');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Spotloom');
  const base = environment.XDG_CONFIG_HOME;
  return join(base?.startsWith('/') === true ? base : join(home, '.config'), 'spotloom');
}

/**
 * The folder `resources` (migrations, fonts, sample project): `given` (the packaged app knows its own), else the first
 * one above this file, which holds for sources and for the built engine alike.
 */
export function resourcesFolder(given: string | null = null, from: string = import.meta.dirname): string {
  if (given !== null && hasMigrations(given)) return given;
  for (let at = from; ; at = dirname(at)) {
    // ffmpeg opens fonts and sample footage itself, so a packed app keeps its resources beside its archive.
    const candidate = join(at.replace(/app\.asar$/, 'app.asar.unpacked'), 'resources');
    if (hasMigrations(candidate)) return candidate;
    if (dirname(at) === at) break;
  }
  const sentence =
    'This copy of Spotloom is incomplete: its folder “resources” is missing. Install it again, or name that folder in SPOTLOOM_RESOURCES.';
  throw new AppError('capability-missing', sentence, { message: `no resources folder above ${from}` });
}

/** The migrations inside a resources folder. */
export function migrationsFolder(resources: string): string {
  return join(resources, 'migrations');
}

function hasMigrations(resources: string): boolean {
  return existsSync(join(migrationsFolder(resources), '0001_core.sql'));
}
