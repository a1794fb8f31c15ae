import { type Frames, multiply, type Rate, rational, round } from '../../units/index.ts';
import type { TextStyle } from '../clip.ts';
import type { MotionCurve, TextMotion, TimedWord } from './extras.ts';
import { isJoinedWord } from './missing.ts';
import { lettersOf, type WordSpan, wordSpans, wordsOf } from './words.ts';

/** What of a text is drawn differently at one moment, besides its place and opacity. Two equal ones look the same. */
export interface TextMoment {
  /** Size, 1 = its own. */
  scale: number;
  /** In pixels of a frame whose short side is 1080. */
  blurPx: number;
  /** Part of all letters that is shown, from the front, 0 to 1. */
  shown: number;
  /** The last word that has begun, counted from 0; -1 before the first. */
  word: number;
  /** That word is being said. */
  isSaid: boolean;
  /** Letters of that word that were said. */
  letters: number;
  /** Size of that word, 1 = like the others. */
  wordScale: number;
}

/** A moment with what acts on the whole text: moved by parts of the frame's width and height, made see-through. */
export interface TextState {
  moment: TextMoment;
  opacity: number;
  shiftX: number;
  shiftY: number;
}

/** A text with its times. */
export interface TimedText {
  text: string;
  style: TextStyle;
  words: readonly TimedWord[];
  /** Frames of the whole clip that were played before the placed one begins. */
  elapsedFrames: Frames;
  /** Length of the whole clip. */
  wholeFrames: Frames;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
/** A text at rest, of which no word is said. */
export const stillMoment: TextMoment = {
  scale: 1,
  blurPx: 0,
  shown: 1,
  word: -1,
  isSaid: false,
  letters: 0,
  wordScale: 1,
};

/** How far a curve has come (0 to 1; beyond 1 when it overshoots). Only sums and products, which are the same everywhere. */
export function motionPart(curve: MotionCurve, part: number): number {
  const left = 1 - part;
  switch (curve) {
    case 'linear':
      return part;
    case 'ease-in':
      return part * part * part;
    case 'ease-out':
      return 1 - left * left * left;
    case 'ease-in-out':
      return part < 0.5 ? 4 * part * part * part : 1 - 4 * left * left * left;
    case 'overshoot':
      return 1 - left * left * (2.7 * left - 1.7);
  }
}

/** Frames of a length of time, at least one, at most half the clip. */
export function motionFrames(lengthMs: number, wholeFrames: Frames, rate: Rate): Frames {
  const frames = round(multiply(rational(Math.round(lengthMs), 1000), rate));
  return Math.max(1, Math.min(frames, Math.max(1, Math.floor(wholeFrames / 2))));
}

/** A way of coming, so far done: the same backwards is a way of going. */
function move(state: TextState, motion: TextMotion, done: number, part: number): TextState {
  const left = 1 - done;
  const fade = (to: TextState): TextState => ({ ...to, opacity: to.opacity * Math.min(1, part) });
  const { moment } = state;
  switch (motion) {
    case 'none':
      return state;
    case 'fade':
      return { ...state, opacity: state.opacity * Math.min(1, Math.max(0, done)) };
    case 'rise':
      return fade({ ...state, shiftY: state.shiftY + left * 0.05 });
    case 'slide-left':
      return fade({ ...state, shiftX: state.shiftX + left * 0.3 });
    case 'slide-right':
      return fade({ ...state, shiftX: state.shiftX - left * 0.3 });
    case 'pop':
      return fade({ ...state, moment: { ...moment, scale: moment.scale * (0.5 + done * 0.5) } });
    case 'zoom':
      return fade({ ...state, moment: { ...moment, scale: moment.scale * (1 + left * 0.4) } });
    case 'blur':
      return fade({ ...state, moment: { ...moment, blurPx: Math.max(moment.blurPx, Math.max(0, left) * 24) } });
    case 'typewriter':
      return { ...state, moment: { ...moment, shown: Math.min(1, part) } };
  }
}

/** A pause up to this long between words does not end the first. */
const breathMs = 300;
/** A word needs this long to become larger. */
const popMs = 120;
const popScale = 1.18;

function wordMoment(text: TimedText, spans: readonly WordSpan[], frame: Frames, rate: Rate): Partial<TextMoment> {
  const { highlight } = text.style;
  const word = spans.findLastIndex(({ startFrame }) => startFrame <= frame);
  const span = spans[word];
  if (!span) return {};
  const breath = motionFrames(breathMs, Number.MAX_SAFE_INTEGER, rate);
  const next = spans[word + 1];
  const end =
    next && next.startFrame - span.endFrame <= breath ? next.startFrame : Math.max(span.endFrame, span.startFrame + 1);
  const isSaid = frame < end;
  const since = frame - span.startFrame + 1;
  const length = Math.max(1, span.endFrame - span.startFrame);
  const said = wordsOf(text.text)[word] ?? '';
  const count = lettersOf(said).length;
  // Letters that hang together come together.
  const letters = isJoinedWord(said) ? count : Math.min(count, Math.ceil((count * since) / length));
  const pop = motionFrames(popMs, Number.MAX_SAFE_INTEGER, rate);
  const wordScale = 1 + (popScale - 1) * motionPart('ease-out', Math.min(1, since / pop));
  return {
    word,
    isSaid,
    letters: highlight === 'karaoke' || highlight === 'typewriter' ? letters : 0,
    wordScale: highlight === 'pop' && isSaid ? rounded(wordScale) : 1,
  };
}

/** True when it matters for a text which of its words is said. */
export function followsWords({ highlight, maxLines }: TextStyle): boolean {
  return highlight !== 'none' || maxLines > 0;
}

/** True when a text looks the same from its first frame to its last. */
export function isSteadyText({ style }: Pick<TimedText, 'style'>): boolean {
  return style.entrance === 'none' && style.exit === 'none' && !followsWords(style);
}

/** How a text looks at a frame of its whole clip. Pure in text, frame and length: where a piece of it begins cannot matter. */
export function textStateAt(text: TimedText, atFrame: Frames, rate: Rate): TextState {
  const { style, wholeFrames } = text;
  // In a transition a clip goes on before its first and after its last frame: it stands still there.
  const frame = Math.max(0, Math.min(wholeFrames - 1, atFrame));
  let state: TextState = { moment: stillMoment, opacity: 1, shiftX: 0, shiftY: 0 };
  if (followsWords(style)) {
    const spans = spansOf(text);
    state = { ...state, moment: { ...stillMoment, ...wordMoment(text, spans, frame, rate) } };
  }
  const comeFrames = motionFrames(style.entranceMs, wholeFrames, rate);
  const goFrames = motionFrames(style.exitMs, wholeFrames, rate);
  const go = wholeFrames - 1 - frame;
  if (style.entrance !== 'none' && frame < comeFrames) {
    const part = (frame + 1) / (comeFrames + 1);
    state = move(state, style.entrance, motionPart(style.motionCurve, part), part);
  }
  if (style.exit !== 'none' && go < goFrames) {
    const part = (go + 1) / (goFrames + 1);
    state = move(state, style.exit, motionPart(style.motionCurve, part), part);
  }
  const { moment } = state;
  return {
    opacity: rounded(state.opacity),
    shiftX: rounded(state.shiftX),
    shiftY: rounded(state.shiftY),
    moment: {
      ...moment,
      scale: rounded(moment.scale),
      blurPx: rounded(moment.blurPx),
      shown: rounded(moment.shown),
    },
  };
}

/** Words are aligned once per text, however many frames are looked at. */
const knownSpans = new WeakMap<readonly TimedWord[], Map<string, WordSpan[]>>();

function spansOf({ text, words, wholeFrames }: TimedText): WordSpan[] {
  const known = knownSpans.get(words) ?? new Map<string, WordSpan[]>();
  knownSpans.set(words, known);
  const key = `${wholeFrames}/${text}`;
  let spans = known.get(key);
  if (!spans) {
    if (known.size > 500) known.clear();
    spans = wordSpans(text, words, wholeFrames);
    known.set(key, spans);
  }
  return spans;
}

/** Frames of the whole clip at which a text may begin to look different, in order, the first being 0. */
export function textChanges(text: TimedText, rate: Rate): Frames[] {
  const { style, wholeFrames } = text;
  const frames = new Set<Frames>([0]);
  const add = (from: Frames, to: Frames) => {
    for (let frame = Math.max(0, from); frame <= Math.min(to, wholeFrames - 1); frame += 1) frames.add(frame);
  };
  if (style.entrance !== 'none') add(0, motionFrames(style.entranceMs, wholeFrames, rate));
  if (style.exit !== 'none') add(wholeFrames - 1 - motionFrames(style.exitMs, wholeFrames, rate), wholeFrames);
  if (followsWords(style)) {
    const pop = motionFrames(popMs, Number.MAX_SAFE_INTEGER, rate);
    const moves = style.highlight === 'karaoke' || style.highlight === 'typewriter' || style.highlight === 'pop';
    for (const { startFrame, endFrame } of spansOf(text)) {
      add(startFrame, moves ? Math.max(startFrame + pop, endFrame) : startFrame + 1);
      add(endFrame, endFrame);
    }
  }
  return [...frames].sort((a, b) => a - b);
}
