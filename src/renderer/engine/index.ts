export type { ConnectionStatus, EngineClient, EngineHandle } from './api.ts';
export type { OpenEngineHandle } from './client.ts';
export { connectEngine } from './client.ts';
export { desktopBridge, EngineProvider, useConnectionStatus, useEngine, useEngineHandle } from './context.tsx';
export {
  exportCoverUrl,
  exportFrameUrl,
  exportUrl,
  fontUrl,
  frameUrl,
  originalUrl,
  playableUrl,
  posterUrl,
  renditionUrl,
} from './media-urls.ts';
export * from './queries.ts';
export { keys } from './query-keys.ts';
