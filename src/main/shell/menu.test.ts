import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { MenuCommand } from '#shared/contract/desktop-bridge.ts';
import { acceleratorOf, menuTemplate } from './menu.ts';

function allItems(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allItems(item.submenu) : [])]);
}

describe.each(['darwin', 'linux', 'win32'] as const)('the menu bar on %s', (platform) => {
  const sent: MenuCommand[] = [];
  const items = allItems(menuTemplate(platform, (command) => void sent.push(command), false));

  it('gives no two items the same shortcut', () => {
    const keys = items.map((item) => item.accelerator).filter((key) => key !== undefined);
    expect(keys.length).toBeGreaterThan(10);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('sends every command of the page', () => {
    for (const item of items) if (item.click) (item.click as () => void)();
    const types = new Set(sent.map((command) => command.type));
    const all = ['undo', 'redo', 'import', 'export', 'new-project', 'settings', 'shortcuts', 'command-palette', 'go'];
    expect([...types].sort()).toEqual(all.sort());
  });

  it('has the roles text fields need, and a way to quit', () => {
    const roles = items.map((item) => item.role);
    for (const role of ['cut', 'copy', 'paste', 'selectAll', 'quit']) expect(roles).toContain(role);
    expect(roles).not.toContain('toggleDevTools');
  });
});

describe('chosen keys', () => {
  it('stand in the menu as far as a menu may hold them', () => {
    const shortcuts = { 'edit.undo': ['Mod+Alt+ArrowLeft'], 'app.palette': [], 'app.import': ['I', 'Mod+Comma'] };
    const items = allItems(menuTemplate('linux', () => {}, false, shortcuts));
    const keyOf = (id: string) => items.find((item) => item.id === id)?.accelerator;
    expect([keyOf('undo'), keyOf('command-palette'), keyOf('import'), keyOf('export')]).toEqual([
      'CmdOrCtrl+Alt+Left',
      undefined,
      'CmdOrCtrl+,',
      'CmdOrCtrl+E',
    ]);
    expect(acceleratorOf(['S'])).toBeUndefined();
  });
});
