export type { AssInput, TextEvent } from './ass.ts';
export { assColour, assDocument, assTime, hasFace } from './ass.ts';
export { emojiFamily, hasEmoji, hasJoinedEmoji, separateEmoji } from './emoji.ts';
export { escapeAssText } from './escape.ts';
export type { FontFace } from './font-face.ts';
export { pickFace } from './font-face.ts';
export { type FontMetrics, readFontMetrics } from './font-metrics.ts';
export { emPixels, type MetricsOf, textBounds } from './measure.ts';
