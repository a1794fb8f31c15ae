import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

/** A Chromium with an empty profile. */
export interface TestBrowser {
  context: BrowserContext;
  /** Where others may connect (`chromium.connectOverCDP`). */
  endpoint: string;
  close(): Promise<void>;
}

/** Works headless, as root, without a GPU, and talks to nobody on its own. */
const quietArgs = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
];

/** Starts the system's Chromium (`SPOTLOOM_CHROMIUM` chooses one), with further arguments of its command line. */
export async function startBrowser(
  viewport = { width: 1480, height: 920 },
  furtherArgs: readonly string[] = [],
): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'spotloom-chromium-'));
  const executablePath = process.env.SPOTLOOM_CHROMIUM ?? (await findInstalled());
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport,
    args: [...quietArgs, ...furtherArgs, '--remote-debugging-port=0'],
  });
  const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return {
    context,
    endpoint: `ws://127.0.0.1:${port}${path}`,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function findInstalled(): Promise<string> {
  const { findChromium } = (await import('../../scripts/lib/chromium.mjs' as string)) as {
    findChromium(): string | null;
  };
  const found = findChromium();
  if (found === null) throw new Error('These tests need Chromium; `npm test` installs it.');
  return found;
}
