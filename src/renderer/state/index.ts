export * from './atoms.ts';
export { useOpenedProjectId } from './current-project.ts';
export { type AppDialog, useAppDialog, useOpenDialog } from './dialogs.ts';
export * from './media-drag.ts';
export { usePaneSize } from './panes.ts';
export { rememberedAtom } from './remembered.ts';
