export { fontsHandlers } from './handlers.ts';
export { createOwnFonts, type OwnFontFile, type OwnFonts } from './service.ts';
