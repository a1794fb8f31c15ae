import type { Asset, AssetId } from '#shared/model/index.ts';
import type { EngineClient } from './api.ts';

interface Wanted {
  id: AssetId;
  resolve: (asset: Asset | null) => void;
  reject: (error: unknown) => void;
}

const waiting = new WeakMap<EngineClient, Wanted[]>();
const mostPerCall = 500;

async function load(client: EngineClient, wanted: readonly Wanted[]): Promise<void> {
  try {
    const { assets } = await client.library.getMany({ ids: [...new Set(wanted.map((one) => one.id))] });
    const byId = new Map(assets.map((asset) => [asset.id, asset]));
    for (const one of wanted) one.resolve(byId.get(one.id) ?? null);
  } catch (error) {
    for (const one of wanted) one.reject(error);
  }
}

/** Reads one asset (null = unknown); everything asked for in the same turn becomes one call. */
export function loadAsset(client: EngineClient, id: AssetId): Promise<Asset | null> {
  return new Promise((resolve, reject) => {
    const list = waiting.get(client);
    if (list) {
      list.push({ id, resolve, reject });
      return;
    }
    const fresh: Wanted[] = [{ id, resolve, reject }];
    waiting.set(client, fresh);
    setTimeout(() => {
      waiting.delete(client);
      for (let from = 0; from < fresh.length; from += mostPerCall) {
        void load(client, fresh.slice(from, from + mostPerCall));
      }
    }, 0);
  });
}
