import { app, type BrowserWindow, dialog } from 'electron';

/** What leaving has to know. */
export interface QuitGuardOptions {
  /** Exports that would be interrupted; they go on at the next start. */
  runningExports: () => number;
  /** Voice-overs being recorded; what they have so far is kept. */
  runningRecordings: () => number;
  window: () => BrowserWindow | null;
  /** Closes the engine; nothing may run after it. */
  shutDown: () => Promise<void>;
}

type Choice = 'background' | 'quit' | 'stay';

/** How often work in the background is looked at. */
const lookMs = 1000;

/**
 * Lets the program end only after the engine is closed, and asks first while exports run: keep going without a window
 * (it quits when they are done), stop (they go on at the next start), or stay. A voice-over being recorded is asked about
 * before that.
 */
export function guardQuit(options: QuitGuardOptions): { show(): void } {
  let state: 'open' | 'asking' | 'background' | 'closing' | 'closed' = 'open';
  let timer: NodeJS.Timeout | undefined;

  async function leave(): Promise<void> {
    if (options.runningRecordings() > 0 && state === 'open') {
      state = 'asking';
      const isLeaving = await askAboutRecording(options.window());
      state = 'open';
      if (!isLeaving) return;
    }
    const running = options.runningExports();
    if (running > 0 && state === 'open') {
      state = 'asking';
      const choice = await ask(running, options.window());
      if (choice === 'stay') {
        state = 'open';
        return;
      }
      if (choice === 'background') return goToBackground();
    }
    await close();
  }

  function goToBackground(): void {
    state = 'background';
    options.window()?.hide();
    timer = setInterval(() => {
      if (options.runningExports() === 0) app.quit();
    }, lookMs);
  }

  async function close(): Promise<void> {
    state = 'closing';
    clearInterval(timer);
    await options.shutDown().catch(() => undefined);
    state = 'closed';
    app.quit();
  }

  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'open' || state === 'background') void leave();
  });
  return {
    show() {
      if (state === 'background') state = 'open';
      clearInterval(timer);
    },
  };
}

async function ask(running: number, window: BrowserWindow | null): Promise<Choice> {
  const message = running === 1 ? 'An export is running.' : `${running} exports are running.`;
  const options = {
    type: 'question' as const,
    message,
    detail: 'Stopped exports go on where they were at the next start.',
    buttons: ['Keep going in background', 'Stop and quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 0 ? 'background' : response === 1 ? 'quit' : 'stay';
}

async function askAboutRecording(window: BrowserWindow | null): Promise<boolean> {
  const options = {
    type: 'question' as const,
    message: 'A voice-over is being recorded.',
    detail: 'What has been recorded so far is kept: it is among your media at the next start.',
    buttons: ['Stop and quit', 'Go on recording'],
    defaultId: 1,
    cancelId: 1,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 0;
}
