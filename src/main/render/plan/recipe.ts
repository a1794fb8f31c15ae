import type { Frames, Rate, Rational } from '#shared/units/index.ts';

/** Frames of one source at a steady speed. Frame k of the span shows source time `fromSeconds` + k/rate · `speed`. */
export interface Pick {
  /** {@link SourceFacts.identity} */
  source: string;
  streamIndex: number;
  isStill: boolean;
  /** A freeze frame of footage: the frame at `fromSeconds` alone. */
  isHeld?: true;
  /** How the file is opened and decoded: the same bytes may show something else through another door. */
  opening: { demuxer: string | null; alphaCodec: string | null };
  fromSeconds: Rational;
  speed: Rational;
}

/** Some frames of a layer in a row that are treated in the same way. */
export interface FinishedFrames {
  frames: Frames;
  filters: string;
}

/** How a picture is moved from frame to frame of a span, after it was cut out. Filter texts are ffmpeg's. */
export interface PictureMotion {
  /** The same for all frames, or (where what is cut away moves) stretch by stretch. */
  before: string | readonly FinishedFrames[];
  /** A source of the picture's shape, which becomes its transparency; absent where it covers the frame or has its own. */
  mask?: string;
  /** How that shape differs from frame to frame; absent = it does not. */
  maskFrames?: readonly FinishedFrames[];
  after: string;
}

/** One step of drawing, bottom to top. Filter texts are ffmpeg's. */
export type RecipeLayer =
  | {
      kind: 'picture';
      pick: Pick;
      /** From the decoded frame to yuv420p (yuva420p when `isBlended`) at the size drawn. */
      filters: string;
      x: number;
      y: number;
      width: number;
      height: number;
      /** It has see-through parts. */
      isBlended: boolean;
      /** Colours and blur that change from frame to frame, before it is moved; together the span's. Absent = they do not. */
      look?: readonly FinishedFrames[];
      /** Absent = it stays where it is. */
      motion?: PictureMotion;
      /** How its frames differ; together the span's. Absent = they do not. */
      finish?: readonly FinishedFrames[];
    }
  | { kind: 'colour'; yuva: readonly [number, number, number, number]; finish?: readonly FinishedFrames[] }
  /** A whole ASS script whose time 0 is the span's first frame. */
  | { kind: 'text'; ass: string };

/** A stretch with the same layers throughout. */
export interface RecipeSpan {
  frames: Frames;
  layers: readonly RecipeLayer[];
}

/** Everything that decides a segment's pixels, and nothing else: no names, no ids, no position in the ad. */
export interface SegmentRecipe {
  width: number;
  height: number;
  rate: Rate;
  spans: readonly RecipeSpan[];
}

/** Frames of a recipe. */
export function recipeFrames(recipe: SegmentRecipe): Frames {
  return recipe.spans.reduce((sum, span) => sum + span.frames, 0);
}

/** A planned segment: its recipe, its fingerprint, and where it stands in its output. */
export interface PlannedSegment {
  fingerprint: string;
  recipe: SegmentRecipe;
  startFrame: Frames;
  frames: Frames;
}
