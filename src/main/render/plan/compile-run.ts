import { add, compare, divide, type Frames, multiply, type Rational, rational, subtract } from '#shared/units/index.ts';
import { rateText, scaleFlags } from './encoder-args.ts';
import type { FinishedFrames, Pick, PictureMotion, RecipeLayer, RecipeSpan, SegmentRecipe } from './recipe.ts';
import { recipeFrames } from './recipe.ts';

/** One opened source. */
export interface RunInput {
  source: string;
  isStill: boolean;
  opening: Pick['opening'];
  /** Source time of the first frame needed; the decoder starts somewhat before it. */
  fromSeconds: Rational;
}

/** A run of segments as one ffmpeg graph. */
export interface CompiledRun {
  inputs: RunInput[];
  graph: string;
  /** Files the graph names, to be put into the working folder. */
  files: { name: string; text: string }[];
  /** Labels of the outputs, one per segment. */
  outputs: string[];
}

/** The fonts as seen from a run's working folder; part of the graph, so it is the same everywhere. */
export const fontsFolder = '../fonts';

interface Use {
  label: string;
  fromFrame: Frames;
  frames: Frames;
  filters: string;
}

/** Frames of one source in one go, decoded once however many segments show them. */
interface Reel {
  pick: Pick;
  frames: Frames;
  uses: Use[];
}

interface Compiling {
  rate: Rational;
  reels: Reel[];
  files: CompiledRun['files'];
  chains: string[];
  labels: number;
}

/** Frame of a reel at which a pick begins; null when it is not on the reel's grid or not within reach. */
function offsetIn(reel: Reel, pick: Pick, rate: Rational): Frames | null {
  const isSame =
    reel.pick.source === pick.source &&
    reel.pick.streamIndex === pick.streamIndex &&
    reel.pick.isStill === pick.isStill &&
    reel.pick.isHeld === pick.isHeld &&
    reel.pick.opening.demuxer === pick.opening.demuxer &&
    reel.pick.opening.alphaCodec === pick.opening.alphaCodec &&
    compare(reel.pick.speed, pick.speed) === 0;
  if (!isSame) return null;
  if (pick.isStill) return 0;
  if (pick.isHeld) return compare(reel.pick.fromSeconds, pick.fromSeconds) === 0 ? 0 : null;
  const offset = multiply(divide(subtract(pick.fromSeconds, reel.pick.fromSeconds), pick.speed), rate);
  return offset.den === 1 && offset.num >= 0 && offset.num <= reel.frames ? offset.num : null;
}

function placePicture(compiling: Compiling, layer: Extract<RecipeLayer, { kind: 'picture' }>, frames: Frames): string {
  const label = `p${compiling.labels++}`;
  for (const reel of compiling.reels) {
    const fromFrame = offsetIn(reel, layer.pick, compiling.rate);
    if (fromFrame === null) continue;
    reel.uses.push({ label, fromFrame, frames, filters: layer.filters });
    reel.frames = Math.max(reel.frames, fromFrame + frames);
    return label;
  }
  compiling.reels.push({ pick: layer.pick, frames, uses: [{ label, fromFrame: 0, frames, filters: layer.filters }] });
  return label;
}

/** A number as ffmpeg's expressions take it. */
const exact = (value: Rational): string => (value.den === 1 ? String(value.num) : `(${value.num}/${value.den})`);

/**
 * The frames of the grid, each the last one whose time is ≤ the grid's: a frame first shows at grid position
 * ceil((pts − from) · rate / speed). It is computed per frame on the source's own clock, in ns, with 2 ns of grace for
 * rounding, so that where decoding began cannot matter; half a position is taken off so that rounding up is safe. The
 * last frame is repeated without end before that: `fps` would drop one that shows for less than a position.
 */
function framePicking(pick: Pick, rate: Rational): string {
  const start = exact(multiply(pick.fromSeconds, rational(1_000_000_000)));
  const perNs = `${exact(divide(rate, pick.speed))}/1000000000`;
  const position = `ceil((PTS-${start}-2)*${perNs})`;
  return `tpad=stop=-1:stop_mode=clone,settb=1/1000000000,setpts='(${position}-0.5)*1000000000/${exact(rate)}',fps=fps=${rateText(rate)}:round=up:start_time=0`;
}

function secondsPerFrame(rate: Rational): string {
  return `${rate.den}/${rate.num}`;
}

function reelChain(reel: Reel, index: number, rate: Rational): string[] {
  const groups = [...Map.groupBy(reel.uses, (use) => use.filters).entries()];
  const head = reel.pick.isStill
    ? `[${index}:${reel.pick.streamIndex}]trim=end_frame=1,setpts=0`
    : `[${index}:${reel.pick.streamIndex}]${framePicking(reel.pick, rate)},trim=end_frame=${reel.pick.isHeld ? 1 : reel.frames}`;
  const still = `,settb=${secondsPerFrame(rate)},loop=loop=-1:size=1:start=0,setpts=N`;
  const chains =
    groups.length === 1 ? [] : [`${head},split=${groups.length}${groups.map((_, g) => `[r${index}g${g}]`).join('')}`];
  groups.forEach(([filters, uses], group) => {
    const from = groups.length === 1 ? `${head},` : `[r${index}g${group}]`;
    const drawn = `${from}${filters}${reel.pick.isStill || reel.pick.isHeld ? still : ''}`;
    const cut = (use: Use) =>
      `trim=start_frame=${use.fromFrame}:end_frame=${use.fromFrame + use.frames},setpts=PTS-STARTPTS[${use.label}]`;
    const [only] = uses;
    if (uses.length === 1 && only) chains.push(`${drawn},${cut(only)}`);
    else {
      const labels = uses.map((_, u) => `[r${index}g${group}u${u}]`);
      chains.push(`${drawn},split=${uses.length}${labels.join('')}`);
      for (const [u, use] of uses.entries()) chains.push(`${labels[u]}${cut(use)}`);
    }
  });
  return chains;
}

interface Frame {
  width: number;
  height: number;
  rate: Rational;
}

/** A picture of one colour, made once and repeated. */
function colourSource(yuva: readonly number[], frame: Frame, frames: Frames): string {
  const [y, u, v, a] = yuva;
  const format = a === 255 ? 'yuv420p' : 'yuva420p';
  const alpha = a === 255 ? '' : `:a=${a}`;
  return (
    `color=c=black:s=${frame.width}x${frame.height}:r=${rateText(frame.rate)},trim=end_frame=1,format=${format},` +
    `lutyuv=y=${y}:u=${u}:v=${v}${alpha},setsar=1,loop=loop=-1:size=1:start=0,setpts=N,trim=end_frame=${frames}`
  );
}

const black = [16, 128, 128, 255] as const;

/** A picture of a span with what happens to it from frame to frame. */
function movedPicture(compiling: Compiling, layer: Extract<RecipeLayer, { kind: 'picture' }>, frames: Frames): string {
  const placed = placePicture(compiling, layer, frames);
  const looked = layer.look ? finished(compiling, placed, layer.look) : placed;
  const moved = layer.motion ? inMotion(compiling, looked, layer.motion, frames) : looked;
  return layer.finish ? finished(compiling, moved, layer.finish) : moved;
}

function inMotion(compiling: Compiling, from: string, motion: PictureMotion, frames: Frames): string {
  const { before, mask, maskFrames, after } = motion;
  const to = `m${compiling.labels++}`;
  const [source, first] = typeof before === 'string' ? [from, before] : [finished(compiling, from, before), 'null'];
  if (mask === undefined) compiling.chains.push(`[${source}]${first},${after}[${to}]`);
  else {
    compiling.chains.push(
      `[${source}]${first}[${to}p]`,
      `${mask},settb=${secondsPerFrame(compiling.rate)},loop=loop=-1:size=1:start=0,setpts=N,trim=end_frame=${frames}[${to}m]`,
    );
    const shape = maskFrames ? finished(compiling, `${to}m`, maskFrames) : `${to}m`;
    compiling.chains.push(`[${to}p][${shape}]alphamerge,${after}[${to}]`);
  }
  return to;
}

/** Frames of a layer, each stretch finished in its own way. */
function finished(compiling: Compiling, from: string, stretches: readonly FinishedFrames[]): string {
  const to = `f${compiling.labels++}`;
  const [only] = stretches;
  if (stretches.length === 1 && only) {
    compiling.chains.push(`[${from}]${only.filters}[${to}]`);
    return to;
  }
  const parts = stretches.map((_, index) => `${to}s${index}`);
  compiling.chains.push(`[${from}]split=${parts.length}${parts.map((part) => `[${part}]`).join('')}`);
  let at = 0;
  for (const [index, { frames, filters }] of stretches.entries()) {
    const cut = `trim=start_frame=${at}:end_frame=${at + frames},setpts=PTS-STARTPTS`;
    compiling.chains.push(`[${parts[index]}]${cut},${filters}[${parts[index]}f]`);
    at += frames;
  }
  const inputs = parts.map((part) => `[${part}f]`).join('');
  compiling.chains.push(
    `${inputs}concat=n=${parts.length}:v=1:a=0,settb=${secondsPerFrame(compiling.rate)},setpts=N[${to}]`,
  );
  return to;
}

/** Draws one span; returns its label. */
function compileSpan(compiling: Compiling, span: RecipeSpan, frame: Frame): string {
  let [first, ...rest] = span.layers;
  const label = () => `v${compiling.labels++}`;
  let base = label();
  if (first?.kind === 'colour' && first.yuva[3] === 255 && !first.finish) {
    compiling.chains.push(`${colourSource(first.yuva, frame, span.frames)}[${base}]`);
  } else if (first?.kind === 'picture' && !first.isBlended) {
    const picture = movedPicture(compiling, first, span.frames);
    const covers = first.width === frame.width && first.height === frame.height;
    const placed = covers ? 'null' : `pad=${frame.width}:${frame.height}:${first.x}:${first.y}:black`;
    compiling.chains.push(`[${picture}]${placed}[${base}]`);
  } else {
    compiling.chains.push(`${colourSource(black, frame, span.frames)}[${base}]`);
    rest = first ? [first, ...rest] : [];
    first = undefined;
  }
  for (const layer of rest) {
    const next = label();
    compiling.chains.push(...drawOver(compiling, base, layer, next, span.frames, frame));
    base = next;
  }
  return base;
}

function drawOver(
  compiling: Compiling,
  base: string,
  layer: RecipeLayer,
  next: string,
  frames: Frames,
  frame: Frame,
): string[] {
  const overlay = (x: number, y: number) => `overlay=${x}:${y}:format=yuv420:eof_action=repeat[${next}]`;
  switch (layer.kind) {
    case 'picture': {
      const picture = movedPicture(compiling, layer, frames);
      return [`[${base}][${picture}]${overlay(layer.x, layer.y)}`];
    }
    case 'colour':
      return layer.finish
        ? [
            `${colourSource(layer.yuva, frame, frames)},format=yuva420p[${next}b]`,
            `[${base}][${finished(compiling, `${next}b`, layer.finish)}]${overlay(0, 0)}`,
          ]
        : [`${colourSource(layer.yuva, frame, frames)}[${next}c]`, `[${base}][${next}c]${overlay(0, 0)}`];
    case 'text': {
      const name = `t${compiling.files.length}.ass`;
      compiling.files.push({ name, text: layer.ass });
      return [`[${base}]ass=filename=${name}:fontsdir=${fontsFolder}[${next}]`];
    }
  }
}

const tags = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** What a camera said of its frames (turn, mastering screen, captions) is used up or not meant; no encoder may pass it on. */
const plain = 'sidedata=mode=delete';

/**
 * One more input than the sources, thrown away: ffmpeg gives the output of a graph with a single input everything that
 * input's stream said of itself, above all its turn, and players would turn the upright picture once more.
 */
export const spareInput = 'color=s=16x16:r=1:d=1';

/**
 * Neighbouring segments as one graph: what several of them show is decoded and scaled once. All must have the same size
 * and rate. Every filter works on single frames, so a segment's frames are the same alone or in a run.
 */
export function compileRun(recipes: readonly SegmentRecipe[]): CompiledRun {
  const [first] = recipes;
  if (!first) throw new RangeError('a run has at least one segment');
  const { rate } = first;
  const compiling: Compiling = { rate, reels: [], files: [], chains: [], labels: 0 };
  const outputs = recipes.map((recipe, index) => {
    const spans = recipe.spans.map((span) => compileSpan(compiling, span, recipe));
    const inputs = spans.map((label) => `[${label}]`).join('');
    const joined =
      spans.length === 1
        ? inputs
        : `${inputs}concat=n=${spans.length}:v=1:a=0,settb=${secondsPerFrame(rate)},setpts=N,`;
    const frames = recipeFrames(recipe);
    const output = `o${index}`;
    compiling.chains.push(`${joined}setsar=1,${tags},${plain},trim=end_frame=${frames}[${output}]`);
    return output;
  });
  const reels = compiling.reels.flatMap((reel, index) => reelChain(reel, index, rate));
  return {
    inputs: compiling.reels.map(({ pick }) => ({
      source: pick.source,
      isStill: pick.isStill,
      opening: pick.opening,
      fromSeconds: pick.fromSeconds,
    })),
    graph: `sws_flags=${scaleFlags};${[...reels, ...compiling.chains, `[${compiling.reels.length}:v]nullsink`].join(';')}`,
    files: compiling.files,
    outputs,
  };
}

/** Source time at which a pick's frame shows. */
export function pickTime(pick: Pick, frame: Frames, rate: Rational): Rational {
  return add(pick.fromSeconds, multiply(divide(rational(frame), rate), pick.speed));
}
