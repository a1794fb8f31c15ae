import type { CaptionCue, Project, Timeline } from '#shared/model/index.ts';
import { type Frames, frameToSeconds, type Rate, toNumber } from '#shared/units/index.ts';

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
  const cues = timeline.clips.flatMap(({ clipId, content, hasPicture, startFrame, lengthFrames }) => {
    const text = content.kind === 'text' && hasPicture ? content.text.trim() : '';
    if (text === '') return [];
    return [{ isCaption: captions.has(clipId), startFrame, endFrame: startFrame + lengthFrames, text }];
  });
  const hasCaptions = cues.some((cue) => cue.isCaption);
  return cues
    .filter((cue) => cue.isCaption || !hasCaptions)
    .sort((a, b) => a.startFrame - b.startFrame || a.endFrame - b.endFrame)
    .map(({ isCaption: _, ...cue }) => cue);
}

/** "00:01:02,345" */
function srtTime(frame: Frames, rate: Rate): string {
  const ms = Math.round(toNumber(frameToSeconds(frame, rate)) * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(':');
  return `${clock},${String(ms % 1000).padStart(3, '0')}`;
}

/** A SubRip file of these words: UTF-8, CRLF, as players and platforms read it. Null when there are none. */
export function srtOf(cues: readonly CaptionCue[], rate: Rate): string | null {
  if (cues.length === 0) return null;
  const blocks = cues.map(({ startFrame, endFrame, text }, n) => {
    // An empty line would end the cue, and "-->" is the format's own.
    const lines = text
      .replaceAll('-->', '→')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    return [String(n + 1), `${srtTime(startFrame, rate)} --> ${srtTime(endFrame, rate)}`, ...lines, ''].join('\r\n');
  });
  return `${blocks.join('\r\n')}\r\n`;
}
