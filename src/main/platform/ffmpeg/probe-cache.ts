import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { atomicWrite } from '#main/platform/files/index.ts';
import type { Build } from './probe-build.ts';
import type { FfmpegCapabilities } from './types.ts';

const capabilitiesSchema = z.object({
  libavutil: z.object({ major: z.number(), minor: z.number() }),
  filters: z.array(z.string()),
  encoders: z.array(z.string()),
  decoders: z.array(z.string()),
  demuxers: z.array(z.string()),
  hasFpsMode: z.boolean(),
  hasHarfBuzz: z.boolean(),
  hasX264: z.boolean(),
  x264Build: z.string().nullable(),
});

const entrySchema = z.object({
  path: z.string(),
  mtimeMs: z.number(),
  sizeBytes: z.number(),
  version: z.string(),
  buildId: z.string(),
  libavutil: z.object({ major: z.number(), minor: z.number() }),
  capabilities: capabilitiesSchema.nullable(),
});

/** Grows with the meaning of what is stored; another number is not read. */
const cacheVersion = 1;
const fileSchema = z.object({ version: z.literal(cacheVersion), builds: z.array(entrySchema) });

/** A program as it was probed; `capabilities` only for an ffmpeg that was looked at whole. */
export interface KnownBuild extends Build {
  capabilities: FfmpegCapabilities | null;
}

/** What was learned about programs, valid while a file's time and size stay the same. */
export interface ProbeCache {
  get(path: string): Promise<KnownBuild | null>;
  put(build: KnownBuild): Promise<void>;
  /** Writes the file if something is new; a failure only costs time at the next start. */
  save(): Promise<void>;
}

/** Reads the cache; a missing or damaged file is an empty one. `file` null keeps it in memory. */
export async function openProbeCache(file: string | null): Promise<ProbeCache> {
  const entries = new Map((await read(file)).map((entry) => [entry.path, entry]));
  let isChanged = false;
  return {
    async get(path) {
      const entry = entries.get(path);
      const info = await stat(path).catch(() => null);
      if (entry === undefined || info === null) return null;
      return info.mtimeMs === entry.mtimeMs && info.size === entry.sizeBytes ? toBuild(entry) : null;
    },
    async put(build) {
      const info = await stat(build.path).catch(() => null);
      if (info === null) return;
      entries.set(build.path, toEntry(build, info.mtimeMs, info.size));
      isChanged = true;
    },
    async save() {
      if (!isChanged || file === null) return;
      isChanged = false;
      await atomicWrite(file, JSON.stringify({ version: cacheVersion, builds: [...entries.values()] })).catch(() => {});
    },
  };
}

type Entry = z.infer<typeof entrySchema>;

async function read(file: string | null): Promise<Entry[]> {
  if (file === null) return [];
  try {
    const parsed = fileSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data.builds : [];
  } catch {
    return [];
  }
}

function toEntry(build: KnownBuild, mtimeMs: number, sizeBytes: number): Entry {
  const { path, version, buildId, libavutil, capabilities } = build;
  const stored = capabilities && {
    ...capabilities,
    filters: [...capabilities.filters],
    encoders: [...capabilities.encoders],
    decoders: [...capabilities.decoders],
    demuxers: [...capabilities.demuxers],
  };
  return { path, mtimeMs, sizeBytes, version, buildId, libavutil, capabilities: stored };
}

function toBuild({ path, version, buildId, libavutil, capabilities }: Entry): KnownBuild {
  return {
    ...{ path, version, buildId, libavutil },
    capabilities: capabilities && {
      ...capabilities,
      filters: new Set(capabilities.filters),
      encoders: new Set(capabilities.encoders),
      decoders: new Set(capabilities.decoders),
      demuxers: new Set(capabilities.demuxers),
    },
  };
}
