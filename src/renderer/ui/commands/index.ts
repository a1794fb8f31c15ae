export type { Command } from './command.ts';
export { type KeyOverrides, setKeyOverrides } from './keymap.ts';
export { formatShortcut, isApple, isShortcut, matchesShortcut, shortcutOf } from './keys.ts';
export { commandsSeen } from './registry.ts';
export {
  LayerProvider,
  useCommandKeys,
  useCommands,
  useCurrentCommands,
  useNewLayer,
  useShownShortcut,
} from './use-commands.ts';
