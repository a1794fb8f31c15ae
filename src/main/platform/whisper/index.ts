export { findModels, findWhisper, type WhisperModel, type WhisperPlaces } from './find-whisper.ts';
export { runWhisper, type WhisperRun } from './run-whisper.ts';
