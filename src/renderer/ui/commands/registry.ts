import type { Command } from './command.ts';
import { listOf, onKeyOverridesChange, withChosenKeys } from './keymap.ts';
import { matchesShortcut } from './keys.ts';

interface Registration {
  layer: number;
  /** As they were handed in. */
  given: readonly Command[];
  /** With the keys that the person has chosen. */
  commands: readonly Command[];
}

const registrations: Registration[] = [];
const listeners = new Set<() => void>();
let snapshot: readonly Command[] = [];

function announce(): void {
  snapshot = registrations.flatMap((registration) => registration.commands);
  for (const listener of listeners) listener();
}

onKeyOverridesChange(() => {
  for (const registration of registrations) registration.commands = registration.given.map(withChosenKeys);
  announce();
});

/** Every command there has been since the page was opened, with the keys it comes with. */
const everSeen = new Map<string, Command>();

/** See {@link everSeen}: what the person has met so far. */
export function commandsSeen(): Command[] {
  return [...everSeen.values()];
}

/**
 * The shortcut to show where a control names the one its command comes with: the person may have chosen another, or none
 * (null). Goes by the command that the default keys would have run here.
 */
export function shownShortcut(defaultShortcut: string): string | null {
  const uppermost = [...registrations].sort(
    (a, b) => b.layer - a.layer || registrations.indexOf(b) - registrations.indexOf(a),
  );
  for (const { commands } of uppermost) {
    const command = commands.find(({ defaultKeys }) => defaultKeys?.includes(defaultShortcut));
    if (command && command.defaultKeys?.join() === listOf(command.keys).join()) return defaultShortcut;
    if (command) return listOf(command.keys)[0] ?? null;
  }
  return defaultShortcut;
}

/** Adds commands; later ones win over earlier ones with the same keys. Returns how to take them away. */
export function registerCommands(commands: readonly Command[], layer: number): () => void {
  const registration = { layer, given: commands, commands: commands.map(withChosenKeys) };
  for (const command of commands) if (!command.isLocal) everSeen.set(command.id, command);
  registrations.push(registration);
  announce();
  return () => {
    registrations.splice(registrations.indexOf(registration), 1);
    announce();
  };
}

/** All commands at present; changes identity whenever they do. */
export function currentCommands(): readonly Command[] {
  return snapshot;
}

/** Tells when commands come or go. */
export function onCommandsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const layers: number[] = [];

/** Opens a layer (a dialog): commands of the layers below rest until it closes. */
export function openLayer(layer: number): () => void {
  layers.push(layer);
  return () => {
    layers.splice(layers.indexOf(layer), 1);
  };
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type);
}

/** Controls that use Space and Enter themselves. */
function usesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (key === 'Enter' || key === ' ') {
    return (
      target.closest('button, a[href], [role=checkbox], [role=switch], [role=menuitem], [role=option], select') !== null
    );
  }
  if (key.startsWith('Arrow') || key === 'Home' || key === 'End') {
    return (
      target.closest('[role=slider], [role=tab], [role=menu], [role=listbox], [role=separator], [role=radiogroup]') !==
      null
    );
  }
  return false;
}

/** Commands of the uppermost layer in the order they are asked: those that want to be first, then the latest. */
function inOrder(): Command[] {
  const top = layers.length > 0 ? Math.max(...layers) : 0;
  const offered = registrations.filter(({ layer }) => layer === top).reverse();
  const commands = offered.flatMap((registration) => registration.commands);
  return [...commands.filter(({ isFirst }) => isFirst), ...commands.filter(({ isFirst }) => !isFirst)];
}

/** Runs the command a key press stands for, if any. Listened to once for the whole page. */
export function handleKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const isTyping = isTextField(event.target);
  for (const command of inOrder()) {
    if (!command.keys || command.isLocal || command.isEnabled === false || (isTyping && !command.worksInFields))
      continue;
    if (!listOf(command.keys).some((shortcut) => matchesShortcut(shortcut, event))) continue;
    if (!event.ctrlKey && !event.metaKey && usesKey(event.target, event.key)) continue;
    event.preventDefault();
    if (!event.repeat || command.repeats) command.run();
    return;
  }
}
