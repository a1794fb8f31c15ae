import { z } from 'zod';

/** How a text comes and goes. `slide-left` moves towards the left. */
export const textMotions = [
  'none',
  'fade',
  'rise',
  'slide-left',
  'slide-right',
  'pop',
  'zoom',
  'blur',
  'typewriter',
] as const;
export type TextMotion = (typeof textMotions)[number];
/** Ways of going: words are not typed backwards. */
export const textExits = ['none', 'fade', 'rise', 'slide-left', 'slide-right', 'pop', 'zoom', 'blur'] as const;

/** How fast a text comes at first and at last; `overshoot` goes a little too far and returns. */
export const motionCurves = ['linear', 'ease-in', 'ease-out', 'ease-in-out', 'overshoot'] as const;
export type MotionCurve = (typeof motionCurves)[number];

/**
 * What happens to the word that is said: `fill` colours it, `box` puts a box behind it, `pop` makes it larger, `karaoke`
 * colours its letters one by one and leaves them so, `typewriter` shows letters as they are said, `one-word` shows it alone.
 */
export const wordHighlights = ['none', 'fill', 'box', 'pop', 'karaoke', 'typewriter', 'one-word'] as const;
export type WordHighlight = (typeof wordHighlights)[number];

const colour = z.string().regex(/^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$/, 'a colour is "#RRGGBB" or "#RRGGBBAA"');

/** What a text style says besides letters and colours: spacing, coming and going, the word that is said. */
export const textExtrasShape = {
  /** Room added after each letter. */
  letterSpacingPx: z.number().min(-20).max(120).default(0),
  /** Distance of lines; 1 = the font's own. */
  lineSpacing: z.number().min(0.5).max(3).default(1),
  /** Which part of the words lies at the clip's place. */
  verticalAlign: z.enum(['top', 'middle', 'bottom']).default('middle'),
  /** Lines stay as they were typed; where one is too wide, all words become smaller. */
  isFitted: z.boolean().default(false),
  entrance: z.enum(textMotions).default('none'),
  /** At most half the clip. */
  entranceMs: z.number().min(20).max(5000).default(300),
  exit: z.enum(textExits).default('none'),
  exitMs: z.number().min(20).max(5000).default(300),
  motionCurve: z.enum(motionCurves).default('ease-out'),
  highlight: z.enum(wordHighlights).default('none'),
  highlightColour: colour.default('#FFE14D'),
  /** 0 = as many as fit. Words become smaller where a line of so many would be too wide. */
  wordsPerLine: z.int().min(0).max(12).default(0),
  /** 0 = all. More lines are shown one group after another, as they are said. */
  maxLines: z.int().min(0).max(6).default(0),
};

/** A word and when it is said, in frames from its clip's first; before 0 or after the clip where that was trimmed. */
export const timedWordSchema = z
  .object({
    text: z.string().min(1).max(200),
    startFrame: z.int().min(-100_000_000).max(100_000_000),
    endFrame: z.int().min(-100_000_000).max(100_000_000),
  })
  .refine(({ startFrame, endFrame }) => endFrame >= startFrame, 'a word ends before it begins');
export type TimedWord = z.infer<typeof timedWordSchema>;
/** The words of a text, in order. */
export const timedWordsSchema = z.array(timedWordSchema).max(2000);
