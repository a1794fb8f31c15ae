import {
  type AssetId,
  type Clip,
  effectiveValues,
  type FieldValues,
  type MediaContent,
  type Sequence,
} from '../model/index.ts';
import { type Frames, type Rate, type Rational, toNumber } from '../units/index.ts';
import type { TranscriptWord } from './transcript.ts';

/** Words of media by asset, as far as they are known. */
export type WordsByAsset = ReadonlyMap<AssetId, readonly TranscriptWord[]>;

/** A clip that is heard, and the media it plays. */
export interface HeardClip {
  clip: Clip;
  assetId: AssetId;
  /** Where in the source its first frame lies. */
  inSeconds: Rational;
  speed: Rational;
}

/** A word in its place on a sequence. `startMs` and `endMs` are those of its source. */
export interface SpokenWord extends TranscriptWord {
  assetId: AssetId;
  /** Which word of the transcript it is. */
  index: number;
  clip: Clip;
  /** Frames of the sequence, inside the clip; at least one long. */
  startFrame: Frames;
  endFrame: Frames;
}

function assetOf(media: MediaContent['media'], values: FieldValues): AssetId | null {
  if ('assetId' in media) return media.assetId;
  const value = values[media.field];
  return value !== undefined && 'assetId' in value ? value.assetId : null;
}

/** Clips of a sequence that play sound of media, in order of their starts; `given` are an option's values for its fields. */
export function heardClips(sequence: Sequence, given: FieldValues = {}): HeardClip[] {
  const values = effectiveValues(sequence, given);
  const hasSolo = sequence.tracks.some(({ isSolo }) => isSolo);
  return sequence.tracks
    .filter(({ isMuted, isSolo }) => !isMuted && (isSolo || !hasSolo))
    .flatMap(({ clips }) => clips)
    .flatMap((clip): HeardClip[] => {
      const { content, audio } = clip;
      if (content.kind !== 'media' || audio.isMuted) return [];
      const assetId = assetOf(content.media, values);
      return assetId === null ? [] : [{ clip, assetId, inSeconds: content.sourceInSeconds, speed: content.speed }];
    })
    .toSorted((a, b) => a.clip.startFrame - b.clip.startFrame);
}

/**
 * Moments of a clip's source (ms) as frames of its sequence (nearest), and back. In doubles: there are ten thousands of words,
 * exact fractions take seconds for them, and only a moment half-way between two frames could come out on the other one.
 */
export function sourceClock({ clip, inSeconds, speed }: HeardClip, rate: Rate) {
  const perMs = toNumber(rate) / toNumber(speed) / 1000;
  const inMs = toNumber(inSeconds) * 1000;
  return {
    frameAt: (ms: number): Frames => clip.startFrame + Math.round((ms - inMs) * perMs),
    msAt: (frame: Frames): number => inMs + (frame - clip.startFrame) / perMs,
  };
}

/** Index of the first word (they are in order) that is not before a moment, by the middle of words. */
export function firstFrom(words: readonly TranscriptWord[], ms: number): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.startMs ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  // A word that begins before may have its middle inside.
  while (low > 0 && middleOf(words[low - 1]) >= ms) low -= 1;
  return low;
}

const middleOf = (word: TranscriptWord | undefined): number =>
  word === undefined ? Number.NEGATIVE_INFINITY : (word.startMs + word.endMs) / 2;

/** The words that a clip plays: those whose middle lies inside it. */
export function wordsOfClip(heard: HeardClip, words: readonly TranscriptWord[], rate: Rate): SpokenWord[] {
  const { clip, assetId } = heard;
  const clock = sourceClock(heard, rate);
  const end = clip.startFrame + clip.lengthFrames;
  const [fromMs, toMs] = [clock.msAt(clip.startFrame), clock.msAt(end)];
  const spoken: SpokenWord[] = [];
  for (let index = firstFrom(words, fromMs); index < words.length; index += 1) {
    const word = words[index];
    if (!word || word.startMs >= toMs) break;
    const middle = middleOf(word);
    if (middle < fromMs || middle >= toMs) continue;
    const startFrame = Math.min(end - 1, Math.max(clip.startFrame, clock.frameAt(word.startMs)));
    const endFrame = Math.min(end, Math.max(startFrame + 1, clock.frameAt(word.endMs)));
    spoken.push({ ...word, assetId, index, clip, startFrame, endFrame });
  }
  return spoken;
}

/** All words said in a sequence, in the order in which they are heard. */
export function spokenWords(
  sequence: Sequence,
  options: { rate: Rate; words: WordsByAsset; values?: FieldValues },
): SpokenWord[] {
  const { rate, words, values } = options;
  return heardClips(sequence, values)
    .flatMap((heard) => wordsOfClip(heard, words.get(heard.assetId) ?? [], rate))
    .toSorted((a, b) => a.startFrame - b.startFrame || a.index - b.index);
}
