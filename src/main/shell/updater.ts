import { app } from 'electron';
import type { Log } from '#main/platform/log/index.ts';

/** First look a while after the start, then every few hours. */
const firstLookMs = 30_000;
const lookEveryMs = 4 * 3_600_000;

/**
 * Looks for newer versions, in packaged builds only; they are installed when the program ends. Whatever goes wrong (no
 * network, no release, a read-only folder) is logged and nothing more: updating must never get in the way.
 */
export function startUpdater(log: Log): void {
  if (!app.isPackaged) return;
  const look = async () => {
    try {
      // CommonJS with a lazy getter: only its default export sees it.
      const { default: updater } = await import('electron-updater');
      updater.autoUpdater.autoInstallOnAppQuit = true;
      updater.autoUpdater.logger = null;
      await updater.autoUpdater.checkForUpdatesAndNotify();
    } catch (error) {
      log.info('no update could be looked for', { error });
    }
  };
  setTimeout(() => void look(), firstLookMs).unref();
  setInterval(() => void look(), lookEveryMs).unref();
}
