import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DesktopStudio, type LaunchOptions, launchBrowserFace, launchDesktop, type Studio } from './launch.ts';

/** A studio opened for a test, with the folder everything of it lives in. */
export interface OpenStudio {
  studio: Studio;
  /** Removed at the end: library, fixtures and exports of the test. */
  folder: string;
  /** A new folder inside of it. */
  folderFor(name: string): Promise<string>;
  /** Answers the next folder choice: through the system's dialog on the desktop, by gestures in the browser. */
  chooseFolder(path: string, open: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The two faces every end-to-end test runs on. */
export const faces = ['browser', 'desktop'] as const;

/** One of the {@link faces}. */
export type Face = (typeof faces)[number];

/** What a studio is opened with in tests. */
export interface OpenOptions extends Omit<LaunchOptions, 'library'> {
  /** The sample ad opens at the first start, as it does for people; without it the library starts empty. */
  hasSample?: boolean;
}

/** Opens the studio in a new folder of its own. */
export async function openStudio(face: Face, options: OpenOptions = {}): Promise<OpenStudio> {
  const { hasSample = false, ...rest } = options;
  const folder = mkdtempSync(join(tmpdir(), `spotloom-${face}-`));
  const library = join(folder, 'library');
  const launch = face === 'browser' ? launchBrowserFace : launchDesktop;
  const studio = await launch({
    ...rest,
    library,
    environment: { ...(hasSample ? {} : { SPOTLOOM_SAMPLE: '0' }), ...rest.environment },
  });
  return {
    studio,
    folder,
    async folderFor(name) {
      await mkdir(join(folder, name));
      return join(folder, name);
    },
    chooseFolder: (path, open) => chooseFolder(studio, path, open),
    async close() {
      await studio.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function chooseFolder(studio: Studio, path: string, open: () => Promise<void>): Promise<void> {
  mkdirSync(path, { recursive: true });
  if (studio.face !== 'browser') {
    await (studio as DesktopStudio).answerDialog('showOpenDialog', { canceled: false, filePaths: [path] });
    return open();
  }
  await open();
  const dialog = studio.page.getByRole('dialog').last();
  const box = dialog.getByRole('textbox', { name: 'Folder' });
  await box.fill(path);
  await box.press('Enter');
  await studio.page.waitForTimeout(300);
  await dialog.getByRole('button', { name: 'Use this folder' }).click();
}
