import { matchesShortcut } from './keys.ts';

/** Something the user can do by key, from the command palette, or both. */
export interface Command {
  /** Stable: "edit.undo". */
  id: string;
  /** Says what it does: "Undo". */
  label: string;
  /** Heading in the palette and the shortcut overview: "Timeline". */
  group: string;
  /** One or more shortcuts, e.g. "Mod+Z" or ["Delete", "Backspace"]; the first is shown. */
  keys?: string | readonly string[];
  run: () => void;
  /** Not offered and its keys do nothing when false. */
  isEnabled?: boolean;
  /** Only listed in the overview: the thing that has the focus answers the keys itself. */
  isLocal?: boolean;
  /** By key only, not in the palette (playhead steps and the like). */
  isHidden?: boolean;
  /** Also while the caret is in a text field. */
  worksInFields?: boolean;
  /** Also fires again while the key is held down. */
  repeats?: boolean;
  /** Answers its keys before commands that came later: the page knows better than the frame around it. */
  isFirst?: boolean;
}

interface Registration {
  layer: number;
  commands: readonly Command[];
}

const registrations: Registration[] = [];
const listeners = new Set<() => void>();
let snapshot: readonly Command[] = [];

function announce(): void {
  snapshot = registrations.flatMap((registration) => registration.commands);
  for (const listener of listeners) listener();
}

/** Adds commands; later ones win over earlier ones with the same keys. Returns how to take them away. */
export function registerCommands(commands: readonly Command[], layer: number): () => void {
  const registration = { layer, commands };
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
    const keys = typeof command.keys === 'string' ? [command.keys] : command.keys;
    if (!keys.some((shortcut) => matchesShortcut(shortcut, event))) continue;
    if (!event.ctrlKey && !event.metaKey && usesKey(event.target, event.key)) continue;
    event.preventDefault();
    if (!event.repeat || command.repeats) command.run();
    return;
  }
}
