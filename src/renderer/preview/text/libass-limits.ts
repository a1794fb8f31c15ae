/**
 * What a text engine keeps of letters it has drawn. libass alone would go up to 10,000 outlines and 128 MB, and its memory
 * never becomes less: with word-timed captions it would grow as long as an ad is played.
 */
export const libassLimits = { glyphs: 2000, megabytes: 24 } as const;
