import { writeCaptions } from '#shared/captions/index.ts';
import type { CaptionCue, Project, Timeline } from '#shared/model/index.ts';
import { frameToMs, type Rate } from '#shared/units/index.ts';

/** Clips whose words are captions of what is said. */
function captionClips(project: Project): Set<string> {
  const sequences = [...project.sequences, ...project.compositions.map(({ sequence }) => sequence)];
  const clips = [
    ...sequences.flatMap(({ tracks }) => tracks.flatMap((track) => track.clips)),
    ...project.globals.flatMap(({ options }) =>
      options.flatMap(({ content }) => (content.kind === 'clips' ? content.clips : [])),
    ),
  ];
  return new Set(
    clips.filter(({ content }) => content.kind === 'text' && content.role === 'caption').map(({ id }) => id),
  );
}

/** The words a variant shows, in order: its captions, or all its words when it has no captions. */
export function captionCues(project: Project, timeline: Timeline): CaptionCue[] {
  const captions = captionClips(project);
  const cues = timeline.clips.flatMap(({ clipId, content, hasPicture, overrun, startFrame, lengthFrames }) => {
    const text = content.kind === 'text' && hasPicture && !overrun ? content.text.trim() : '';
    if (text === '') return [];
    return [{ isCaption: captions.has(clipId), startFrame, endFrame: startFrame + lengthFrames, text }];
  });
  const hasCaptions = cues.some((cue) => cue.isCaption);
  return cues
    .filter((cue) => cue.isCaption || !hasCaptions)
    .sort((a, b) => a.startFrame - b.startFrame || a.endFrame - b.endFrame)
    .map(({ isCaption: _, ...cue }) => cue);
}

/** A SubRip file of these words. Null when there are none. */
export function srtOf(cues: readonly CaptionCue[], rate: Rate): string | null {
  if (cues.length === 0) return null;
  const timed = cues.map(({ startFrame, endFrame, text }) => ({
    startMs: frameToMs(startFrame, rate),
    endMs: frameToMs(endFrame, rate),
    text,
  }));
  return writeCaptions(timed, 'srt');
}
