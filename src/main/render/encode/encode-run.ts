import { open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { alphaDecoderArgs, inputArgs, lavfiInputArgs } from '#main/platform/ffmpeg/index.ts';
import { toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Rate, toNumber } from '#shared/units/index.ts';
import { type CompiledRun, compileRun, type RunInput, spareInput } from '../plan/compile-run.ts';
import { rateText } from '../plan/encoder-args.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import type { SourceFacts } from '../sources/sources.ts';
import {
  type FreshSegment,
  type Judgement,
  type JudgeOptions,
  judgeBehind,
  judgeSegments,
  passthrough,
} from './judge-segments.ts';
import type { CachedSegment, SegmentCache } from './segment-cache.ts';
import { checkStamp } from './source-stamp.ts';
import type { Workroom } from './workroom.ts';

/** Sources by {@link SourceFacts.identity}. */
export type SourcesByIdentity = ReadonlyMap<string, SourceFacts>;

/** Neighbouring segments to be encoded by one ffmpeg process. */
export interface EncodeRun {
  segments: readonly PlannedSegment[];
  /** What plays just before them: when it is there by then, the join to it is judged with them. */
  before?: PlannedSegment | undefined;
  encoderArgs: readonly string[];
  sources: SourcesByIdentity;
}

/** What encoding needs. */
export interface EncodeTools {
  ffmpeg: Ffmpeg;
  workroom: Workroom;
  cache: SegmentCache;
}

/** Decoding starts this much before the first frame needed. */
const seekMarginSeconds = 0.6;
/** Streams without an index start at any packet; the next key frame may be a while away. */
const streamSeekMarginSeconds = 12;
/** Nearer to the start than this there is no seeking at all. */
const noSeekBeforeSeconds = 2;

/** Words with which ffmpeg says that it shows something else than what was shot. */
export const damageWords =
  /error while decoding|corrupt decoded frame|partial file|ended prematurely|concealing \d+|invalid data found when processing input/i;
/** A font outside of our own set was chosen. */
const foreignFont = /fontselect:.*->\s*(\S*[/\\]\S+)/;
const missingGlyph = /glyph 0x([0-9a-f]+) not found/i;

/** How an {@link EncodeRun} goes. */
export interface EncodeRunOptions {
  signal: AbortSignal;
  /** Called when nothing is encoded any more; judging is still to come. */
  onEncoded?: () => void;
}

/** Encodes a run, decodes each segment once to judge it, and takes it into the cache. In the order of the run. */
export async function encodeRun(
  tools: EncodeTools,
  run: EncodeRun,
  options: EncodeRunOptions,
): Promise<CachedSegment[]> {
  const compiled = compileRun(run.segments.map((segment) => segment.recipe));
  const used = compiled.inputs.map((input) => sourceOf(run.sources, input));
  return tools.workroom.use(async (folder) => {
    await stage(folder, compiled);
    for (const source of used) await checkStamp(source);
    const damage = await encode(tools, run, compiled, folder, true, options);
    if (damage) {
      // Frames before a key frame may be broken only because decoding began in the middle: once more from the start.
      const again = used.some((_, index) => seekTo(compiled.inputs[index], used[index]) > 0)
        ? await encode(tools, run, compiled, folder, false, options)
        : damage;
      if (again) throw damagedSource(used, again);
    }
    for (const source of used) await checkStamp(source);
    options.onEncoded?.();
    return judgeAndKeep(tools, run, folder, options.signal);
  });
}

function sourceOf(sources: SourcesByIdentity, input: RunInput): SourceFacts {
  const source = sources.get(input.source);
  if (source) return source;
  throw new AppError('media-missing', 'A clip’s media is not in the library any more. Relink or replace it.', {
    retry: 'relink',
  });
}

async function stage(folder: string, compiled: CompiledRun): Promise<void> {
  for (const { name, text } of compiled.files) {
    const path = join(folder, name);
    await writeFile(path, text).catch((error: unknown) => {
      throw toFileError(error, path, 'write');
    });
  }
}

/** Systems take command lines of some 30,000 characters: longer graphs go by way of a file. */
const longestArgument = 8000;

/** The arguments that give ffmpeg its graph; those for a file changed with its version 7. */
async function graphArgs(graph: string, folder: string, libavutil: number): Promise<string[]> {
  if (graph.length <= longestArgument) return ['-filter_complex', graph];
  const name = 'graph.txt';
  await writeFile(join(folder, name), graph).catch((error: unknown) => {
    throw toFileError(error, join(folder, name), 'write');
  });
  return [libavutil >= 59 ? '-/filter_complex' : '-filter_complex_script', name];
}

function seekTo(input: RunInput | undefined, source: SourceFacts | undefined): number {
  if (!input || !source || source.isStill) return 0;
  const from = toNumber(input.fromSeconds);
  if (from < noSeekBeforeSeconds) return 0;
  const isStream = /mpegts|^mpeg|h264|hevc|m4v/.test(source.demuxer ?? '');
  return Math.max(0, from - (isStream ? streamSeekMarginSeconds : seekMarginSeconds));
}

function openInput(
  input: RunInput,
  source: SourceFacts,
  { canSeek, rate, decoders }: { canSeek: boolean; rate: Rate; decoders: ReadonlySet<string> },
): string[] {
  const seek = canSeek ? seekTo(input, source) : 0;
  return [
    ...['-threads', '2', '-noautorotate'],
    ...(source.picture ? alphaDecoderArgs(source.picture, decoders) : []),
    // A still's own rate is a demuxer's guess, and the encoder would take it for the ad's.
    ...(source.isStill ? ['-r', rateText(rate)] : []),
    ...(seek > 0 ? ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seek.toFixed(3)] : []),
    ...inputArgs(source.path, source.demuxer === null ? {} : { demuxer: source.demuxer }),
  ];
}

const segmentFile = (index: number): string => `s${index}.mp4`;

/** One ffmpeg process. Returns what ffmpeg said about damage, or null. */
async function encode(
  { ffmpeg }: EncodeTools,
  run: EncodeRun,
  compiled: CompiledRun,
  folder: string,
  canSeek: boolean,
  options: { signal: AbortSignal },
): Promise<string | null> {
  const damage: string[] = [];
  const fonts: string[] = [];
  const found = await ffmpeg.tools(options.signal);
  const { decoders } = found.capabilities;
  const rate = run.segments[0]?.recipe.rate ?? { num: 30, den: 1 };
  const inputs = compiled.inputs.flatMap((input) =>
    openInput(input, sourceOf(run.sources, input), { canSeek, rate, decoders }),
  );
  const outputs = compiled.outputs.flatMap((label, index) => [
    ...['-map', `[${label}]`, ...passthrough(found), ...run.encoderArgs],
    segmentFile(index),
  ]);
  await ffmpeg.run({
    args: [
      '-y',
      '-copyts',
      ...inputs,
      ...lavfiInputArgs(spareInput),
      '-filter_complex_threads',
      '1',
      ...(await graphArgs(compiled.graph, folder, found.capabilities.libavutil.major)),
      ...outputs,
    ],
    cwd: folder,
    signal: options.signal,
    logLevel: compiled.files.length > 0 ? 'info' : 'warning',
    onLogLine: (line) => {
      if (damageWords.test(line)) damage.push(line);
      const glyph = missingGlyph.exec(line)?.[1];
      if (glyph) fonts.push(String.fromCodePoint(Number.parseInt(glyph, 16)));
      const foreign = foreignFont.exec(line)?.[1];
      if (foreign && !foreign.includes(folder)) fonts.push(foreign);
    },
  });
  if (fonts.length > 0) throw foreignFontError(fonts);
  return damage.length > 0 ? damage.slice(0, 5).join('\n') : null;
}

function foreignFontError(fonts: readonly string[]): AppError {
  const characters = fonts.filter((one) => one.length <= 2);
  const what = characters.length > 0 ? `the characters ${[...new Set(characters)].join(' ')}` : 'some characters';
  return new AppError(
    'capability-missing',
    `The fonts of this project do not have ${what} of a text. Remove them or choose another font.`,
    { details: { fonts } },
  );
}

function damagedSource(sources: readonly SourceFacts[], evidence: string): AppError {
  const names = sources.map((source) => `“${source.name}”`).join(', ');
  return new AppError(
    'media-damaged',
    `Part of ${names} cannot be read: the file is damaged or cut short. Replace it, or use another part of it.`,
    { retry: 'relink', details: { assetIds: sources.map((source) => source.assetId), evidence } },
  );
}

/** Decodes every segment once, lists its packets, and keeps it if it holds exactly the frames planned. */
async function judgeAndKeep(
  tools: EncodeTools,
  run: EncodeRun,
  folder: string,
  signal: AbortSignal,
): Promise<CachedSegment[]> {
  const rate = run.segments[0]?.recipe.rate ?? { num: 30, den: 1 };
  const files = run.segments.map(({ frames }, index) => ({ path: join(folder, segmentFile(index)), frames }));
  const { seen, complaints, behind } = await judgeFiles(tools, run, files, { rate, folder, signal });
  const kept: CachedSegment[] = [];
  let failure: AppError | null = null;
  for (const [index, segment] of run.segments.entries()) {
    const { packets = [], shows = [], pictures = [], setup = '' } = seen[index] ?? {};
    const frames = pictures.length;
    if (frames !== segment.frames || packets.length !== segment.frames || complaints.length > 0) {
      // The others may be fine: they are kept, so that only this one is tried again.
      failure ??= badSegment(segment, frames, packets.length, complaints);
      continue;
    }
    const file = join(folder, segmentFile(index));
    await flush(file);
    const { size } = await stat(file);
    const follows = run.segments[index - 1]?.fingerprint ?? behind;
    const verdict = { frames, sizeBytes: size, packets, shows, pictures, follows, setup };
    kept.push(await tools.cache.put(segment.fingerprint, file, verdict));
  }
  if (failure) throw failure;
  return kept;
}

/** Judges a run behind the segment before it, if that is there; `behind` is its fingerprint when the join is right. */
async function judgeFiles(
  { ffmpeg, cache }: EncodeTools,
  { before }: EncodeRun,
  files: readonly FreshSegment[],
  options: JudgeOptions,
): Promise<Judgement & { behind: string | null }> {
  const found = before ? await cache.find(before.fingerprint) : null;
  if (before && found) {
    // It may be cleared away meanwhile: then they are judged without it.
    const judged = await judgeBehind(ffmpeg, found, files, options).catch(() => null);
    if (judged) return { ...judged, behind: before.fingerprint };
  }
  return { ...(await judgeSegments(ffmpeg, files, options)), behind: null };
}

/** A verdict must not reach the disk before the segment it judges. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
}

function badSegment(segment: PlannedSegment, frames: number, packets: number, complaints: readonly string[]): AppError {
  return new AppError(
    'output-check-failed',
    `A piece of the ad came out wrong: ${frames} frames instead of ${segment.frames}. Please try again; the log has the details.`,
    {
      retry: 'retry',
      details: { fingerprint: segment.fingerprint, startFrame: segment.startFrame, frames, packets, complaints },
    },
  );
}
