import {
  type ClipId,
  type Edit,
  editSchema,
  newId,
  type Project,
  type Sequence,
  type SequenceId,
  type SimpleEditInput,
  shiftWords,
  type TextStyle,
  type Track,
  type TrackId,
  usualTextLayout,
} from '../model/index.ts';
import type { Frames } from '../units/index.ts';
import type { CaptionFile } from './cue.ts';
import { type CuePlacement, type PlacedCue, placeCues } from './place-cues.ts';
import { usualCaptionStyle } from './presets.ts';

/** What putting captions onto a section does. */
export interface CaptionsPut extends Omit<CuePlacement, 'lanes'> {
  /** Null when nothing can be placed. */
  edit: Edit | null;
  /** Captions that were there and make room. */
  replaced: number;
}

/** Each further track of captions stands this much higher, in frame heights. */
const laneStep = 0.11;

/** True for a track that holds captions and nothing else. */
export function isCaptionTrack({ kind, clips }: Track): boolean {
  return (
    kind === 'visual' &&
    clips.length > 0 &&
    clips.every(({ content }) => content.kind === 'text' && content.role === 'caption')
  );
}

/** How long a section plays, its captions apart; null while there is nothing else in it. */
export function lengthWithoutCaptions({ lengthFrames, tracks }: Sequence): Frames | null {
  if (lengthFrames !== null) return lengthFrames;
  const ends = tracks
    .filter((track) => !isCaptionTrack(track))
    .flatMap(({ clips }) => clips.map((clip) => clip.startFrame + clip.lengthFrames));
  return ends.length === 0 ? null : Math.max(...ends);
}

/** Words as the text of a clip: braces in captions are no fields. */
function plainText(text: string): string {
  return text.replaceAll(/\{(?=\{)/g, '{\u2060');
}

/** A caption as a clip, in the usual place. */
export function captionClip(cue: PlacedCue, style: Partial<TextStyle>) {
  const { startFrame, lengthFrames, text, transcript } = cue;
  const words = shiftWords(cue.words ?? [], startFrame);
  const content = { kind: 'text' as const, role: 'caption' as const, text: plainText(text), style, words };
  return {
    id: newId<ClipId>('clip'),
    startFrame,
    lengthFrames,
    content: transcript ? { ...content, transcript } : content,
    layout: usualTextLayout,
  };
}

function trackEdit(
  sequenceId: SequenceId,
  lane: { cues: readonly PlacedCue[]; number: number; index: number },
  style: Partial<TextStyle>,
): SimpleEditInput {
  const { cues, number, index } = lane;
  const clips = cues.map((cue) => ({
    ...captionClip(cue, style),
    layout: { ...usualTextLayout, y: usualTextLayout.y - number * laneStep },
  }));
  const name = number === 0 ? 'Captions' : `Captions ${number + 1}`;
  return {
    type: 'track.add',
    sequenceId,
    index: index + number,
    track: { id: newId<TrackId>('track'), kind: 'visual', name, clips },
  };
}

/**
 * Puts the captions of a file onto a sequence, its first frame being the file's time 0: one track of caption clips above the
 * pictures (more where captions overlap), in place of the captions that are there, as one edit. Captions beyond the
 * sequence's end are left out or shortened, so that it plays as long as before. `fontFamilies` are those that can be drawn.
 * Throws AppError `edit-refused` when the sequence is gone.
 */
export function putCaptions(options: {
  project: Project;
  sequence: Sequence;
  file: CaptionFile;
  fontFamilies: readonly string[];
}): CaptionsPut {
  const { project, sequence, file, fontFamilies } = options;
  const { lanes, ...counts } = placeCues(file.cues, project.rate, lengthWithoutCaptions(sequence));
  const old = sequence.tracks.filter(isCaptionTrack);
  const replaced = old.reduce((sum, { clips }) => sum + clips.length, 0);
  if (counts.placed === 0) return { ...counts, replaced: 0, edit: null };
  const { fontFamily, ...look } = file.style ?? {};
  const isDrawable = fontFamily !== undefined && fontFamilies.includes(fontFamily);
  const style = { ...usualCaptionStyle, ...look, ...(isDrawable ? { fontFamily } : {}) };
  const index =
    sequence.tracks.filter((track) => !old.includes(track)).findLastIndex(({ kind }) => kind === 'visual') + 1;
  const edits: SimpleEditInput[] = [
    ...old.map(({ id }): SimpleEditInput => ({ type: 'track.remove', sequenceId: sequence.id, trackId: id })),
    ...lanes.map((cues, number) => trackEdit(sequence.id, { cues, number, index }, style)),
  ];
  return {
    ...counts,
    replaced,
    edit: editSchema.parse({ type: 'batch', label: 'Put captions on the timeline', edits }),
  };
}
