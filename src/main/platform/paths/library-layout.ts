import { join, resolve } from 'node:path';

/** Where everything lies inside one library folder. All absolute. */
export interface LibraryPaths {
  root: string;
  /** `library.sqlite` */
  database: string;
  /** Copied-in media (`importMode: copy`). */
  media: string;
  /** Thumbnails, filmstrips, waveforms, proxies. */
  renditions: string;
  /** Encoded segments; can always be made again. */
  segments: string;
  /** Pictures of what was wrong with exports that failed, a folder each. */
  evidence: string;
  /** Default place of finished ads. */
  exports: string;
  /** Fonts that were added. */
  fonts: string;
  logs: string;
  /** Copies of the database made before migrations. */
  backups: string;
  /** Working folders of runs; emptied at start when nobody uses them. */
  temp: string;
  /** Small files that show which processes are alive. */
  locks: string;
  /** Held by the library's first process (see platform/lock). */
  lock: string;
  /** What was learned about this machine (ffmpeg probe). */
  machine: string;
}

/** The layout of the library in this folder; creates nothing. */
export function libraryPaths(folder: string): LibraryPaths {
  const root = resolve(folder);
  return {
    root,
    database: join(root, 'library.sqlite'),
    media: join(root, 'media'),
    renditions: join(root, 'renditions'),
    segments: join(root, 'cache', 'segments'),
    evidence: join(root, 'evidence'),
    exports: join(root, 'exports'),
    fonts: join(root, 'fonts'),
    logs: join(root, 'logs'),
    backups: join(root, 'backups'),
    temp: join(root, 'temp'),
    locks: join(root, 'locks'),
    lock: join(root, 'locks', 'library.lock'),
    machine: join(root, 'cache', 'machine.json'),
  };
}
