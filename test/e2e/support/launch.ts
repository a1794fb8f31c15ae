import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { startBrowser } from '../../electron-double/browser.ts';
import type { ControlRequest, DoubleState } from '../../electron-double/control.ts';
import { dropFiles } from './drop.ts';

const root = join(import.meta.dirname, '../../..');

/** What a studio under test is opened with. */
export interface LaunchOptions {
  library: string;
  /** Other resources (sample, fonts) than the project's. */
  resources?: string;
  viewport?: { width: number; height: number };
  /** Further arguments of Chromium's command line, where the face is shown in it. */
  chromiumArgs?: readonly string[];
  /** Further environment of the engine. */
  environment?: Record<string, string>;
}

/** A studio under test. */
export interface Studio {
  face: 'browser' | 'double' | 'electron';
  page: Page;
  context: BrowserContext;
  url: string;
  /** Process id of the engine. */
  pid: number;
  /** What the engine has written to its stderr. */
  errors(): string;
  /** What the page has logged as errors. */
  pageErrors: string[];
  /** Drops files or folders from disk onto an element, as a person does. */
  drop(selector: string, paths: readonly string[]): Promise<void>;
  /** Ends the engine as a power cut would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** A desktop studio: its dialogs, menu and windows too. */
export interface DesktopStudio extends Studio {
  /** The next dialog of this kind gets this answer, e.g. `showOpenDialog`, `{ canceled: false, filePaths: [...] }`. */
  answerDialog(method: string, answer: Record<string, unknown>): Promise<void>;
  /** Clicks an item of the menu bar by its id. */
  menu(id: string): Promise<void>;
  /** Only on the double. */
  control<Answer>(request: ControlRequest): Promise<Answer>;
  state(): Promise<DoubleState>;
}

function environmentOf(options: LaunchOptions, config: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    SPOTLOOM_CONFIG: config,
    SPOTLOOM_VALIDATE: '1',
    ...(options.resources === undefined ? {} : { SPOTLOOM_RESOURCES: options.resources }),
    ...options.environment,
  };
}

function collectErrors(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text = (text + chunk).slice(-20_000);
  });
  return () => text;
}

function watchPage(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return errors;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Asks a process to end, and makes it after ten seconds. */
async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended(child);
  clearTimeout(timer);
}

/** An engine of the browser face, without a page. */
export interface HeadlessEngine {
  /** The one-time link. */
  url: string;
  pid: number;
  errors(): string;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the built engine of the browser face; port 0 takes any. */
export async function startHeadless(options: LaunchOptions, port = 0): Promise<HeadlessEngine> {
  const config = mkdtempSync(join(tmpdir(), 'spotloom-config-'));
  const args = ['--library', options.library, '--port', String(port), '--json', '--no-open'];
  const child = spawn(process.execPath, [join(root, 'out/main/headless.js'), ...args], {
    env: environmentOf(options, config),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors = collectErrors(child);
  const { url, pid } = await firstLine(child, errors);
  return {
    ...{ url, pid, errors },
    kill: () => stop(child, 'SIGKILL'),
    async stop() {
      await stop(child);
      rmSync(config, { recursive: true, force: true });
    },
  };
}

/** The browser face: the built engine, its page in Chromium. */
export async function launchBrowserFace(options: LaunchOptions): Promise<Studio> {
  const [engine, browser] = await Promise.all([
    startHeadless(options),
    startBrowser(options.viewport, options.chromiumArgs),
  ]);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const pageErrors = watchPage(page);
  await page.goto(engine.url);
  const { url, pid, errors, kill } = engine;
  return {
    ...{ face: 'browser', page, context: browser.context, url, pid, errors, pageErrors, kill },
    drop: (selector, paths) => dropFiles(page, selector, paths),
    async close() {
      await browser.close();
      await engine.stop();
    },
  };
}

function firstLine(child: ChildProcess, errors: () => string): Promise<{ url: string; pid: number }> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(JSON.parse(text.split('\n', 1)[0] ?? ''));
    });
    child.once('exit', (code) => reject(new Error(`the engine ended with ${code}: ${errors()}`)));
  });
}

/** The desktop face: real Electron where its binary and a display are there, else the double. */
export function launchDesktop(options: LaunchOptions): Promise<DesktopStudio> {
  const electron = electronBinary();
  return electron === null ? launchDouble(options) : launchElectron(options, electron);
}

function electronBinary(): string | null {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const names = {
    linux: 'electron',
    win32: 'electron.exe',
    darwin: 'Electron.app/Contents/MacOS/Electron',
  } as Record<string, string>;
  const path = join(root, 'node_modules/electron/dist', names[process.platform] ?? 'electron');
  return hasDisplay && process.env.SPOTLOOM_DOUBLE !== '1' && existsSync(path) ? path : null;
}

/** The built main program under Node with the double in Electron's place. */
export async function launchDouble(options: LaunchOptions): Promise<DesktopStudio> {
  const config = mkdtempSync(join(tmpdir(), 'spotloom-config-'));
  const browser = await startBrowser(options.viewport, options.chromiumArgs);
  const blank = browser.context.pages()[0];
  const opened = browser.context.waitForEvent('page', { timeout: 30_000 });
  opened.catch(() => undefined);
  const register = join(root, 'test/electron-double/register.ts');
  const args = ['--import', register, join(root, 'out/main/index.js'), '--library', options.library];
  const child = spawn(process.execPath, args, {
    env: { ...environmentOf(options, config), SPOTLOOM_DOUBLE_CDP: browser.endpoint },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors = collectErrors(child);
  const failed = ended(child).then(() => Promise.reject(new Error(`the program ended at start: ${errors()}`)));
  failed.catch(() => undefined);
  const page = await Promise.race([opened, failed]);
  const pageErrors = watchPage(page);
  await Promise.race([page.waitForURL(/spotloom--app/, { waitUntil: 'load' }), failed]);
  await blank?.close();
  const control = controlOf(child);
  return {
    ...{
      face: 'double',
      page,
      context: browser.context,
      url: page.url(),
      pid: child.pid ?? 0,
      errors,
      pageErrors,
      control,
    },
    drop: (selector, paths) => dropFiles(page, selector, paths),
    answerDialog: (method, answer) => control({ type: 'answer-dialog', method, answer }),
    menu: (id) => control({ type: 'menu', id }),
    state: () => control({ type: 'state' }),
    kill: () => stop(child, 'SIGKILL'),
    async close() {
      await stop(child);
      await browser.close();
      rmSync(config, { recursive: true, force: true });
    },
  };
}

function controlOf(child: ChildProcess): DesktopStudio['control'] {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let nextId = 1;
  child.on('message', (message: { id: number; result?: unknown; error?: string }) => {
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result as never);
    else call?.reject(new Error(message.error));
  });
  return (request) =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      child.send({ id, request });
    });
}

/** The same with Electron itself, where it can run. */
async function launchElectron(options: LaunchOptions, executablePath: string): Promise<DesktopStudio> {
  const { _electron } = await import('playwright-core');
  const config = mkdtempSync(join(tmpdir(), 'spotloom-config-'));
  const environment = environmentOf(options, config);
  const running = await _electron.launch({
    executablePath,
    args: [root, '--library', options.library],
    env: Object.fromEntries(
      Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
  });
  const page = await running.firstWindow();
  const child = running.process();
  const unknown = () => Promise.reject(new Error('only the double answers this'));
  return {
    ...{ face: 'electron', page, context: running.context(), url: page.url(), pid: child.pid ?? 0 },
    errors: collectErrors(child),
    pageErrors: watchPage(page),
    drop: (selector, paths) => dropFiles(page, selector, paths),
    answerDialog: (method, answer) =>
      running.evaluate(
        ({ dialog }, given) => {
          const dialogs = dialog as unknown as Record<string, () => Promise<unknown>>;
          const before = dialogs[given.method];
          dialogs[given.method] = async () => {
            if (before) dialogs[given.method] = before;
            return given.answer;
          };
        },
        { method, answer },
      ),
    menu: (id) => running.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id),
    control: unknown,
    state: unknown,
    kill: () => stop(child, 'SIGKILL'),
    async close() {
      await running.close();
      rmSync(config, { recursive: true, force: true });
    },
  };
}
