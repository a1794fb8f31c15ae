import type { Clip, Project, Sequence, TextContent, TimedWord, TranscriptLink } from '../model/index.ts';
import { type Rate, toNumber } from '../units/index.ts';
import { joinWords } from './split-words.ts';
import { firstFrom, heardClips, wordsOfClip } from './spoken.ts';
import type { TranscriptWord } from './transcript.ts';

/** A caption that was made from a transcript. */
export interface LinkedCaption {
  sequence: Sequence;
  clip: Clip;
  content: TextContent;
  link: TranscriptLink;
  isLocked: boolean;
}

/** Captions of a sequence that come from a transcript. */
export function linkedCaptions(sequence: Sequence): LinkedCaption[] {
  return sequence.tracks.flatMap(({ clips, isLocked }) =>
    clips.flatMap((clip): LinkedCaption[] => {
      const { content } = clip;
      if (content.kind !== 'text' || !content.transcript) return [];
      return [{ sequence, clip, content, link: content.transcript, isLocked }];
    }),
  );
}

/** Captions of a whole project that come from a transcript. */
export function allLinkedCaptions({ sequences }: Project): LinkedCaption[] {
  return sequences.flatMap(linkedCaptions);
}

interface Part {
  from: number;
  to: number;
}

/** Parts of sources that sequences play, worked out once for all captions of a sequence. */
const known = new WeakMap<Sequence, Map<string, readonly Part[]>>();

/** Parts of a source that a sequence plays, ms. */
function playedParts(sequence: Sequence, assetId: TranscriptLink['assetId'], rate: Rate): readonly Part[] {
  const ofSequence = known.get(sequence) ?? new Map<string, readonly Part[]>();
  known.set(sequence, ofSequence);
  const key = `${assetId} ${rate.num}/${rate.den}`;
  const parts =
    ofSequence.get(key) ??
    heardClips(sequence)
      .filter((heard) => heard.assetId === assetId)
      .map(({ clip, inSeconds, speed }) => {
        const from = toNumber(inSeconds) * 1000;
        return { from, to: from + (clip.lengthFrames * 1000 * toNumber(speed)) / toNumber(rate) };
      });
  ofSequence.set(key, parts);
  return parts;
}

/** Braces in what is said are no fields. */
export function captionWords(words: readonly string[]): string {
  return joinWords(words).replaceAll(/\{(?=\{)/g, '{\u2060');
}

/**
 * What a linked caption says by the transcript: the words of its part of the source, without those that its sequence does
 * not play any more (they were cut out). Where the sequence plays nothing of that source, all of them.
 */
export function captionTextOf(
  { sequence, link }: Pick<LinkedCaption, 'sequence' | 'link'>,
  words: readonly TranscriptWord[],
  rate: Rate,
): string {
  const parts = playedParts(sequence, link.assetId, rate);
  const isPlayed = (ms: number) => parts.length === 0 || parts.some(({ from, to }) => ms >= from && ms < to);
  const said: TranscriptWord[] = [];
  for (let at = firstFrom(words, link.startMs); at < words.length; at += 1) {
    const word = words[at];
    if (!word || word.startMs >= link.endMs) break;
    const middle = (word.startMs + word.endMs) / 2;
    if (middle >= link.startMs && middle <= link.endMs && isPlayed(middle)) said.push(word);
  }
  return captionWords(said.map(({ text }) => text));
}

/**
 * When the words of a linked caption are said, in frames from its first; empty (they are spread over it) where the sequence
 * does not play them one by one.
 */
export function captionTimesOf(
  { sequence, link, clip }: Pick<LinkedCaption, 'sequence' | 'link' | 'clip'>,
  text: string,
  words: readonly TranscriptWord[],
  rate: Rate,
): TimedWord[] {
  const from = firstFrom(words, link.startMs);
  const to = firstFrom(words, link.endMs + 1);
  const said = heardClips(sequence)
    .filter(({ assetId }) => assetId === link.assetId)
    .flatMap((heard) => wordsOfClip(heard, words.slice(from, to), rate))
    .toSorted((a, b) => a.startFrame - b.startFrame);
  const end = clip.startFrame + clip.lengthFrames;
  // A source may be played twice: then those count that are heard while the caption is seen.
  const seen = said.filter((word) => word.startFrame < end && word.endFrame > clip.startFrame);
  const own = [said, seen].find((list) => captionWords(list.map((word) => word.text)) === text) ?? [];
  return own.map(({ text: word, startFrame, endFrame }) => {
    return { text: word, startFrame: startFrame - clip.startFrame, endFrame: endFrame - clip.startFrame };
  });
}

/** True when somebody wrote other words into a caption than the transcript had: it is kept as it is. */
export function isEditedByHand({ content, link }: Pick<LinkedCaption, 'content' | 'link'>): boolean {
  return content.text.replaceAll(/\s+/gu, ' ') !== link.text.replaceAll(/\s+/gu, ' ');
}
