import { afterEach, describe, expect, it, vi } from 'vitest';
import { setKeyOverrides } from './keymap.ts';
import { currentCommands, handleKeyDown, registerCommands, shownShortcut } from './registry.ts';

const press = (key: string) =>
  ({
    ...{ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, repeat: false },
    ...{ defaultPrevented: false, isComposing: false, target: null, preventDefault: () => {} },
  }) as unknown as KeyboardEvent;

describe('commands with chosen keys', () => {
  const leave: (() => void)[] = [];
  const offer = (id: string, keys: string, layer = 0) => {
    const run = vi.fn();
    leave.push(registerCommands([{ id, label: id, group: 'Test', keys, run }], layer));
    return run;
  };
  afterEach(() => {
    for (const go of leave.splice(0)) go();
    setKeyOverrides({});
  });

  it('answer to those, and no longer to the keys they come with', () => {
    vi.stubGlobal('HTMLElement', class {});
    const split = offer('split', 'S');
    setKeyOverrides({ split: ['Q', 'F4'] });
    handleKeyDown(press('s'));
    expect(split).not.toHaveBeenCalled();
    handleKeyDown(press('q'));
    handleKeyDown(press('F4'));
    expect(split).toHaveBeenCalledTimes(2);
    expect(currentCommands()[0]).toMatchObject({ keys: ['Q', 'F4'], defaultKeys: ['S'] });
  });

  it('that come later have them too', () => {
    setKeyOverrides({ split: [] });
    offer('split', 'S');
    expect(currentCommands()[0]?.keys).toBeUndefined();
    expect(shownShortcut('S')).toBeNull();
  });

  it('show them wherever the keys they come with are named, the uppermost first', () => {
    offer('below', 'S');
    offer('above', 'S', 1);
    setKeyOverrides({ above: ['Mod+K'] });
    expect(shownShortcut('S')).toBe('Mod+K');
    expect(shownShortcut('X')).toBe('X');
  });
});
