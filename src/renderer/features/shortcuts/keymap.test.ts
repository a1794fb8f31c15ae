import { describe, expect, it } from 'vitest';
import { type KnownCommand, knownCommands } from './catalog.ts';
import { canMeet, dropShortcut, findCommands, keysOf, resetKeys, takeShortcut, usersOf } from './keymap-edits.ts';
import { readKeymap, writeKeymap } from './keymap-file.ts';
import { keyPresets, presetOf } from './presets.ts';

const all = knownCommands([]);
const command = (id: string): KnownCommand => {
  const found = all.find((one) => one.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
};

describe('the catalog', () => {
  it('names every command once', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
  it('takes up commands that a page has shown, not those of one project', () => {
    const seen = ['looks.copy', 'source.send.hook'].map((id) => ({ id, label: id, group: 'Looks', run: () => {} }));
    expect(knownCommands(seen).map(({ id }) => id)).toEqual([...all.map(({ id }) => id), 'looks.copy']);
  });
});

describe('conflicts', () => {
  it('are told where both commands can be in force', () => {
    expect(canMeet('Timeline', 'Player')).toBe(true);
    expect(canMeet('Timeline', 'Library')).toBe(false);
    expect(canMeet('General', 'Review')).toBe(true);
    expect(usersOf('S', command('timeline.snap'), all, {}).map(({ id }) => id)).toEqual(['timeline.split']);
    expect(usersOf('S', command('media.reject'), all, {})).toEqual([]);
  });
  it('are none where two commands share keys on purpose, until one of them is changed', () => {
    expect(usersOf('Shift+B', command('edit.back'), all, {})).toEqual([]);
    expect(usersOf('Shift+B', command('timeline.split'), all, {}).map(({ id }) => id)).toEqual([
      'go.board',
      'edit.back',
    ]);
  });
  it('are resolved by taking the keys from the others', () => {
    const chosen = takeShortcut('Delete', command('timeline.lift'), all, {});
    expect(chosen).toEqual({ 'timeline.lift': ['Delete', 'Shift+Backspace'], 'timeline.remove': ['Backspace'] });
    expect(usersOf('Delete', command('timeline.lift'), all, chosen)).toEqual([]);
  });
});

describe('changing keys', () => {
  it('keeps only what differs from how it comes', () => {
    const changed = takeShortcut('F4', command('timeline.split'), all, {});
    expect(changed).toEqual({ 'timeline.split': ['F4'] });
    expect(takeShortcut('S', command('timeline.split'), all, changed)).toEqual({});
    expect(resetKeys(changed, command('timeline.split'))).toEqual({});
    expect(dropShortcut('S', command('timeline.split'), {})).toEqual({ 'timeline.split': [] });
  });
  it('finds commands by words and by keys', () => {
    expect(findCommands(all, {}, 'split all').flatMap(([, list]) => list.map(({ id }) => id))).toEqual([
      'timeline.splitAll',
    ]);
    const byKey = findCommands(all, { 'timeline.split': ['F4'] }, 'f4').flatMap(([, list]) => list);
    expect(byKey.map(({ id }) => id)).toEqual(['timeline.split']);
  });
});

describe.each(keyPresets)('the set “$name”', ({ keys, id }) => {
  it('has known commands, no press that means two things, and is told again', () => {
    for (const name of Object.keys(keys)) command(name);
    const clashes = all.flatMap((one) =>
      keysOf(one, keys).flatMap((key) => usersOf(key, one, all, keys).map((other) => `${key}: ${one.id}, ${other.id}`)),
    );
    expect(clashes).toEqual([]);
    expect(presetOf(keys)?.id).toBe(id);
  });
});

describe('a file of shortcuts', () => {
  it('is read as it was written', () => {
    const keys = { 'timeline.split': ['Mod+K', '\\'], 'timeline.mark': [] };
    expect(readKeymap(writeKeymap(keys))).toEqual(keys);
  });
  it.each([
    ['nonsense', 'not JSON'],
    ['{"format":"x","version":1,"keys":{}}', 'format'],
    ['{"format":"spotloom-shortcuts","version":2,"keys":{}}', 'newer'],
    ['{"format":"spotloom-shortcuts","version":1,"keys":{"timeline.split":["Ctrl+"]}}', 'keys › timeline.split › [0]'],
    ['{"format":"spotloom-shortcuts","version":1,"keys":{"timeline.split":"S"}}', 'keys › timeline.split'],
  ])('refuses %s, naming what is wrong', (text, words) => {
    expect(() => readKeymap(text)).toThrow(words);
  });
});
