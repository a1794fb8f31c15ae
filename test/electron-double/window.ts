import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { decode, encode } from './codec.ts';
import { cancellable, shared, urlMap } from './context.ts';
import type { PageLink } from './page-link.ts';
import { initScript } from './page-runtime.ts';
import type { DoublePort } from './ports.ts';

interface WindowOptions {
  width?: number;
  height?: number;
  x?: number;
  y?: number;
  webPreferences?: Record<string, unknown>;
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

let nextId = 1;
const windows = new Map<number, BrowserWindow>();
let windowGone: () => void = () => undefined;

/** Calls back whenever a window has gone. */
export function onWindowGone(listener: () => void): void {
  windowGone = listener;
}

/** The page side of a window. */
export class WebContents extends EventEmitter {
  page: Page | null = null;
  link: PageLink | null = null;
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  /** The page's main frame, as the sender of a message. */
  get mainFrame() {
    return {
      url: urlMap.fromHttp(this.page?.url() ?? ''),
      parent: null,
      postMessage: (channel: string, message: unknown, ports: DoublePort[] = []) =>
        this.link?.post(channel, [message], ports),
    };
  }

  send(channel: string, ...args: unknown[]): void {
    this.link?.post(channel, args, []);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  reload(): void {
    void this.page?.reload();
  }

  isDestroyed(): boolean {
    return this.page?.isClosed() ?? true;
  }

  /** Shows a page and keeps an eye on where it wants to go. */
  async show(page: Page, url: string): Promise<void> {
    this.page = page;
    const own = new URL(urlMap.toHttp(url)).origin;
    await page.route(
      (target) => target.origin !== own && !target.hostname.endsWith('.localhost') && /^https?:/.test(target.protocol),
      async (route) => {
        const request = route.request();
        const event = cancellable({ url: request.url() });
        if (request.isNavigationRequest()) {
          this.emit(request.frame() === page.mainFrame() ? 'will-navigate' : 'will-frame-navigate', event);
        }
        shared.blocked.push(request.url());
        // Nothing outside is ever fetched in a test; "aborted" keeps the page that is there.
        await route.abort('aborted');
      },
    );
    page.on('popup', (popup) => {
      if (this.#openHandler({ url: popup.url() }).action === 'deny') void popup.close();
    });
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    await page.goto(urlMap.toHttp(url));
  }
}

/** A window: a page of Chromium with Electron's manners. */
export class BrowserWindow extends EventEmitter {
  readonly id = nextId++;
  readonly webContents = new WebContents();
  readonly options: WindowOptions;
  isShown = false;
  #isDestroyed = false;
  #isMaximized = false;

  constructor(options: WindowOptions = {}) {
    super();
    this.options = options;
    windows.set(this.id, this);
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...windows.values()].find((window) => window.webContents === contents) ?? null;
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    const context = await shared.browser;
    if (!context) throw new Error('the double has no browser');
    const page = await context.newPage();
    const preloadPath = String(this.options.webPreferences?.preload ?? '');
    const preload = preloadPath === '' ? '' : readFileSync(preloadPath, 'utf8');
    const codec = { encode: encode.toString(), decode: decode.toString() };
    await page.addInitScript({ content: initScript({ windowId: this.id }, codec, preload) });
    await page.setViewportSize({ width: this.options.width ?? 1280, height: this.options.height ?? 800 });
    page.on('close', () => this.destroy());
    await this.webContents.show(page, url);
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
  }

  focus(): void {}

  restore(): void {}

  maximize(): void {
    this.#isMaximized = true;
  }

  isMinimized(): boolean {
    return false;
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getNormalBounds() {
    const { x = 0, y = 0, width = 1280, height = 800 } = this.options;
    return { x, y, width, height };
  }

  /** As a click on its close button. */
  close(): void {
    if (this.#isDestroyed) return;
    const event = cancellable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windows.delete(this.id);
    void this.webContents.page?.close().catch(() => undefined);
    this.emit('closed');
    windowGone();
  }
}
