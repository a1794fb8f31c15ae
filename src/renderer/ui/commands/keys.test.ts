import { describe, expect, it } from 'vitest';
import { formatShortcut, isShortcut, type KeyPress, matchesShortcut, shortcutOf } from './keys.ts';

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...over,
});

describe('matchesShortcut', () => {
  it('takes Ctrl for Mod, and the command key on Apple keyboards', () => {
    expect(matchesShortcut('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matchesShortcut('Mod+K', press('k', { metaKey: true }), false)).toBe(false);
    expect(matchesShortcut('Mod+K', press('k', { metaKey: true }), true)).toBe(true);
  });
  it('wants exactly the modifiers it names', () => {
    expect(matchesShortcut('Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matchesShortcut('Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(matchesShortcut('S', press('s', { altKey: true }), false)).toBe(false);
  });
  it('lets symbols be typed with whatever Shift the keyboard needs', () => {
    expect(matchesShortcut('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matchesShortcut('/', press('/'), false)).toBe(true);
  });
  it('goes by letter on Latin layouts and by position on others', () => {
    expect(matchesShortcut('A', press('a', { code: 'KeyQ' }), false)).toBe(true);
    expect(matchesShortcut('Q', press('a', { code: 'KeyQ' }), false)).toBe(false);
    expect(matchesShortcut('Q', press('й', { code: 'KeyQ' }), false)).toBe(true);
  });
  it('knows the space bar and digits', () => {
    expect(matchesShortcut('Space', press(' ', { code: 'Space' }), false)).toBe(true);
    expect(matchesShortcut('1', press('&', { code: 'Digit1' }), false)).toBe(true);
  });
});

describe('formatShortcut', () => {
  it('names keys as the keyboard does', () => {
    expect(formatShortcut('Mod+Shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(formatShortcut('Mod+Comma', true)).toEqual(['⌘', ',']);
  });
});

describe('shortcutOf', () => {
  const presses: [string, KeyPress][] = [
    ['Mod+Shift+Z', press('Z', { code: 'KeyZ', ctrlKey: true, shiftKey: true })],
    ['Alt+1', press('1', { code: 'Digit1', altKey: true })],
    ['Shift+1', press('!', { code: 'Digit1', shiftKey: true })],
    ['?', press('?', { code: 'Minus', shiftKey: true })],
    ['Plus', press('+', { code: 'BracketRight' })],
    ['Comma', press(',', { code: 'Comma' })],
    ['Space', press(' ', { code: 'Space' })],
    ['Q', press('й', { code: 'KeyQ' })],
    ['Mod+ArrowLeft', press('ArrowLeft', { code: 'ArrowLeft', ctrlKey: true })],
  ];
  it.each(presses)('says %s, which the press then matches', (keys, pressed) => {
    expect(shortcutOf(pressed, false)).toBe(keys);
    expect(matchesShortcut(keys, pressed, false)).toBe(true);
    expect(isShortcut(keys)).toBe(true);
  });
  it('is nothing for modifiers alone, Tab and keys of the system', () => {
    expect(shortcutOf(press('Shift', { shiftKey: true }), false)).toBeNull();
    expect(shortcutOf(press('Tab'), false)).toBeNull();
    expect(shortcutOf(press('l', { metaKey: true }), false)).toBeNull();
    expect(shortcutOf(press('l', { metaKey: true }), true)).toBe('Mod+L');
  });
  it.each(['', 'Mod+', 'Ctrl K', 'Shift+Mod+K', 'k', 'Hyper+K'])('refuses “%s” as a shortcut', (text) => {
    expect(isShortcut(text)).toBe(false);
  });
});
