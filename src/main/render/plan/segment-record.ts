import { hashOf, type Workshop } from './fingerprint.ts';
import type { PlannedSegment, RecipeLayer, SegmentRecipe } from './recipe.ts';
import { renderVersion } from './version.ts';

/** What a segment is made of, as a short hash each: tells what of it changed when its fingerprint did. */
export interface SegmentParts {
  /** Contents of the files it shows. */
  sources: string;
  /** Which moments of them, how fast, for how long. */
  timing: string;
  /** Everything else that is drawn: sizes, places, colours. */
  picture: string;
  /** The words and their style, apart from their times. */
  text: string;
  /** Encoder settings and size of the output. */
  settings: string;
  /** ffmpeg, fonts, and this engine's way of drawing. */
  workshop: string;
}

/** One segment of an export as it was exported. */
export interface SegmentRecord {
  startFrame: number;
  frames: number;
  fingerprint: string;
  /** It was encoded for this export; otherwise it was there already. */
  isMade: boolean;
  parts: SegmentParts;
}

const short = (value: unknown) => hashOf(value).slice(0, 12);
/** Times in ASS scripts; the last event's end moves with any trim. */
const assTimes = /\d+:\d\d:\d\d\.\d\d/g;

function layersOf(recipe: SegmentRecipe): RecipeLayer[] {
  return recipe.spans.flatMap((span) => [...span.layers]);
}

/** The same for consecutive spans says it once: where a caption begins splits no picture. */
function withoutRepeats(texts: readonly string[]): string[] {
  return texts.filter((text, index) => index === 0 || text !== texts[index - 1]);
}

function pictureOf(layer: RecipeLayer): string[] {
  if (layer.kind === 'text') return [];
  if (layer.kind !== 'picture') return [JSON.stringify(layer)];
  const { pick: _, ...drawn } = layer;
  return [JSON.stringify(drawn)];
}

/** The parts of a recipe; what belongs to no other part counts as picture. */
export function segmentParts(recipe: SegmentRecipe, encoderArgs: readonly string[], workshop: Workshop): SegmentParts {
  const layers = layersOf(recipe);
  const picks = layers.flatMap((layer) => (layer.kind === 'picture' ? [layer.pick] : []));
  const texts = layers.flatMap((layer) => (layer.kind === 'text' ? [layer.ass.replaceAll(assTimes, '')] : []));
  return {
    sources: short([...new Set(picks.map((pick) => pick.source))].sort()),
    timing: short([recipe.spans.map((span) => span.frames), picks.map(({ source: _, ...moment }) => moment)]),
    picture: short(withoutRepeats(recipe.spans.map((span) => span.layers.flatMap(pictureOf).join('\n')))),
    text: short(withoutRepeats(texts)),
    settings: short([recipe.width, recipe.height, recipe.rate, encoderArgs]),
    workshop: short([renderVersion, workshop.ffmpegBuild, workshop.x264Build, texts.length > 0 ? workshop.fonts : '']),
  };
}

/** What is to be remembered of an output's segments; `made` are the fingerprints encoded for it. */
export function segmentRecords(
  segments: readonly PlannedSegment[],
  encoderArgs: readonly string[],
  workshop: Workshop,
  made: ReadonlySet<string>,
): SegmentRecord[] {
  return segments.map(({ startFrame, frames, fingerprint, recipe }) => ({
    ...{ startFrame, frames, fingerprint, isMade: made.has(fingerprint) },
    parts: segmentParts(recipe, encoderArgs, workshop),
  }));
}
