import type { Command } from './command.ts';

/** Keys that the person has chosen, by the id of the command; an empty list takes its keys away. */
export type KeyOverrides = Readonly<Record<string, readonly string[]>>;

let overrides: KeyOverrides = {};
const listeners = new Set<() => void>();

/** Makes these the keys of their commands, everywhere. */
export function setKeyOverrides(next: KeyOverrides): void {
  overrides = next;
  for (const listener of listeners) listener();
}

/** Tells when the person has chosen other keys. */
export function onKeyOverridesChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Several shortcuts as a list. */
export function listOf(keys: string | readonly string[] | undefined): readonly string[] {
  return keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys;
}

/** A command with the keys it really has; those it comes with are in `defaultKeys`. Those of local ones are fixed. */
export function withChosenKeys(command: Command): Command {
  const defaultKeys = listOf(command.keys);
  const chosen = command.isLocal ? undefined : overrides[command.id];
  if (!chosen) return { ...command, defaultKeys };
  const { keys: _, ...rest } = command;
  return { ...rest, defaultKeys, ...(chosen.length > 0 ? { keys: chosen } : {}) };
}
