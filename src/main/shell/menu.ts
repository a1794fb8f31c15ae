import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/contract/desktop-bridge.ts';
import type { Settings } from '#shared/contract/settings.ts';

/** What the page calls the commands of the menu whose keys can be chosen. */
const pageCommands: Readonly<Record<string, string>> = {
  import: 'app.import',
  export: 'app.export',
  undo: 'edit.undo',
  redo: 'edit.redo',
  settings: 'go.settings',
  shortcuts: 'app.shortcuts',
  'command-palette': 'app.palette',
};

const acceleratorKeys: Readonly<Record<string, string>> = {
  ...{ Mod: 'CmdOrCtrl', Comma: ',', Escape: 'Esc' },
  ...{ ArrowLeft: 'Left', ArrowRight: 'Right', ArrowUp: 'Up', ArrowDown: 'Down' },
};

/**
 * The first of the chosen shortcuts as Electron writes it: "Mod+Shift+Z" → "CmdOrCtrl+Shift+Z". Undefined when there is
 * none that a menu may hold: a key without Mod would be taken from text boxes.
 */
export function acceleratorOf(shortcuts: readonly string[]): string | undefined {
  const shortcut = shortcuts.find((one) => one.startsWith('Mod+') || /^F\d+$/.test(one));
  return shortcut
    ?.split('+')
    .map((part) => acceleratorKeys[part] ?? part)
    .join('+');
}

/**
 * The menu bar. Commands go to the page, which knows what they apply to; keys it handles itself never reach the menu.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  send: (command: MenuCommand) => void,
  hasDevTools: boolean,
  shortcuts: Settings['shortcuts'] = {},
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const item = (id: string, label: string, command: MenuCommand, usual?: string): MenuItemConstructorOptions => {
    const chosen = shortcuts[pageCommands[id] ?? ''];
    const accelerator = chosen ? acceleratorOf(chosen) : usual;
    return { id, label, click: () => send(command), ...(accelerator === undefined ? {} : { accelerator }) };
  };
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const settings = item('settings', 'Settings…', { type: 'settings' }, 'CmdOrCtrl+,');
  return [
    ...(isMac ? [appMenu(settings, line)] : []),
    {
      label: 'File',
      submenu: [
        item('new-project', 'New Project', { type: 'new-project' }, 'CmdOrCtrl+N'),
        item('import', 'Import Footage…', { type: 'import' }, 'CmdOrCtrl+I'),
        item('export', 'Export…', { type: 'export' }, 'CmdOrCtrl+E'),
        line,
        ...(isMac ? [{ role: 'close' } as const] : [settings, line, { role: 'quit' } as const]),
      ],
    },
    {
      label: 'Edit',
      submenu: [
        item('undo', 'Undo', { type: 'undo' }, 'CmdOrCtrl+Z'),
        item('redo', 'Redo', { type: 'redo' }, isMac ? 'Shift+Cmd+Z' : 'Ctrl+Y'),
        line,
        ...(['cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({ role })),
      ],
    },
    {
      label: 'View',
      submenu: [
        item('go-board', 'Board', { type: 'go', to: 'board' }, 'CmdOrCtrl+1'),
        item('go-library', 'Library', { type: 'go', to: 'library' }, 'CmdOrCtrl+2'),
        item('go-projects', 'Projects', { type: 'go', to: 'projects' }, 'CmdOrCtrl+3'),
        item('go-exports', 'Exports', { type: 'go', to: 'exports' }, 'CmdOrCtrl+4'),
        item('go-jobs', 'Jobs', { type: 'go', to: 'jobs' }, 'CmdOrCtrl+5'),
        line,
        item('command-palette', 'Command Palette…', { type: 'command-palette' }, 'CmdOrCtrl+K'),
        line,
        { role: 'togglefullscreen' },
        ...(hasDevTools ? [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('shortcuts', 'Keyboard Shortcuts', { type: 'shortcuts' }, 'CmdOrCtrl+/')] },
  ];
}

function appMenu(settings: MenuItemConstructorOptions, line: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      line,
      settings,
      line,
      { role: 'services' },
      line,
      ...(['hide', 'hideOthers', 'unhide'] as const).map((role) => ({ role })),
      line,
      { role: 'quit' },
    ],
  };
}
