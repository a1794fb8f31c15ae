import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { appEvents, cancellable, shared } from './context.ts';
import { PageLink, windowIdOf } from './page-link.ts';
import { DoublePort } from './ports.ts';
import { startSchemeServer } from './scheme-server.ts';
import { BrowserWindow, onWindowGone, type WebContents } from './window.ts';

export { BrowserWindow } from './window.ts';

type Invoke = (event: object, ...args: unknown[]) => unknown;

const invokeHandlers = new Map<string, Invoke>();

/** Messages from preload scripts. */
export const ipcMain = Object.assign(new EventEmitter(), {
  handle: (channel: string, handler: Invoke) => void invokeHandlers.set(channel, handler),
  removeHandler: (channel: string) => void invokeHandlers.delete(channel),
});

function eventFrom(contents: WebContents) {
  return { sender: contents, senderFrame: contents.mainFrame };
}

/** Browser and server are there before anything of the program waits for `whenReady`. */
async function prepare(): Promise<void> {
  shared.port = await startSchemeServer((socket, request) => {
    const contents = BrowserWindow.fromId(windowIdOf(request))?.webContents;
    if (!contents) return socket.close();
    contents.link = new PageLink(socket, {
      onSend: (channel, args) => void ipcMain.emit(channel, eventFrom(contents), ...args),
      async onInvoke(channel, args) {
        const handler = invokeHandlers.get(channel);
        if (!handler) throw new Error(`No handler registered for '${channel}'`);
        return handler(eventFrom(contents), ...args);
      },
    });
  });
  const endpoint = process.env.SPOTLOOM_DOUBLE_CDP;
  shared.browser = endpoint
    ? chromium.connectOverCDP(endpoint).then((browser) => {
        const context = browser.contexts()[0];
        if (!context) throw new Error('the browser has no context');
        return context;
      })
    : startBrowser().then(({ context }) => context);
  await shared.browser;
}

const ready = prepare();
const paths = new Map<string, string>();

/** The program. */
export const app = Object.assign(appEvents, {
  isPackaged: false,
  whenReady: () => ready,
  isReady: () => shared.browser !== null,
  requestSingleInstanceLock: () => true,
  enableSandbox() {},
  setName() {},
  getName: () => 'Spotloom',
  getVersion: () => '0.0.0',
  getAppPath: () => join(import.meta.dirname, '../..'),
  getPath: (name: string) => paths.get(name) ?? join(tmpdir(), `spotloom-double-${name}`),
  setPath: (name: string, path: string) => void paths.set(name, path),
  quit() {
    const event = cancellable({});
    appEvents.emit('before-quit', event);
    if (event.defaultPrevented) return;
    shared.isQuitting = true;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    if (BrowserWindow.getAllWindows().length > 0) {
      shared.isQuitting = false;
      return;
    }
    appEvents.emit('will-quit', cancellable({}));
    app.exit(0);
  },
  exit: (code = 0) => process.exit(code),
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
process.on('disconnect', () => app.exit(0));

/** Ports between the program and its pages. */
export class MessageChannelMain {
  readonly port1: DoublePort;
  readonly port2: DoublePort;

  constructor() {
    const { port1, port2 } = DoublePort.pair();
    this.port1 = port1;
    this.port2 = port2;
  }
}

/** Custom schemes. */
export const protocol = {
  registerSchemesAsPrivileged: (list: { scheme: string }[]) =>
    void shared.schemes.push(...list.map(({ scheme }) => scheme)),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
    void shared.handlers.set(scheme, handler),
};

/** Answers come from the test, in order per method; without one the dialog is dismissed. */
function dialogAnswer(method: string, args: unknown[], dismissed: Record<string, unknown>): Promise<unknown> {
  const options = (args.length > 1 ? args[1] : args[0]) as Record<string, unknown>;
  shared.dialogCalls.push({ method, options });
  const at = shared.dialogAnswers.findIndex((one) => one.method === method);
  return Promise.resolve(at === -1 ? dismissed : shared.dialogAnswers.splice(at, 1)[0]?.answer);
}

/** The system's dialogs. */
export const dialog = {
  showOpenDialog: (...args: unknown[]) => dialogAnswer('showOpenDialog', args, { canceled: true, filePaths: [] }),
  showSaveDialog: (...args: unknown[]) => dialogAnswer('showSaveDialog', args, { canceled: true, filePath: '' }),
  showMessageBox: (...args: unknown[]) =>
    dialogAnswer('showMessageBox', args, { response: (args.at(-1) as { cancelId?: number }).cancelId ?? 0 }),
  showErrorBox: (title: string, content: string) => {
    shared.dialogCalls.push({ method: 'showErrorBox', options: { title, content } });
    console.error(`${title}: ${content}`);
  },
};

interface MenuItem {
  id?: string;
  label?: string;
  click?: () => void;
  submenu?: MenuItem[];
}

/** The menu bar: only its items and what they do. */
export class Menu {
  static #current: Menu | null = null;
  readonly items: MenuItem[];

  constructor(items: MenuItem[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: MenuItem[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#current = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#current;
  }

  getMenuItemById(id: string): MenuItem | null {
    const all = (items: MenuItem[]): MenuItem[] => items.flatMap((item) => [item, ...all(item.submenu ?? [])]);
    return all(this.items).find((item) => item.id === id) ?? null;
  }
}

type PermissionHandler = (
  contents: unknown,
  permission: string,
  answer: (isGranted: boolean) => void,
  details: { requestingUrl: string; mediaTypes?: string[] },
) => void;

/** Permissions of pages. */
export const session = {
  defaultSession: {
    requestHandler: null as PermissionHandler | null,
    setPermissionRequestHandler(handler: PermissionHandler) {
      this.requestHandler = handler;
    },
    setPermissionCheckHandler() {},
    setDevicePermissionHandler() {},
  },
};

export const safeStorage = { isEncryptionAvailable: () => false, getSelectedStorageBackend: () => 'basic_text' };
export const systemPreferences = { askForMediaAccess: () => Promise.resolve(true) };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const shell = { showItemInFolder: (path: string) => void shared.revealed.push(path) };

onWindowGone(() => {
  if (BrowserWindow.getAllWindows().length === 0 && !shared.isQuitting) appEvents.emit('window-all-closed');
});
