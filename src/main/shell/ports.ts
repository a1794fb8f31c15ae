import { ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import type { Log } from '#main/platform/log/index.ts';
import { desktopChannels } from '#shared/contract/desktop-channels.ts';
import { isTrusted } from './trust.ts';

/** Gives the studio's own page a port to the engine when it asks; any other page gets nothing. */
export function handOverPorts(origin: string, serve: (port: MessagePortMain) => void, log: Log): void {
  ipcMain.on(desktopChannels.requestPort, (event) => {
    const frame = event.senderFrame;
    if (!isTrusted(event, origin) || frame === null) {
      log.warn('a foreign page asked for the engine', { url: frame?.url });
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    serve(port1);
    frame.postMessage(desktopChannels.port, null, [port2]);
  });
}
