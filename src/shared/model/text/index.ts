export type { AssInput, TextEvent } from './ass.ts';
export { assColour, assDocument, assTime, hasFace } from './ass.ts';
export { atRest } from './at-rest.ts';
export { emojiFamily, hasEmoji, hasJoinedEmoji, separateEmoji } from './emoji.ts';
export { escapeAssText } from './escape.ts';
export {
  type MotionCurve,
  motionCurves,
  type TextMotion,
  type TimedWord,
  textExits,
  textMotions,
  timedWordSchema,
  timedWordsSchema,
  type WordHighlight,
  wordHighlights,
} from './extras.ts';
export type { FontFace } from './font-face.ts';
export { pickFace } from './font-face.ts';
export { type FontNames, type ReadFont, readFont } from './font-file.ts';
export { type FontMetrics, readFontMetrics } from './font-metrics.ts';
export { type MetricsOf, metricsOfFaces } from './lay-lines.ts';
export { emPixels, textBounds } from './measure.ts';
export { adviceFor, familiesFor, isJoinedWord, missingLetters } from './missing.ts';
export { isSteadyText, stillMoment, type TextMoment, type TimedText } from './moment.ts';
export { lettersOf, retimeWords, shiftWords, wordSpans, wordsOf } from './words.ts';
