import { z } from 'zod';
import { defineJob, type JobRequest, type Jobs } from '#main/jobs/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { type AssetId, assetIdSchema } from '#shared/model/index.ts';
import type { AssetStore } from './asset-store.ts';
import { type CheckPlace, hashPlace } from './media/check-place.ts';
import { findLocation, missing } from './media/locate.ts';

/** Type of the jobs that read a whole file for its content hash. */
export const hashJobType = 'library.hash';

/** Registers the job that completes an asset's identity; call before `jobs.start()`. */
export function registerHashJob(options: {
  db: Database;
  jobs: Jobs;
  assets: AssetStore;
  checkPlace: CheckPlace;
  onChanged(id: AssetId): void;
}): void {
  const { db, assets, checkPlace, onChanged } = options;
  options.jobs.register(
    defineJob({
      type: hashJobType,
      lane: 'cpu',
      input: z.object({ assetId: assetIdSchema }),
      async run({ input, signal, reportProgress }) {
        const row = assets.byId(input.assetId);
        if (row === undefined || row.content_hash !== null) return;
        const location = await findLocation(assets, row.seq);
        if (location === null) throw missing(assets, row);
        const sha256 = await hashPlace(checkPlace, row, location, {
          signal,
          onProgress: (fraction) => reportProgress({ fraction }),
        });
        // A file that was changed into a copy of another one keeps no hash: that content has an asset already.
        const isTaken = db.transaction(() => {
          if (assets.byHash(sha256) !== undefined) return true;
          assets.setHash(row.seq, sha256);
          return false;
        });
        if (!isTaken) onChanged(row.id);
      },
    }),
  );
}

/** The request for one asset's hash. */
export function hashRequest(asset: { id: AssetId; name: string }, group?: string): JobRequest {
  return {
    type: hashJobType,
    input: { assetId: asset.id },
    title: `Read ${asset.name}`.slice(0, 200),
    priority: 10,
    idempotencyKey: `${hashJobType}:${asset.id}`,
    ...(group === undefined ? {} : { group }),
  };
}
