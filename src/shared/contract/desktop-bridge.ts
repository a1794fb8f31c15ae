/**
 * What the Electron window offers beyond the engine; absent in the browser face.
 * Everything is called through the preload script's `window.spotloomDesktop`.
 */
export interface DesktopBridge {
  /** Engine messages: the page asks once, the port arrives by `window.postMessage('spotloom-port', …, [port])`. */
  requestPort(): void;
  /** Absolute path of a dropped or chosen File; empty for one made in memory. */
  pathForFile(file: unknown): string;
  /** Paths chosen in the system's dialog; empty when dismissed. */
  chooseMedia(): Promise<string[]>;
  chooseFolder(title: string): Promise<string | null>;
  chooseProjectFile(): Promise<string | null>;
  chooseSavePath(suggestedName: string): Promise<string | null>;
  /** Shows a file of the library or an export in Finder / Explorer. */
  revealFile(path: string): Promise<void>;
  /** Commands of the menu bar, and files opened from outside. Returns how to stop listening. */
  onCommand(listener: (command: MenuCommand) => void): () => void;
}

/** What the menu bar or the system asks the page to do. */
export type MenuCommand =
  | { type: 'undo' | 'redo' | 'import' | 'export' | 'new-project' | 'settings' | 'shortcuts' | 'command-palette' }
  | { type: 'go'; to: 'board' | 'library' | 'projects' | 'exports' | 'jobs' }
  | { type: 'open-project-file'; path: string };
