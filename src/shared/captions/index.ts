export { formatOfCaptions, readCaptions, writeCaptions } from './caption-file.ts';
export type { CaptionFile, CaptionFormat, Cue, CueWord } from './cue.ts';
export { captionFormats } from './cue.ts';
export { maxCaptionBytes } from './decode.ts';
export { type CuePlacement, maxLanes, type PlacedCue, placeCues } from './place-cues.ts';
export {
  type CaptionPreset,
  captionPresets,
  captionStyleEdit,
  chosenCaptionStyle,
  usualCaptionStyle,
} from './presets.ts';
export { type CaptionsPut, captionClip, isCaptionTrack, lengthWithoutCaptions, putCaptions } from './put-captions.ts';
export { type PutPlace, putWords } from './put-words.ts';
export { maxOwnLooks, ownLookSchema, type TextLook, textLooks } from './text-looks.ts';
