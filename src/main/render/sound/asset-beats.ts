import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { inputArgs } from '#main/platform/ffmpeg/index.ts';
import { atomicWrite } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import { type Beats, beatSampleRateHz, createOnsetMeter, findBeats } from '#shared/sound/beats.ts';
import { toNumber } from '#shared/units/index.ts';
import { hashOf } from '../plan/fingerprint.ts';
import type { RenderTools } from '../render-tools.ts';
import { gatherSources } from '../sources/gather-sources.ts';
import type { SourceFacts } from '../sources/sources.ts';

/** Raised when beats are found in another way: what is kept is then found anew. */
const beatsVersion = 1;
/** Longest stretch that is listened to: no bed of an ad is longer. */
const mostSeconds = 900;

const beatsSchema = z.object({ bpm: z.number().nullable(), seconds: z.array(z.number()) });

/** The beats of an asset, by the seconds of its own clock; found once and kept in the cache under its content. */
export async function assetBeats(
  tools: Pick<RenderTools, 'ffmpeg' | 'cache' | 'sources' | 'besides'>,
  assetId: AssetId,
  signal: AbortSignal,
): Promise<Beats> {
  const { table, problems } = await gatherSources([assetId], tools.sources, tools.ffmpeg, signal);
  const problem = problems.get(assetId);
  if (problem) throw problem;
  const facts = table.get(assetId);
  if (!facts?.sound) throw new AppError('unsupported-media', 'This media has no sound, so there are no beats to find.');
  const fingerprint = hashOf(['beats', beatsVersion, facts.identity, facts.sound.streamIndex]);
  const known = await tools.cache.findMarked(fingerprint, 'beats');
  if (known !== null) {
    const read = beatsSchema.safeParse(JSON.parse(await readFile(known, 'utf8').catch(() => 'null')));
    if (read.success) return read.data;
  }
  const found = await tools.besides(() => listen(tools, facts, facts.sound?.streamIndex ?? 0, signal));
  await atomicWrite(tools.cache.soundPath(fingerprint, 'beats'), JSON.stringify(found));
  await tools.cache.mark(fingerprint, 'beats');
  return found;
}

async function listen(
  tools: Pick<RenderTools, 'ffmpeg'>,
  facts: SourceFacts,
  streamIndex: number,
  signal: AbortSignal,
): Promise<Beats> {
  const meter = createOnsetMeter();
  const origin = toNumber(facts.originSeconds);
  const begin = origin === 0 ? '' : `asetpts=PTS-${origin}/TB,atrim=start=0,`;
  await tools.ffmpeg.run({
    args: [
      ...['-copyts', ...inputArgs(facts.path, facts.demuxer === null ? {} : { demuxer: facts.demuxer })],
      ...['-map', `0:${streamIndex}`, '-vn', '-ac', '1'],
      ...['-af', `${begin}aresample=${beatSampleRateHz}:async=1:first_pts=0,atrim=end=${mostSeconds}`],
      ...['-f', 'f32le', '-c:a', 'pcm_f32le', 'pipe:1'],
    ],
    stdout: async (stream) => {
      let rest = Buffer.alloc(0);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        const whole = bytes.length - (bytes.length % 4);
        rest = Buffer.from(bytes.subarray(whole));
        // Copied, so that the floats begin at a multiple of their size.
        meter.push(new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole)));
      }
    },
    signal,
    priority: 'background',
    logLevel: 'error',
  });
  return findBeats(meter.finish());
}
