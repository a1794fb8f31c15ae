import { z } from 'zod';
import { doneSchema, pathSchema, procedure } from './base.ts';

/** A font that somebody added to the library. */
export const ownFontSchema = z.object({
  /** Its name in the library's folder of fonts; behind `fonts/` of the media address without its ending. */
  file: z.string().regex(/^[0-9a-f]{24}\.(ttf|otf)$/),
  /** Internal family name (name id 1). */
  family: z.string(),
  /** Internal style name (name id 2). */
  style: z.string(),
  /** What people call the family. */
  typographicFamily: z.string(),
  weight: z.int().min(100).max(900),
  isItalic: z.boolean(),
  /** SHA-256 of the file. */
  hash: z.string(),
});
export type OwnFont = z.infer<typeof ownFontSchema>;

export const fontsContract = {
  /** By family and weight. */
  list: procedure.output(z.object({ fonts: z.array(ownFontSchema) })),
  /** Copies a TTF or OTF file into the library. `unsupported-media` says what is wrong with it, `conflict` that it is there. */
  add: procedure.input(z.object({ path: pathSchema })).output(ownFontSchema),
  /** Texts set in it say then that it is missing. */
  remove: procedure.input(z.object({ file: ownFontSchema.shape.file })).output(doneSchema),
};
