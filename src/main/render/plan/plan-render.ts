import type { Preset } from '#shared/contract/render.ts';
import {
  aimedLoudness,
  type FontFace,
  type OutputVersion,
  outputSize,
  type Project,
  type Ratio,
  type Size,
  type SourceLengths,
  type Timeline,
  type Variant,
  variantKey,
  variantName,
} from '#shared/model/index.ts';
import type { SourceTable } from '../sources/sources.ts';
import { audioArgs, videoArgs } from './encoder-args.ts';
import type { Workshop } from './fingerprint.ts';
import { planPicture } from './plan-picture.ts';
import { planSound, type SoundPlan } from './plan-sound.ts';
import type { PlannedSegment } from './recipe.ts';
import { versionTimeline } from './version-timeline.ts';

/** What a plan is made from; all of it plain data. */
export interface PlanInput {
  project: Project;
  variants: readonly Variant[];
  ratios: readonly Ratio[];
  /** Default: the full one. */
  versions?: readonly OutputVersion[];
  preset: Preset;
  sources: SourceTable;
  faces: readonly FontFace[];
  workshop: Workshop;
  mapTextColour: (colour: string) => string;
}

/** One file to be made. */
export interface OutputPlan {
  variant: Variant;
  variantKey: string;
  variantName: string;
  ratio: Ratio;
  version: OutputVersion;
  size: Size;
  timeline: Timeline;
  segments: PlannedSegment[];
  sound: SoundPlan;
}

/** A description of the work; nothing has been done yet. */
export interface RenderPlan {
  preset: Preset;
  outputs: OutputPlan[];
}

/** Lengths of sources as the timeline needs them: stills have none. */
export function sourceLengths(sources: SourceTable): SourceLengths {
  return (assetId) => {
    const facts = sources.get(assetId);
    return !facts || facts.isStill ? null : facts.durationSeconds;
  };
}

/** Plans every variant in every ratio. Pure; throws `edit-refused` for a project that contradicts itself. */
export function planRender(input: PlanInput): RenderPlan {
  const { project, preset, sources, faces, workshop, mapTextColour } = input;
  const lengths = sourceLengths(sources);
  const encoderArgs = videoArgs(preset, project.rate);
  const versions = input.versions ?? ['full'];
  const wanted = input.variants.flatMap((variant) => versions.map((version) => ({ variant, version })));
  const outputs = wanted.flatMap(({ variant, version }) => {
    const timeline = versionTimeline(project, variant, version, lengths);
    const loudnessLufs = aimedLoudness(preset.loudnessLufs, timeline);
    const sound = planSound(timeline, sources, audioArgs(preset), workshop.ffmpegBuild, loudnessLufs);
    const key = variantKey(project, variant);
    const name = variantName(project, variant);
    return input.ratios.map((ratio) => {
      const size = outputSize(ratio, preset.shortSide);
      const context = { timeline, ratio, output: size, sources, faces, mapTextColour };
      const segments = planPicture(context, encoderArgs, workshop);
      return { variant, variantKey: key, variantName: name, ratio, version, size, timeline, segments, sound };
    });
  });
  return { preset, outputs };
}
