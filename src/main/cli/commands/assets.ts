import { z } from 'zod';
import { assetKindSchema } from '#shared/model/index.ts';
import { exitCodes } from '../exit-codes.ts';
import { bytes, count, table } from '../format.ts';
import type { CommandContext, Outcome } from '../types.ts';
import { assetFacts } from './import.ts';

/** `assets`. */
export interface AssetsOptions {
  search?: string;
  kind?: string;
  missing?: boolean;
  limit: string;
  offset: string;
}

/** Lists the media of the library. */
export async function assetsCommand({ client }: CommandContext, options: AssetsOptions): Promise<Outcome> {
  const { assets, total } = await client.library.list({
    filter: {
      ...(options.search === undefined ? {} : { search: options.search }),
      ...(options.kind === undefined ? {} : { kinds: z.array(assetKindSchema).parse(options.kind.split(',')) }),
      ...(options.missing ? { isMissing: true } : {}),
      rejected: 'show',
    },
    limit: Number(options.limit),
    offset: Number(options.offset),
  });
  const facts = assets.map(assetFacts);
  const rows = facts.map((asset) => [
    asset.id,
    asset.kind,
    asset.width === null ? '' : `${asset.width}×${asset.height}`,
    asset.durationSeconds === null ? '' : `${asset.durationSeconds.toFixed(1)} s`,
    bytes(asset.sizeBytes),
    asset.isMissing ? `${asset.name} (missing)` : asset.name,
  ]);
  const listed = table(['id', 'kind', 'size', 'length', 'bytes', 'name'], rows);
  const shown = assets.length < total ? `${assets.length} of ${count(total, 'item')}` : count(total, 'item');
  return { json: { assets: facts, total }, text: `${listed}\n${shown}`, code: exitCodes.ok };
}
