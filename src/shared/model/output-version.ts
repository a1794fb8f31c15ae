import { z } from 'zod';

/** What of an ad is made: everything, without the words drawn over it, without the music bed, or without both. */
export const outputVersionSchema = z.enum(['full', 'textless', 'music-free', 'clean']);
export type OutputVersion = z.infer<typeof outputVersionSchema>;
