export { cutEdit, mergeStretches, type SequenceCuts, type Stretch, stretchesOfWords } from './cut.ts';
export { readTranscript, type TranscriptFormat, transcriptFormats, writeTranscript } from './files.ts';
export { fillerFinder, readWordList, usualFillers } from './fillers.ts';
export { captionEdits, editsOf, followTranscript } from './follow.ts';
export { type CaptionGrouping, groupTranscript, groupWordsOf, usualGrouping } from './group.ts';
export {
  allLinkedCaptions,
  captionTextOf,
  isEditedByHand,
  type LinkedCaption,
  linkedCaptions,
} from './link.ts';
export { captionCues, type MakeCaptionsOptions, makeCaptions } from './make-captions.ts';
export { languageOf } from './read-json.ts';
export { findSilences, type Loudness, type SilenceOptions, usualSilence } from './silence.ts';
export { joinWords, splitWords, touches, withoutNoises } from './split-words.ts';
export {
  type HeardClip,
  heardClips,
  type SpokenWord,
  sourceClock,
  spokenWords,
  type WordsByAsset,
  wordsOfClip,
} from './spoken.ts';
export {
  correctWords,
  languageSchema,
  maxTranscriptWords,
  plainWords,
  type ReadTranscript,
  spreadWords,
  type Transcript,
  type TranscriptOrigin,
  type TranscriptWord,
  transcriptOriginSchema,
  transcriptSchema,
  transcriptWordSchema,
  transcriptWordsSchema,
} from './transcript.ts';
export { wordLines, wordsOfLines } from './word-lines.ts';
