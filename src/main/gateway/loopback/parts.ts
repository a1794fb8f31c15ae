import type { Engine } from '#main/engine/types.ts';
import type { MediaHandler } from '../media/media-handler.ts';
import type { StaticFiles } from '../media/static-files.ts';
import type { Sessions } from './sessions.ts';

/** What answering one request needs. */
export interface LoopbackParts {
  engine: Engine;
  sessions: Sessions;
  media: MediaHandler;
  page: StaticFiles;
  port: () => number;
}
