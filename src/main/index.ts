import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, session } from 'electron';
import type { Engine } from '#main/engine/types.ts';
import { createEngine } from '#main/engine.ts';
import { createMediaHandler } from '#main/gateway/media/media-handler.ts';
import { createPageHandler } from '#main/gateway/media/page-handler.ts';
import { portChannel } from '#main/gateway/port-channel.ts';
import { createRouter } from '#main/gateway/router.ts';
import { serveChannel } from '#main/gateway/serve-channel.ts';
import { configFolder, defaultLibraryFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import { systemCipher } from '#main/shell/cipher.ts';
import { answerDialogs } from '#main/shell/dialogs.ts';
import { menuTemplate } from '#main/shell/menu.ts';
import { restrictPermissions } from '#main/shell/permissions.ts';
import { handOverPorts } from '#main/shell/ports.ts';
import { libraryArgument, projectFilesOf } from '#main/shell/project-files.ts';
import { handleProtocols, mediaBase, mediaScheme, pageOrigin, registerSchemes } from '#main/shell/protocols.ts';
import { guardQuit } from '#main/shell/quit-guard.ts';
import { startUpdater } from '#main/shell/updater.ts';
import { openWindow } from '#main/shell/window.ts';
import { desktopChannels, type MenuCommand } from '#shared/contract/index.ts';
import { toAppError } from '#shared/errors/index.ts';

/** The page under `electron-vite dev`; never in a packaged program. */
const devUrl = app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null);
const pageUrl = devUrl ?? `${pageOrigin}/`;
const origin = devUrl === null ? pageOrigin : new URL(devUrl).origin;

let window: BrowserWindow | null = null;
let isPageReady = false;
const waiting: MenuCommand[] = [];

/** Tells the page, or keeps it until there is one. */
function send(command: MenuCommand): void {
  if (window && isPageReady) window.webContents.send(desktopChannels.command, command);
  else waiting.push(command);
}

function openProjectFiles(paths: readonly string[]): void {
  for (const path of paths) send({ type: 'open-project-file', path });
}

async function start(): Promise<void> {
  registerSchemes();
  app.enableSandbox();
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openProjectFiles(projectFilesOf([path], process.cwd()));
  });
  await app.whenReady();
  const library = libraryArgument(process.argv) ?? defaultLibraryFolder();
  const engine = await createEngine({
    libraryFolder: library,
    resourcesDir: resourcesFolder(join(app.getAppPath(), 'resources')),
    packagedFfmpegDir: app.isPackaged ? join(process.resourcesPath, 'ffmpeg') : null,
    face: 'desktop',
    hasSample: process.env.SPOTLOOM_SAMPLE !== '0',
    cipher: systemCipher(),
  });
  serve(engine);
  const show = () => {
    quit.show();
    window ??= makeWindow(engine);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const quit = guardQuit({
    runningExports: () => engine.runningExports(),
    runningRecordings: () => engine.runningRecordings(),
    window: () => window,
    shutDown: () => engine.dispose(),
  });
  app.on('second-instance', (_event, argv, workingFolder) => {
    show();
    openProjectFiles(projectFilesOf(argv.slice(1), workingFolder));
  });
  app.on('activate', show);
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  showMenu(engine);
  openProjectFiles(projectFilesOf(process.argv.slice(1), process.cwd()));
  window = makeWindow(engine);
  startUpdater(engine.log);
}

/** The menu bar, with the keys that the person has chosen. */
function showMenu(engine: Engine): void {
  const { settings } = engine.handlersFor({ mediaBase: '' });
  const show = async () => {
    const { shortcuts } = await settings.get(undefined, { signal: AbortSignal.timeout(10_000) });
    const template = menuTemplate(process.platform, send, !app.isPackaged, shortcuts);
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  const follow = () => void show().catch((error) => engine.log.error('the menu bar cannot be shown', { error }));
  engine.events.on('event', ({ type }) => type === 'settings-changed' && follow());
  follow();
}

function serve(engine: Engine): void {
  const { log } = engine;
  restrictPermissions(session.defaultSession, origin);
  handleProtocols({
    page: createPageHandler({
      folder: join(import.meta.dirname, '..', 'renderer'),
      media: [`${mediaScheme}:`],
      connect: [],
    }),
    media: createMediaHandler({
      resolve: engine.resolveMedia,
      log,
      // Another scheme is another origin; ours alone may read it.
      headers: {
        'access-control-allow-origin': origin,
        // Readers of single frames ask for parts of a file and must learn how long the whole is.
        'access-control-expose-headers': 'content-range, accept-ranges, etag',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      },
    }),
  });
  const isOutputValidated = process.env.SPOTLOOM_VALIDATE === '1';
  const router = createRouter(engine.handlersFor({ mediaBase }), { log, isOutputValidated });
  handOverPorts(
    origin,
    (port) => {
      serveChannel(portChannel(port), router, log);
      isPageReady = true;
      for (const command of waiting.splice(0)) send(command);
    },
    log,
  );
  answerDialogs(origin);
}

function makeWindow(engine: Engine): BrowserWindow {
  const made = openWindow({
    preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
    url: pageUrl,
    stateFile: join(configFolder(), 'window.json'),
    hasDevTools: !app.isPackaged,
    log: engine.log,
  });
  made.on('close', (event) => {
    // Closing the last window means quitting, which may ask first: the window stays until that is answered.
    if (process.platform === 'darwin' || engine.runningExports() + engine.runningRecordings() === 0) return;
    event.preventDefault();
    app.quit();
  });
  made.on('closed', () => {
    window = null;
    isPageReady = false;
  });
  return made;
}

app.setName('Spotloom');
// Beside our own settings, so that one variable moves everything of a trial start.
app.setPath('userData', join(configFolder(), 'desktop'));
if (!app.requestSingleInstanceLock()) app.quit();
else {
  start().catch((thrown: unknown) => {
    const error = toAppError(thrown);
    console.error(error.code === 'internal' ? thrown : error.userMessage);
    dialog.showErrorBox('Spotloom could not start', error.userMessage);
    app.exit(1);
  });
}
