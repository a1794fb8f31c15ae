import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, shell } from 'electron';
import { z } from 'zod';
import { desktopChannels } from '#shared/contract/desktop-channels.ts';
import { AppError } from '#shared/errors/index.ts';
import { isTrusted } from './trust.ts';

const mediaExtensions = [
  ...['mp4', 'mov', 'm4v', 'mkv', 'webm', 'avi', 'mts', 'mpg', 'mxf', '3gp'],
  ...['jpg', 'jpeg', 'png', 'webp', 'gif', 'heic', 'heif', 'avif', 'tif', 'tiff', 'bmp'],
  ...['mp3', 'wav', 'm4a', 'aac', 'flac', 'ogg', 'opus', 'srt', 'vtt', 'ass', 'ssa', 'json'],
];
const textSchema = z.string().max(500);

/** Answers the preload script's calls for the system's dialogs; only to the studio's own page. */
export function answerDialogs(origin: string): void {
  const answer = <Input>(
    channel: string,
    input: z.ZodType<Input>,
    run: (window: BrowserWindow, value: Input) => Promise<unknown>,
  ) =>
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, value: unknown) => {
      const window = BrowserWindow.fromWebContents(event.sender);
      if (!isTrusted(event, origin) || !window) throw new AppError('unauthorised', 'Not for this page.');
      return run(window, input.parse(value));
    });
  const nothing = z.undefined();
  answer(desktopChannels.chooseMedia, nothing, async (window) => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Import footage',
      // One dialog for files and folders only exists on the Mac.
      properties: ['openFile', 'multiSelections', ...(process.platform === 'darwin' ? ['openDirectory' as const] : [])],
      filters: [
        { name: 'Media', extensions: mediaExtensions },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return filePaths;
  });
  answer(desktopChannels.chooseFolder, textSchema, async (window, title) => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title,
      properties: ['openDirectory', 'createDirectory'],
    });
    return filePaths[0] ?? null;
  });
  answer(desktopChannels.chooseProjectFile, nothing, async (window) => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Open project file',
      properties: ['openFile'],
      filters: [{ name: 'Spotloom project', extensions: ['spotloom.json', 'json'] }],
    });
    return filePaths[0] ?? null;
  });
  answer(desktopChannels.chooseSavePath, textSchema, async (window, suggestedName) => {
    const { filePath } = await dialog.showSaveDialog(window, { defaultPath: suggestedName });
    return filePath === '' ? null : (filePath ?? null);
  });
  answer(desktopChannels.revealFile, z.string().max(4096), async (_window, path) => {
    if (!isAbsolute(path) || !existsSync(path)) {
      throw new AppError('file-not-found', `“${path}” is not there any more.`, { retry: 'relink' });
    }
    shell.showItemInFolder(path);
  });
}
