import { BrowserWindow, screen } from 'electron';
import type { Log } from '#main/platform/log/index.ts';
import { runInBackground } from '#main/platform/log/index.ts';
import { isOwnPage } from './trust.ts';
import { fitToScreens, readWindowState, smallestWindow, writeWindowState } from './window-state.ts';

/** How the studio's window is made. */
export interface WindowOptions {
  preload: string;
  /** Where the page is; nothing else is ever shown. */
  url: string;
  stateFile: string;
  hasDevTools: boolean;
  log: Log;
}

/** Opens the studio's window: sandboxed, on its own page only, where it was last time. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const { preload, url, stateFile, log } = options;
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const state = fitToScreens(readWindowState(stateFile), screens);
  const window = new BrowserWindow({
    width: state.width,
    height: state.height,
    ...(state.x === null || state.y === null ? {} : { x: state.x, y: state.y }),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    backgroundColor: '#101114',
    title: 'Spotloom',
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: options.hasDevTools,
    },
  });
  if (state.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepOnPage(window, url);
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    const isMaximized = window.isMaximized();
    runInBackground('saving the window', () => writeWindowState(stateFile, { x, y, width, height, isMaximized }), log);
  });
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error('the page crashed', { reason: details.reason, exitCode: details.exitCode });
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  runInBackground('loading the page', () => window.loadURL(url), log);
  return window;
}

/** No other page, no other window, no embedded page. */
function keepOnPage(window: BrowserWindow, url: string): void {
  const origin = new URL(url).origin === 'null' ? url : new URL(url).origin;
  const { webContents } = window;
  const stay = (event: { preventDefault(): void }, target: string) => {
    if (!isOwnPage(target, origin)) event.preventDefault();
  };
  webContents.on('will-navigate', (event) => stay(event, event.url));
  webContents.on('will-redirect', (event) => stay(event, event.url));
  webContents.on('will-frame-navigate', (event) => stay(event, event.url));
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
