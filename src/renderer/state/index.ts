export * from './atoms.ts';
export { usePaneSize } from './panes.ts';
export { rememberedAtom } from './remembered.ts';
