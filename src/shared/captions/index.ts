export { formatOfCaptions, readCaptions, writeCaptions } from './caption-file.ts';
export type { CaptionFile, CaptionFormat, Cue, CueWord } from './cue.ts';
export { captionFormats } from './cue.ts';
