import type { KeyOverrides } from '../../ui/index.ts';
import type { KnownCommand } from './catalog.ts';

/** Groups whose commands are on a page of their own; all other groups are of the timeline's page. */
const pages: Readonly<Record<string, string>> = {
  Board: 'board',
  Library: 'library',
  'Source viewer': 'source',
  Review: 'review',
  Exports: 'exports',
};
const isEverywhere = (group: string) => group === 'General' || group === 'Go to';

/** True when two groups of commands can be in force at one time. */
export function canMeet(a: string, b: string): boolean {
  if (isEverywhere(a) || isEverywhere(b)) return true;
  const [one, other] = [pages[a] ?? 'editor', pages[b] ?? 'editor'];
  // The source viewer plays too, with the player's keys.
  return one === other || (a === 'Player' && other === 'source') || (b === 'Player' && one === 'source');
}

/** The keys a command has: those chosen, else those it comes with. */
export function keysOf(command: KnownCommand, overrides: KeyOverrides): readonly string[] {
  return overrides[command.id] ?? command.keys;
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((key, at) => key === b[at]);

/** The choice with these keys for a command; what is as it comes is not kept. */
export function withKeys(overrides: KeyOverrides, command: KnownCommand, keys: readonly string[]): KeyOverrides {
  const { [command.id]: _, ...others } = overrides;
  return same(keys, command.keys) ? others : { ...others, [command.id]: [...new Set(keys)] };
}

/**
 * The other commands that a shortcut would also stand for where this one is in force. Commands that share keys as they
 * come do so on purpose (the page knows better than the frame around it) as long as both have them still.
 */
export function usersOf(
  shortcut: string,
  command: KnownCommand,
  all: readonly KnownCommand[],
  overrides: KeyOverrides,
): KnownCommand[] {
  const isMeant = (other: KnownCommand) => command.keys.includes(shortcut) && other.keys.includes(shortcut);
  return all.filter(
    (other) =>
      other.id !== command.id &&
      canMeet(command.group, other.group) &&
      keysOf(other, overrides).includes(shortcut) &&
      !isMeant(other),
  );
}

/** Gives a shortcut to a command (in place of its first one) and takes it from all who would also answer to it. */
export function takeShortcut(
  shortcut: string,
  command: KnownCommand,
  all: readonly KnownCommand[],
  overrides: KeyOverrides,
): KeyOverrides {
  const freed = usersOf(shortcut, command, all, overrides).reduce(
    (chosen, other) =>
      withKeys(
        chosen,
        other,
        keysOf(other, chosen).filter((key) => key !== shortcut),
      ),
    overrides,
  );
  const rest = keysOf(command, freed)
    .slice(1)
    .filter((key) => key !== shortcut);
  return withKeys(freed, command, [shortcut, ...rest]);
}

/** Takes one shortcut off a command. */
export function dropShortcut(shortcut: string, command: KnownCommand, overrides: KeyOverrides): KeyOverrides {
  return withKeys(
    overrides,
    command,
    keysOf(command, overrides).filter((key) => key !== shortcut),
  );
}

/** Commands as they come again. */
export function resetKeys(overrides: KeyOverrides, command: KnownCommand): KeyOverrides {
  return withKeys(overrides, command, command.keys);
}

/** Commands that fit what was typed: words of the label or group, or the keys themselves. */
export function findCommands(
  all: readonly KnownCommand[],
  overrides: KeyOverrides,
  search: string,
): [string, KnownCommand[]][] {
  const wanted = search.trim().toLowerCase();
  const groups = new Map<string, KnownCommand[]>();
  for (const command of all) {
    const words = `${command.label} ${command.group} ${keysOf(command, overrides).join(' ')}`.toLowerCase();
    if (wanted !== '' && !words.includes(wanted)) continue;
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups];
}
