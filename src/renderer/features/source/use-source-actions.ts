import { useQueryClient } from '@tanstack/react-query';
import type { Asset } from '#shared/model/index.ts';
import { toNumber, zero } from '#shared/units/index.ts';
import { useEngine } from '../../engine/context.tsx';
import { attempt, useSubclips } from '../../engine/queries.ts';
import { keys } from '../../engine/query-keys.ts';
import { toast } from '../../ui/index.ts';
import { type Marks, rangeSeconds, subclipName } from './marks.ts';

/** What the source viewer does to an asset. */
export function useSourceActions(asset: Asset | null, marks: Marks) {
  const engine = useEngine();
  const queries = useQueryClient();
  const { data: subclips = [] } = useSubclips(asset?.id ?? null);
  const update = (patch: { rating?: number; isRejected?: boolean }) => {
    if (!asset) return;
    void attempt(async () => {
      await engine.library.update({ ids: [asset.id], patch });
      await queries.invalidateQueries({ queryKey: keys.asset(asset.id) });
    });
  };
  return {
    rate: (rating: number) => update({ rating }),
    toggleReject: () => update({ isRejected: !asset?.isRejected }),
    addSubclip: () => {
      const durationSeconds = asset?.probe.durationSeconds;
      if (!asset || !durationSeconds) return;
      const { inSeconds = zero, outSeconds = durationSeconds } = rangeSeconds(asset, marks);
      const name = subclipName(
        asset,
        toNumber(inSeconds),
        subclips.map((subclip) => subclip.name),
      );
      void attempt(async () => {
        await engine.library.addSubclip({ assetId: asset.id, name, inSeconds, outSeconds });
        await queries.invalidateQueries({ queryKey: keys.subclips });
        toast.done(`Subclip “${name}” kept.`);
      });
    },
  };
}
