import { open, readFile, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { LimitFunction } from 'p-limit';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { atomicWrite, toFileError, writeThenRename } from '#main/platform/files/index.ts';
import { audioSampleRateHz } from '#shared/units/index.ts';
import type { SourcesByIdentity } from '../encode/encode-run.ts';
import { parsePacketList } from '../encode/packet-list.ts';
import { sealNote } from '../encode/sealed-note.ts';
import { markUsed, type SegmentCache } from '../encode/segment-cache.ts';
import type { SoundPlan } from '../plan/plan-sound.ts';
import { duckingOf } from './duck-music.ts';
import { firstLevel, levelled, missedNote, mixFacts, nextLevel, type Try } from './level-sound.ts';
import { measureFile } from './measure-sound.ts';
import { type Chunks, mixOf, type OpenPart } from './mix.ts';
import { createShareWork, type ShareWork } from './share-work.ts';
import { type CachedSound, readSoundVerdict, type SoundVerdict } from './sound-verdict.ts';
import { type StemTools, stemFiles } from './stems.ts';

/** What making sound needs. */
export interface SoundTools {
  ffmpeg: Ffmpeg;
  cache: SegmentCache;
  /** Keeps what is made at once within bounds. */
  besides: LimitFunction;
}

/** What is being made, per cache: the ratios of a variant often ask at the same time. */
const underway = new WeakMap<SegmentCache, ShareWork<CachedSound>>();

/** The variant's sound as an AAC file in the cache, made, levelled and measured when missing; all ratios share it. */
export function soundFile(
  tools: SoundTools,
  plan: SoundPlan,
  sources: SourcesByIdentity,
  encoderArgs: readonly string[],
  signal: AbortSignal,
): Promise<CachedSound> {
  const share = underway.get(tools.cache) ?? createShareWork<CachedSound>();
  underway.set(tools.cache, share);
  return share(plan.fingerprint, signal, async (shared) => {
    const path = tools.cache.soundPath(plan.fingerprint, 'm4a');
    const found = await findSound(tools.cache, plan);
    if (found) return found;
    const making = { path, encoderArgs, signal: shared };
    const verdict = await tools.besides(() => makeSound(tools, plan, sources, making));
    await atomicWrite(verdictPath(tools.cache, plan), sealNote(verdict));
    return { ...verdict, path };
  });
}

/** Forgets a sound that turned out to be damaged. */
export async function dropSound(cache: SegmentCache, plan: SoundPlan): Promise<void> {
  await rm(verdictPath(cache, plan), { force: true });
  await rm(cache.soundPath(plan.fingerprint, 'm4a'), { force: true });
}

const verdictPath = (cache: SegmentCache, plan: SoundPlan): string => cache.soundPath(plan.fingerprint, 'json');

/** The sound when it is there, whole, and was measured. */
async function findSound(cache: SegmentCache, plan: SoundPlan): Promise<CachedSound | null> {
  const path = cache.soundPath(plan.fingerprint, 'm4a');
  const verdict = await readSoundVerdict(verdictPath(cache, plan));
  const info = verdict === null ? null : await stat(path).catch(() => null);
  if (verdict === null || info?.size !== verdict.sizeBytes) return null;
  await markUsed(path, Date.now());
  return { ...verdict, path };
}

interface Making {
  path: string;
  encoderArgs: readonly string[];
  signal: AbortSignal;
}

/** A plan's mix, to be read as often as it is wanted. */
export interface OpenMix {
  samples: () => Chunks;
  close(): Promise<void>;
}

/** Makes the stems of a plan that are missing, and opens all of them. */
export async function openMix(
  tools: StemTools,
  plan: SoundPlan,
  sources: SourcesByIdentity,
  signal: AbortSignal,
): Promise<OpenMix> {
  const parts: OpenPart[] = [];
  const close = async () => {
    for (const part of parts) await part.file.close().catch(() => {});
  };
  try {
    const stems = plan.parts.map((part) => part.stem);
    const files = await stemFiles(tools, stems, sources, signal);
    const ducking = await duckingOf(plan, files, signal);
    for (const [n, part] of plan.parts.entries()) {
      const file = await open(files[n] ?? '', 'r');
      parts.push({ ...part, file, ducking: part.role === 'music' ? ducking : null });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { samples: mixOf(parts, plan.totalSamples, signal), close };
}

async function makeSound(
  tools: SoundTools,
  plan: SoundPlan,
  sources: SourcesByIdentity,
  making: Making,
): Promise<SoundVerdict> {
  let mix: OpenMix | null = null;
  try {
    mix = await openMix(tools, plan, sources, making.signal);
    const { samples } = mix;
    return await writeThenRename(making.path, (temp) => levelAndEncode(tools.ffmpeg, samples, plan, making, temp));
  } catch (error) {
    throw toFileError(error, making.path, 'write');
  } finally {
    await mix?.close();
  }
}

/** Lossy coding adds to peaks and the limiter takes from loudness: what counts is what comes out, so it is tried and heard. */
async function levelAndEncode(
  ffmpeg: Ffmpeg,
  samples: () => Chunks,
  plan: SoundPlan,
  { encoderArgs, signal }: Making,
  target: string,
): Promise<SoundVerdict> {
  const levelPlan = firstLevel(await mixFacts(samples()), plan.loudnessLufs);
  const tries: Try[] = [];
  for (let level = levelPlan.level; ; ) {
    await encode(ffmpeg, levelled(samples(), level), encoderArgs, target, signal);
    const heard = await listen(ffmpeg, target, signal);
    tries.push({ level, heard });
    const next = nextLevel(levelPlan, tries);
    if (next === null)
      return { ...heard, targetLufs: plan.loudnessLufs, gainDb: level.gainDb, note: missedNote(levelPlan, heard) };
    level = next;
  }
}

/** Decodes a finished sound once: its loudness, and the packets it consists of. */
async function listen(ffmpeg: Ffmpeg, path: string, signal: AbortSignal) {
  const list = `${path}.txt`;
  try {
    const outputs = ['-map', '0:a:0', '-c', 'copy', '-f', 'framemd5', list];
    const loudness = await measureFile(ffmpeg, path, { demuxer: 'mov', options: ['-copyts'], outputs, signal });
    const packets = parsePacketList(await readFile(list, 'utf8'));
    const startSample = packets[0]?.pts ?? 0;
    const hashes = packets.map((packet) => packet.hash);
    return { ...loudness, packets: hashes, startSample, sizeBytes: (await stat(path)).size };
  } finally {
    await rm(list, { force: true });
  }
}

async function encode(
  ffmpeg: Ffmpeg,
  chunks: Chunks,
  encoderArgs: readonly string[],
  target: string,
  signal: AbortSignal,
): Promise<void> {
  let failure: unknown = null;
  async function* bytes(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of chunks) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    } catch (error) {
      // The pipe would only end early, and a short sound be taken for the whole.
      failure = error;
      throw error;
    }
  }
  await ffmpeg.run({
    args: [
      ...['-y', '-f', 'f32le', '-ar', String(audioSampleRateHz), '-ac', '2', '-i', 'pipe:0', ...encoderArgs],
      ...['-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'mp4', target],
    ],
    stdin: Readable.from(bytes(), { objectMode: false, highWaterMark: 1 << 20 }),
    signal,
  });
  if (failure !== null) throw failure;
}
