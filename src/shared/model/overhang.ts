import {
  add,
  divide,
  type Frames,
  floor,
  frameToSeconds,
  multiply,
  type Rate,
  rational,
  subtract,
} from '../units/index.ts';
import { clipToWindow, type PlacedClip, type Window } from './placed.ts';

/** Frames a source can begin earlier, at most so many. */
function roomBefore({ content }: PlacedClip, most: Frames, rate: Rate): Frames {
  if (content.kind !== 'media') return 0;
  return Math.max(0, Math.min(most, floor(multiply(divide(content.sourceInSeconds, content.speed), rate))));
}

/** A clip whose sound begins earlier and ends later by so many frames, its source going on there. */
function extended(clip: PlacedClip, before: Frames, after: Frames, rate: Rate): PlacedClip {
  const { content } = clip;
  if (content.kind !== 'media' || (before === 0 && after === 0)) return clip;
  const earlier = multiply(frameToSeconds(before, rate), content.speed);
  return {
    ...clip,
    startFrame: clip.startFrame - before,
    lengthFrames: clip.lengthFrames + before + after,
    content: { ...content, sourceInSeconds: add(content.sourceInSeconds, subtract(rational(0), earlier)) },
  };
}

/**
 * The clips of a section whose sound is heard in other frames than its picture is seen (J and L cuts): what touches an
 * end of the section sounds on beyond it as far as its source goes, and what lies outside of `heard` is silent.
 */
export function withSoundIn(clips: readonly PlacedClip[], section: Window, heard: Window, rate: Rate): PlacedClip[] {
  if (section.startFrame === heard.startFrame && section.endFrame === heard.endFrame) return [...clips];
  return clips.flatMap((clip): PlacedClip[] => {
    if (!clip.hasSound) return [clip];
    const endFrame = clip.startFrame + clip.lengthFrames;
    const before = clip.startFrame === section.startFrame ? section.startFrame - heard.startFrame : 0;
    const after = endFrame === section.endFrame ? heard.endFrame - section.endFrame : 0;
    const longer = extended(clip, roomBefore(clip, before, rate), Math.max(0, after), rate);
    const sound = clipToWindow({ ...longer, hasPicture: false, instance: `${clip.instance}~heard` }, heard, rate);
    const isSame = sound?.startFrame === clip.startFrame && sound.lengthFrames === clip.lengthFrames;
    if (isSame) return [clip];
    return [...(clip.hasPicture ? [{ ...clip, hasSound: false }] : []), ...(sound ? [sound] : [])];
  });
}
