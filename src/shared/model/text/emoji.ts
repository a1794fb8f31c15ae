/** The family every emoji is drawn in, whatever the font of its text: one colour, like letters. Not on offer by itself. */
export const emojiFamily = 'Noto Emoji';

/** One emoji, however many characters it is made of (flags, families, skin tones, keycaps). */
const emoji = /\p{RGI_Emoji}|\p{Emoji_Presentation}/v;
const runOfEmoji = /(?:\p{RGI_Emoji}|\p{Emoji_Presentation})+/gv;
/** Emoji that a shaper puts together of several. */
const joined = /\u200d|\u20e3|[\u{1f3fb}-\u{1f3ff}]|[\u{1f1e6}-\u{1f1ff}]/u;

/** True when there is an emoji among these words. */
export function hasEmoji(text: string): boolean {
  return emoji.test(text);
}

/** The emoji of a text, and its other words. */
export function separateEmoji(text: string): { emoji: string; words: string } {
  return { emoji: (text.match(runOfEmoji) ?? []).join(''), words: text.replaceAll(runOfEmoji, '') };
}

/** True when there are emoji that only an ffmpeg with a shaper draws as one. */
export function hasJoinedEmoji(text: string): boolean {
  return joined.test(separateEmoji(text).emoji);
}

/** Replaces each run of emoji. */
export function replaceEmoji(text: string, replace: (run: string) => string): string {
  return text.replaceAll(runOfEmoji, replace);
}
