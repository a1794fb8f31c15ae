import {
  audioSampleRateHz,
  type Frames,
  frameToSample,
  type Rate,
  type Rational,
  rational,
} from '#shared/units/index.ts';

/** Samples from one frame to another, as exports count them. */
export function samplesBetween(startFrame: Frames, endFrame: Frames, rate: Rate): number {
  return frameToSample(endFrame, rate) - frameToSample(startFrame, rate);
}

/** Whole frames from a frame on that this many samples fill. */
export function framesFilled(startFrame: Frames, samples: number, rate: Rate): Frames {
  let frames = Math.floor((samples * rate.num) / (audioSampleRateHz * rate.den)) + 1;
  while (frames > 0 && samplesBetween(startFrame, startFrame + frames, rate) > samples) frames -= 1;
  return frames;
}

/** Where the clip of a recording lies. */
export interface RecordingPlace {
  startFrame: Frames;
  lengthFrames: Frames;
  sourceInSeconds: Rational;
}

/**
 * The place of what was recorded from a frame on. Samples that were lost to the media's beginning make it begin with the
 * next whole frame. Null when it fills none.
 */
export function placeOfRecording(
  startFrame: Frames,
  sound: { skippedSamples: number; samples: number },
  rate: Rate,
): RecordingPlace | null {
  const { skippedSamples, samples } = sound;
  const before = framesFilled(startFrame, skippedSamples, rate);
  const skipped = samplesBetween(startFrame, startFrame + before, rate) < skippedSamples ? before + 1 : before;
  const from = startFrame + skipped;
  const inSamples = samplesBetween(startFrame, from, rate) - skippedSamples;
  const lengthFrames = framesFilled(from, samples - inSamples, rate);
  return lengthFrames < 1
    ? null
    : { startFrame: from, lengthFrames, sourceInSeconds: rational(inSamples, audioSampleRateHz) };
}
