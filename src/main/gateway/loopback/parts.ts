import type { Engine } from '#main/engine/types.ts';
import type { MediaHandler } from '../media/media-handler.ts';
import type { Sessions } from './sessions.ts';

/** What answering one request needs. */
export interface LoopbackParts {
  engine: Engine;
  sessions: Sessions;
  media: MediaHandler;
  page: (request: Request, path: string) => Promise<Response>;
  port: () => number;
}
