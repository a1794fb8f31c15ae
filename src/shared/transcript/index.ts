export { readTranscript, type TranscriptFormat, transcriptFormats, writeTranscript } from './files.ts';
export { type CaptionGrouping, groupTranscript, groupWordsOf, usualGrouping } from './group.ts';
export { languageOf } from './read-json.ts';
export { joinWords, splitWords, withoutNoises } from './split-words.ts';
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
