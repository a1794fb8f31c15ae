import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopBridge, MenuCommand } from '#shared/contract/desktop-bridge.ts';
import { desktopChannels, portMessage } from '#shared/contract/desktop-channels.ts';

/** The page this script runs in; its global names are not Node's. */
declare const window: { postMessage(message: unknown, origin: string, transfer: readonly unknown[]): void };
declare const location: { origin: string };

// Commands that arrive before the page listens wait for it: a project file may have started the program.
let waiting: MenuCommand[] = [];
const listeners = new Set<(command: MenuCommand) => void>();

ipcRenderer.on(desktopChannels.command, (_event, command: MenuCommand) => {
  if (listeners.size === 0) waiting.push(command);
  for (const listener of listeners) listener(command);
});

ipcRenderer.on(desktopChannels.port, (event) => {
  // Custom schemes have the origin "null" in some places; the receiver checks the source, which is this very window.
  window.postMessage(portMessage, location.origin === 'null' ? '*' : location.origin, event.ports);
});

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.send(desktopChannels.requestPort),
  pathForFile: (file) => webUtils.getPathForFile(file as never),
  chooseMedia: () => ipcRenderer.invoke(desktopChannels.chooseMedia),
  chooseFolder: (title) => ipcRenderer.invoke(desktopChannels.chooseFolder, title),
  chooseProjectFile: () => ipcRenderer.invoke(desktopChannels.chooseProjectFile),
  chooseSavePath: (suggestedName) => ipcRenderer.invoke(desktopChannels.chooseSavePath, suggestedName),
  revealFile: (path) => ipcRenderer.invoke(desktopChannels.revealFile, path),
  onCommand(listener) {
    listeners.add(listener);
    const missed = waiting;
    waiting = [];
    for (const command of missed) listener(command);
    return () => void listeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('spotloomDesktop', bridge);
