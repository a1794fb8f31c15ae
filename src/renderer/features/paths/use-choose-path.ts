import { desktopBridge } from '../../engine/index.ts';
import { useAskForPath } from '../../state/index.ts';

/** Ways to ask for a path on the engine's machine: the system's dialog on the desktop, our own in the browser. */
export interface PathChooser {
  folder: (title: string, startPath?: string | null) => Promise<string | null>;
  projectFile: () => Promise<string | null>;
  mediaFile: (title: string) => Promise<string | null>;
  save: (title: string, suggestedName: string, extension: string) => Promise<string | null>;
}

/** See {@link PathChooser}; every answer is null when the person gave up. */
export function useChoosePath(): PathChooser {
  const ask = useAskForPath();
  const desktop = desktopBridge();
  if (desktop) {
    return {
      folder: (title) => desktop.chooseFolder(title),
      projectFile: () => desktop.chooseProjectFile(),
      mediaFile: async () => (await desktop.chooseMedia())[0] ?? null,
      save: (_title, suggestedName) => desktop.chooseSavePath(suggestedName),
    };
  }
  return {
    folder: (title, startPath = null) => ask({ mode: 'folder', title, startPath }),
    projectFile: () => ask({ mode: 'file', title: 'Open a project file', extension: '.spotloom.json' }),
    mediaFile: (title) => ask({ mode: 'file', title }),
    save: (title, suggestedName, extension) => ask({ mode: 'save', title, suggestedName, extension }),
  };
}
