import type { DesktopBridge } from '#shared/contract/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { EngineHandle } from './api.ts';
import { type Connection, clientOver, openConnection } from './connection.ts';
import { openPortChannel, openSocketChannel } from './open-channel.ts';
import { keepConnected } from './reconnect.ts';
import { forgetSession, sessionKey } from './session.ts';
import { uploadFile } from './upload.ts';

/** The page's line to its engine, to be closed by whoever opened it. */
export interface OpenEngineHandle extends EngineHandle {
  close(): void;
}

/**
 * Connects the page to its engine: by a MessagePort in the desktop's window, else by a WebSocket to the server the page
 * came from. Returns at once with status `starting`; calls wait for the connection (at most 8 s), and for it to come
 * back when it was lost. `refused` means the page was opened without its one-time link.
 */
export function connectEngine(page: Window = window): OpenEngineHandle {
  const desktop = (page as { spotloomDesktop?: DesktopBridge }).spotloomDesktop ?? null;
  const line = keepConnected(desktop ? () => openDesktop(desktop, page) : () => openBrowser(page));
  const client = clientOver(line.link);
  return {
    client,
    status: line.status,
    onStatus: line.onStatus,
    reconnect: line.reconnect,
    close: line.close,
    uploadFile: desktop
      ? null
      : async (file, { signal, onProgress }) => {
          const { mediaBase } = await client.system.info(undefined, signal ? { signal } : {});
          return uploadFile(`${mediaBase}/upload`, file, onProgress, signal);
        },
  };
}

async function openDesktop(desktop: DesktopBridge, page: Window): Promise<Connection> {
  return openConnection(await openPortChannel(desktop, page));
}

async function openBrowser(page: Window): Promise<Connection> {
  const { location, history, sessionStorage } = page;
  const surroundings = { location, history, storage: sessionStorage, fetch: page.fetch.bind(page) };
  const key = await sessionKey(surroundings);
  try {
    return openConnection(await openSocketChannel(`${location.origin.replace(/^http/, 'ws')}/engine`, key));
  } catch (error) {
    if (toAppError(error).code === 'unauthorised') forgetSession(surroundings);
    throw error;
  }
}
