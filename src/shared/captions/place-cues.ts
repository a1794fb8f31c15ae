import type { TimedWord, TranscriptLink } from '../model/index.ts';
import { type Frames, type Ms, type Rate, rational, secondsToNearestFrames } from '../units/index.ts';
import type { Cue, CueWord } from './cue.ts';

/** A caption with its place on a track, in frames from the section's first. */
export interface PlacedCue {
  startFrame: Frames;
  lengthFrames: Frames;
  text: string;
  /** When each word is said, counted like `startFrame`; absent where the file does not tell. */
  words?: readonly TimedWord[];
  transcript?: TranscriptLink;
}

/** Where the captions of a file come to lie, and what became of those that did not fit. */
export interface CuePlacement {
  /** One list per track, each sorted and without overlap; the first is the usual one. */
  lanes: PlacedCue[][];
  /** Captions that were placed. */
  placed: number;
  /** Of those, captions that ended after the section and now end with it. */
  shortened: number;
  /** Captions after the section's end, left out. */
  outside: number;
  /** Captions with more than two others at the same time, left out. */
  crowded: number;
}

/** Most captions on screen at once. */
export const maxLanes = 3;
/** Overlaps up to this length are loose timing, not two captions meant to be seen together. */
const looseMs = 100;

/** Most words of one caption whose times are kept. */
const mostWords = 2000;

const frameAt = (ms: Ms, rate: Rate): Frames => secondsToNearestFrames(rational(Math.round(ms), 1000), rate);
const endOf = (cue: PlacedCue): Frames => cue.startFrame + cue.lengthFrames;

/** Words on the frame grid, each at its nearest frame. */
function timedWords(words: readonly CueWord[], rate: Rate): TimedWord[] {
  return words.slice(0, mostWords).flatMap(({ text, startMs, endMs }) => {
    const startFrame = frameAt(startMs, rate);
    const said = { text: text.trim().slice(0, 200), startFrame, endFrame: Math.max(startFrame, frameAt(endMs, rate)) };
    return said.text === '' ? [] : [said];
  });
}

/** Puts a caption on a lane when it is free, or nearly so; false when it is not. */
function putOnLane(lane: PlacedCue[], cue: PlacedCue, looseFrames: Frames): boolean {
  const last = lane.at(-1);
  const overlap = last ? endOf(last) - cue.startFrame : 0;
  if (!last || overlap <= 0) lane.push(cue);
  else if (overlap > looseFrames) return false;
  else if (last.startFrame < cue.startFrame) {
    lane[lane.length - 1] = { ...last, lengthFrames: cue.startFrame - last.startFrame };
    lane.push(cue);
  } else if (endOf(cue) > endOf(last))
    lane.push({ ...cue, startFrame: endOf(last), lengthFrames: endOf(cue) - endOf(last) });
  else return false;
  return true;
}

/**
 * Captions (in order of their starts) on the frame grid: each edge at the nearest frame, at least one frame long, overlaps on
 * tracks of their own (loose timing is tidied instead). `limitFrames` is the section's length; null = it has none yet.
 */
export function placeCues(cues: readonly Cue[], rate: Rate, limitFrames: Frames | null): CuePlacement {
  const limit = limitFrames ?? Number.POSITIVE_INFINITY;
  const looseFrames = Math.max(1, frameAt(looseMs, rate));
  const result: CuePlacement = { lanes: [], placed: 0, shortened: 0, outside: 0, crowded: 0 };
  for (const { startMs, endMs, text, words, transcript } of cues) {
    const startFrame = frameAt(startMs, rate);
    const endFrame = Math.max(startFrame + 1, frameAt(endMs, rate));
    if (startFrame >= limit) {
      result.outside += 1;
      continue;
    }
    const cue = {
      startFrame,
      lengthFrames: Math.min(endFrame, limit) - startFrame,
      text,
      ...(words && words.length > 0 && { words: timedWords(words, rate) }),
      ...(transcript && { transcript }),
    };
    const isPut = result.lanes.some((lane) => putOnLane(lane, cue, looseFrames));
    if (!isPut && result.lanes.length >= maxLanes) {
      result.crowded += 1;
      continue;
    }
    if (!isPut) result.lanes.push([cue]);
    result.placed += 1;
    if (endFrame > limit) result.shortened += 1;
  }
  return result;
}
