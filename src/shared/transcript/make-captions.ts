import {
  type CaptionsPut,
  type Cue,
  captionClip,
  isCaptionTrack,
  placeCues,
  putCaptions,
  usualCaptionStyle,
} from '../captions/index.ts';
import {
  type ClipId,
  editSchema,
  type FieldValues,
  type Project,
  type Sequence,
  type SimpleEditInput,
  type TextStyle,
} from '../model/index.ts';
import { frameToMs, type Rate } from '../units/index.ts';
import { type CaptionGrouping, groupWordsOf, usualGrouping } from './group.ts';
import { captionWords } from './link.ts';
import { type SpokenWord, spokenWords, type WordsByAsset } from './spoken.ts';

/** A caption stays this much longer than its last word where nothing follows at once. */
const lingerMs = 250;
/** A jump in the source this much longer than on the timeline is another moment, not a cut within a sentence. */
const jumpMs = 1500;

/** A word timed by the timeline; what it is in its source comes along. */
interface TimedWord {
  text: string;
  startMs: number;
  endMs: number;
  speaker?: string;
  spoken: SpokenWord;
}

/** Words that may share a caption: of one source, going on in it as the timeline does. */
function runsOf(words: readonly TimedWord[]): TimedWord[][] {
  const runs: TimedWord[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const gap = before ? word.spoken.startMs - before.spoken.endMs - (word.startMs - before.endMs) : 0;
    const isNext =
      before !== undefined &&
      before.spoken.assetId === word.spoken.assetId &&
      word.spoken.index > before.spoken.index &&
      gap < jumpMs;
    if (run && isNext) run.push(word);
    else runs.push([word]);
  }
  return runs;
}

function timed(spoken: SpokenWord, rate: Rate): TimedWord {
  return {
    text: spoken.text,
    startMs: frameToMs(spoken.startFrame, rate),
    endMs: frameToMs(spoken.endFrame, rate),
    ...(spoken.speaker === undefined ? {} : { speaker: spoken.speaker }),
    spoken,
  };
}

function cueOf(group: readonly TimedWord[], nextMs: number, rate: Rate): Cue | null {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return null;
  const { clip } = last.spoken;
  // Not longer than what says it is seen and heard.
  const latestMs = Math.min(nextMs, frameToMs(clip.startFrame + clip.lengthFrames, rate));
  const text = captionWords(group.map((word) => word.text));
  return {
    startMs: first.startMs,
    endMs: Math.max(last.endMs, Math.min(last.endMs + lingerMs, latestMs)),
    text,
    words: group.map(({ text: word, startMs, endMs }) => ({ text: word, startMs, endMs })),
    transcript: {
      assetId: first.spoken.assetId,
      startMs: first.spoken.startMs,
      endMs: Math.max(...group.map(({ spoken }) => spoken.endMs)),
      text,
    },
  };
}

/** Captions of what is said in a sequence, on its clock in ms, each linked to its part of a transcript. */
export function captionCues(
  words: readonly SpokenWord[],
  rate: Rate,
  grouping: CaptionGrouping = usualGrouping,
): Cue[] {
  const runs = runsOf(words.map((word) => timed(word, rate)));
  const groups = runs.flatMap((run) => groupWordsOf(run, grouping));
  return groups
    .map((group, at) => cueOf(group, groups[at + 1]?.[0]?.startMs ?? Number.POSITIVE_INFINITY, rate))
    .filter((cue) => cue !== null);
}

/** What captions are made from. */
export interface MakeCaptionsOptions {
  project: Project;
  sequence: Sequence;
  words: WordsByAsset;
  /** An option's values for the fields of the sequence. */
  values?: FieldValues;
  /** Only what these clips say; the other captions stay. Default: everything. */
  clipIds?: ReadonlySet<ClipId>;
  grouping?: CaptionGrouping;
  style?: Partial<TextStyle>;
  fontFamilies: readonly string[];
}

/**
 * Puts captions of what is said onto a sequence, in place of those it has, as one edit. Each knows its part of the
 * transcript, so that corrections show in it. Throws what `putCaptions` throws.
 */
export function makeCaptions(options: MakeCaptionsOptions): CaptionsPut {
  const { project, sequence, words, values, clipIds, grouping, style = null, fontFamilies } = options;
  const all = spokenWords(sequence, { rate: project.rate, words, ...(values ? { values } : {}) });
  const wanted = clipIds ? all.filter(({ clip }) => clipIds.has(clip.id)) : all;
  const cues = captionCues(wanted, project.rate, grouping);
  const track = sequence.tracks.find(isCaptionTrack);
  if (clipIds && track && !track.isLocked) return putWithin(options, cues, clipIds);
  const file = { format: 'json' as const, cues, style, notes: [] };
  return putCaptions({ project, sequence, file, fontFamilies });
}

/** Captions of some clips among those that are there: what stands over these clips makes room, the rest stays. */
function putWithin(
  { project, sequence, style }: MakeCaptionsOptions,
  cues: readonly Cue[],
  clipIds: ReadonlySet<ClipId>,
): CaptionsPut {
  const { lanes, ...counts } = placeCues(cues, project.rate, null);
  const placed = lanes[0] ?? [];
  const spans = sequence.tracks.flatMap(({ clips }) => clips.filter(({ id }) => clipIds.has(id)));
  const tracks = sequence.tracks.filter((track) => isCaptionTrack(track) && !track.isLocked);
  const over = tracks.flatMap(({ clips }) =>
    clips.filter((caption) =>
      [...spans, ...placed].some(
        ({ startFrame, lengthFrames }) =>
          caption.startFrame < startFrame + lengthFrames && startFrame < caption.startFrame + caption.lengthFrames,
      ),
    ),
  );
  const [track] = tracks;
  if (!track || placed.length === 0) return { ...counts, placed: 0, replaced: 0, edit: null };
  const sequenceId = sequence.id;
  const look = { ...usualCaptionStyle, ...style };
  const edits: SimpleEditInput[] = placed.map((cue) => ({
    ...{ type: 'clip.add', sequenceId, trackId: track.id, mode: 'overwrite' },
    clip: captionClip(cue, look),
  }));
  if (over.length > 0) edits.unshift({ type: 'clip.remove', sequenceId, clipIds: over.map(({ id }) => id) });
  const edit = editSchema.parse({ type: 'batch', label: 'Put captions on the timeline', edits });
  return { ...counts, placed: placed.length, crowded: cues.length - placed.length, replaced: over.length, edit };
}
