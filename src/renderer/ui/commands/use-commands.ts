import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Command } from './command.ts';
import {
  currentCommands,
  handleKeyDown,
  onCommandsChange,
  openLayer,
  registerCommands,
  shownShortcut,
} from './registry.ts';

const LayerContext = createContext(0);
/** Wraps the content of a dialog, so that {@link useCommands} inside it belongs to the dialog. */
export const LayerProvider = LayerContext.Provider;

/** The next layer up; while the caller is mounted, commands below it rest. */
export function useNewLayer(isOpen = true): number {
  const layer = useContext(LayerContext) + 1;
  useEffect(() => (isOpen ? openLayer(layer) : undefined), [isOpen, layer]);
  return layer;
}

/**
 * Offers commands while the calling component is mounted: their keys work, the palette and the overview list them.
 * The list may be written inline: it is registered anew only when what shows of it changes; `run` is always the latest.
 */
export function useCommands(commands: readonly Command[]): void {
  const layer = useContext(LayerContext);
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shown = JSON.stringify(commands);
  useEffect(() => {
    const stable = (JSON.parse(shown) as Omit<Command, 'run'>[]).map((command, index) => ({
      ...command,
      run: () => (latest.current.find((one) => one.id === command.id) ?? latest.current[index])?.run(),
    }));
    return registerCommands(stable, layer);
  }, [shown, layer]);
}

/** All commands offered at present, for the palette and the overview. */
export function useCurrentCommands(): readonly Command[] {
  return useSyncExternalStore(onCommandsChange, currentCommands);
}

/** The shortcut to show for one that a command comes with; null when the person has taken it away. */
export function useShownShortcut(defaultShortcut: string): string | null {
  return useSyncExternalStore(onCommandsChange, () => shownShortcut(defaultShortcut));
}

/** Once, at the top of the page: listens to the keyboard. */
export function useCommandKeys(): void {
  useEffect(() => {
    window.addEventListener('keydown', handleKeyDown);
    return () => window.removeEventListener('keydown', handleKeyDown);
  }, []);
}
