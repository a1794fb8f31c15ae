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
import { clipToWindow, type PlacedClip, type SoundCrossing, type Window } from './placed.ts';

/** Frames a source can begin earlier, at most so many. */
function roomBefore({ content }: PlacedClip, most: Frames, rate: Rate): Frames {
  if (content.kind !== 'media') return 0;
  return Math.max(0, Math.min(most, floor(multiply(divide(content.sourceInSeconds, content.speed), rate))));
}

/** Frames by which a sound is longer than its picture. */
interface Longer {
  before: Frames;
  after: Frames;
  /** Ends at which a transition takes the place of fades: what fades there all the same stays where it was. */
  crossed: ReadonlySet<SoundCrossing['way']>;
}

/** A clip whose sound begins earlier and ends later by so many frames, its source going on there. */
function extended(clip: PlacedClip, { before, after, crossed }: Longer, rate: Rate): PlacedClip {
  const { content } = clip;
  if (content.kind !== 'media' || (before === 0 && after === 0)) return clip;
  const earlier = multiply(frameToSeconds(before, rate), content.speed);
  return {
    ...clip,
    startFrame: clip.startFrame - before,
    lengthFrames: clip.lengthFrames + before + after,
    cutStartFrames: clip.cutStartFrames - (crossed.has('in') ? before : 0),
    cutEndFrames: clip.cutEndFrames - (crossed.has('out') ? after : 0),
    content: { ...content, sourceInSeconds: add(content.sourceInSeconds, subtract(rational(0), earlier)) },
  };
}

/**
 * The clips of a section whose sound is heard in other frames than its picture is seen (J and L cuts, and sounds that
 * cross): what touches an end of the section sounds on beyond it as far as its source goes, and what lies outside of
 * `heard` is silent. Over `crossings` all of it comes in or goes; a fade at such an end gives way to it.
 */
export function withSoundIn(
  clips: readonly PlacedClip[],
  section: Window,
  heard: Window,
  rate: Rate,
  crossings: readonly SoundCrossing[] = [],
): PlacedClip[] {
  const isSame = section.startFrame === heard.startFrame && section.endFrame === heard.endFrame;
  if (isSame && crossings.length === 0) return [...clips];
  const crossed = new Set(crossings.map(({ way }) => way));
  return clips.flatMap((clip): PlacedClip[] => {
    if (!clip.hasSound) return [clip];
    const endFrame = clip.startFrame + clip.lengthFrames;
    const before = clip.startFrame === section.startFrame ? section.startFrame - heard.startFrame : 0;
    const after = endFrame === section.endFrame ? heard.endFrame - section.endFrame : 0;
    const longer = extended(
      withoutFades(clip, section, crossed),
      { before: roomBefore(clip, before, rate), after: Math.max(0, after), crossed },
      rate,
    );
    const alone = clipToWindow({ ...longer, hasPicture: false, instance: `${clip.instance}~heard` }, heard, rate);
    const sound = alone && crossedBy(alone, crossings);
    const stays = sound?.startFrame === clip.startFrame && sound.lengthFrames === clip.lengthFrames;
    if (stays) return [crossedBy(withoutFades(clip, section, crossed), crossings)];
    return [...(clip.hasPicture ? [{ ...clip, hasSound: false }] : []), ...(sound ? [sound] : [])];
  });
}

/** A clip without the fades that lie exactly at ends of the section where sounds cross. */
function withoutFades(clip: PlacedClip, section: Window, crossed: Longer['crossed']): PlacedClip {
  const { startFrame, lengthFrames, cutStartFrames, cutEndFrames, audio } = clip;
  const isAtStart = crossed.has('in') && startFrame === section.startFrame && cutStartFrames === 0;
  const isAtEnd = crossed.has('out') && startFrame + lengthFrames === section.endFrame && cutEndFrames === 0;
  if (!(isAtStart && audio.fadeInFrames > 0) && !(isAtEnd && audio.fadeOutFrames > 0)) return clip;
  return {
    ...clip,
    audio: {
      ...audio,
      fadeInFrames: isAtStart ? 0 : audio.fadeInFrames,
      fadeOutFrames: isAtEnd ? 0 : audio.fadeOutFrames,
    },
  };
}

/** A sound with the crossings that it is heard in. */
function crossedBy(clip: PlacedClip, crossings: readonly SoundCrossing[]): PlacedClip {
  const endFrame = clip.startFrame + clip.lengthFrames;
  const own = crossings.filter((one) => one.startFrame < endFrame && clip.startFrame < one.endFrame);
  return own.length === 0 ? clip : { ...clip, crossings: [...(clip.crossings ?? []), ...own] };
}
