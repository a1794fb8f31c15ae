import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The library opened when nothing else is asked for, the same for all three faces: `SPOTLOOM_LIBRARY`, else the
 * system's usual place for a program's data.
 */
export function defaultLibraryFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.SPOTLOOM_LIBRARY) return resolve(environment.SPOTLOOM_LIBRARY);
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Spotloom', 'library');
    case 'win32':
      return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Spotloom', 'library');
    default:
      return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'spotloom', 'library');
  }
}
