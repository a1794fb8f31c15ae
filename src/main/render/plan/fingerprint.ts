import { createHash } from 'node:crypto';
import { compileRun } from './compile-run.ts';
import { rateText } from './encoder-args.ts';
import type { SegmentRecipe } from './recipe.ts';
import { renderVersion } from './version.ts';

/** What makes pictures besides the recipe: part of every fingerprint. */
export interface Workshop {
  /** ffmpeg's build. */
  ffmpegBuild: string;
  /** x264's build. */
  x264Build: string;
  /** Hash over the shipped fonts. */
  fonts: string;
}

/** SHA-256, lower-case hex, of JSON. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/**
 * A segment's fingerprint: everything ffmpeg would be told to make it alone (graph, scripts, encoder arguments), with
 * sources by content instead of by path. What is not in there cannot change a pixel, and whatever is added to the
 * drawing later is in there without anybody thinking of it. Where decoding starts is left out: it changes no frame.
 */
export function segmentFingerprint(recipe: SegmentRecipe, encoderArgs: readonly string[], workshop: Workshop): string {
  const { inputs, graph, files } = compileRun([recipe]);
  return hashOf([
    'segment',
    renderVersion,
    workshop.ffmpegBuild,
    workshop.x264Build,
    files.length > 0 ? workshop.fonts : '',
    [recipe.width, recipe.height, rateText(recipe.rate)],
    inputs.map((input) => [input.source, input.isStill, input.opening]),
    graph,
    files,
    encoderArgs,
  ]);
}
