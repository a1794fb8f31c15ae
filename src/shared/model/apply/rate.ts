import { divide, type Frames, multiply, type Rate, rational, round, toNumber } from '../../units/index.ts';
import { convertAnimation } from '../animation-edits.ts';
import type { Clip, ClipAudio, ClipContent } from '../clip.ts';
import type { Anchor, AnchoredClip, GlobalContent, Project, Seam, Sequence } from '../project.ts';
import type { TimedWord } from '../text/extras.ts';
import { convertVolume } from '../volume.ts';
import { type Appliers, given, refuse } from './support.ts';
import { endOf } from './track-room.ts';

type Convert = (frames: Frames) => Frames;

function convertAudio(audio: ClipAudio, convert: Convert): ClipAudio {
  return {
    ...audio,
    fadeInFrames: convert(audio.fadeInFrames),
    fadeOutFrames: convert(audio.fadeOutFrames),
    volume: convertVolume(audio.volume, convert),
  };
}

function convertWords(words: readonly TimedWord[], convert: Convert): TimedWord[] {
  return words.map((word) => ({ ...word, startFrame: convert(word.startFrame), endFrame: convert(word.endFrame) }));
}

function convertContent(content: ClipContent, convert: Convert): ClipContent {
  if (content.kind === 'text') return { ...content, words: convertWords(content.words, convert) };
  return 'inFrame' in content ? { ...content, inFrame: convert(content.inFrame) } : content;
}

function convertClips(clips: readonly Clip[], convert: Convert): Clip[] {
  let free = 0;
  return clips.map((clip) => {
    // Very short clips may round onto the same frame: each keeps at least one of its own.
    const startFrame = Math.max(free, convert(clip.startFrame));
    const lengthFrames = Math.max(1, convert(endOf(clip)) - startFrame);
    free = startFrame + lengthFrames;
    return {
      ...clip,
      startFrame,
      lengthFrames,
      content: convertContent(clip.content, convert),
      animation: convertAnimation(clip.animation, convert),
      audio: convertAudio(clip.audio, convert),
    };
  });
}

function convertSequence(sequence: Sequence, convert: Convert): Sequence {
  return {
    ...sequence,
    lengthFrames: sequence.lengthFrames === null ? null : Math.max(1, convert(sequence.lengthFrames)),
    tracks: sequence.tracks.map((track) => ({
      ...track,
      clips: convertClips(track.clips, convert),
      transitions: track.transitions.map((one) => ({ ...one, lengthFrames: Math.max(1, convert(one.lengthFrames)) })),
    })),
  };
}

function convertAnchor(anchor: Anchor, convert: Convert): Anchor {
  return { ...anchor, offsetFrames: convert(anchor.offsetFrames) };
}

function convertAnchored(clip: AnchoredClip, convert: Convert): AnchoredClip {
  return {
    ...clip,
    start: convertAnchor(clip.start, convert),
    end: clip.end && convertAnchor(clip.end, convert),
    lengthFrames: clip.lengthFrames === null ? null : Math.max(1, convert(clip.lengthFrames)),
    content: convertContent(clip.content, convert),
    animation: convertAnimation(clip.animation, convert),
    audio: convertAudio(clip.audio, convert),
  };
}

function convertGlobal(content: GlobalContent, convert: Convert): GlobalContent {
  if (content.kind === 'clips')
    return { ...content, clips: content.clips.map((clip) => convertAnchored(clip, convert)) };
  return content.kind === 'cover' ? { ...content, at: convertAnchor(content.at, convert) } : content;
}

function convertSeam(seam: Seam, convert: Convert): Seam {
  const { transition } = seam;
  return {
    ...seam,
    transition:
      transition.kind === 'cut'
        ? transition
        : { ...transition, lengthFrames: Math.max(1, convert(transition.lengthFrames)) },
    audioOverhangFrames: convert(seam.audioOverhangFrames),
  };
}

/** The project at another rate: everything stays at its time, to the nearest frame. */
function atRate(project: Project, rate: Rate): Project {
  const factor = divide(rate, project.rate);
  const convert: Convert = (frames) => round(multiply(rational(frames), factor));
  return {
    ...project,
    rate,
    globals: project.globals.map((slot) => ({
      ...slot,
      options: slot.options.map((option) => ({ ...option, content: convertGlobal(option.content, convert) })),
    })),
    sequences: project.sequences.map((sequence) => convertSequence(sequence, convert)),
    compositions: project.compositions.map((pin) => ({ ...pin, sequence: convertSequence(pin.sequence, convert) })),
    seams: project.seams.map((seam) => convertSeam(seam, convert)),
  };
}

/** Edits of the project itself. */
export const projectAppliers: Appliers<
  'project.rename' | 'project.replace' | 'project.setRate' | 'project.setDucking' | 'project.setLoudness'
> = {
  'project.rename': (project, edit) => ({ ...project, name: edit.name }),
  'project.setDucking': (project, edit) => ({ ...project, ducking: { ...project.ducking, ...given(edit.patch) } }),
  'project.setLoudness': (project, { loudnessLufs }) => ({ ...project, loudnessLufs }),
  'project.replace': ({ id }, edit) => ({ ...edit.project, id }),
  'project.setRate': (project, edit) => {
    const framesPerSecond = toNumber(edit.rate);
    if (framesPerSecond < 1 || framesPerSecond > 120) refuse('A rate lies between 1 and 120 frames per second.');
    return atRate(project, edit.rate);
  },
};
