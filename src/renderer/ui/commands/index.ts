export { formatShortcut, isApple, matchesShortcut } from './keys.ts';
export type { Command } from './registry.ts';
export { LayerProvider, useCommandKeys, useCommands, useCurrentCommands, useNewLayer } from './use-commands.ts';
