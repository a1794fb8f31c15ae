import { join } from 'node:path';
import { createFrames, lookAtFile } from '#main/library/index.ts';
import type { Probe } from '#shared/model/index.ts';
import { frameToSeconds, toNumber } from '#shared/units/index.ts';
import type { RenderDeps } from '../context.ts';
import type { RenderStore } from '../store.ts';

/** Pictures kept: contact sheets of a few thousand files, a few kilobytes each. */
const kept = 4000;
/** Facts of files kept in memory. */
const knownFiles = 1000;

/** Single frames of finished exports, for contact sheets. */
export interface Posters {
  /** A JPEG of one frame; null while the export is not finished. Throws when the file is gone or damaged. */
  picture(
    id: string,
    frame: number,
    heightPx: number,
    signal: AbortSignal,
  ): Promise<{ path: string; mime: string } | null>;
  dispose(): Promise<void>;
}

/** Creates {@link Posters}. */
export function createPosters(deps: RenderDeps, store: RenderStore): Posters {
  const { ffmpeg, log, paths } = deps;
  const probes = new Map<string, Probe>();
  const finished = (id: string) => {
    const row = store.findExport(id);
    return row?.state === 'finished' ? { path: join(row.outDir, row.fileName), rate: row.rate } : null;
  };
  const frames = createFrames<string>({
    ...{ ffmpeg, log, folder: join(paths.root, 'cache', 'export-frames'), keep: kept, parallel: 2 },
    async sourceOf(id, signal) {
      const path = finished(id)?.path ?? '';
      const known = probes.get(path);
      if (known) return { path, probe: known };
      const { probe } = await lookAtFile(ffmpeg, path, id, signal);
      if (probes.size >= knownFiles) probes.clear();
      probes.set(path, probe);
      return { path, probe };
    },
  });
  return {
    async picture(id, frame, heightPx, signal) {
      const source = finished(id);
      if (!source) return null;
      const seconds = toNumber(frameToSeconds(frame, source.rate));
      return { path: await frames.frame(id, seconds, heightPx, signal), mime: 'image/jpeg' };
    },
    dispose: () => frames.dispose(),
  };
}
